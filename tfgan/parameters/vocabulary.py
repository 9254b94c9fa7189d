"""What the names of parameters mean, in every recipe: description and range.

>>> from tfgan.parameters import vocabulary
>>> vocabulary.VOCABULARY["pack"][0]
'Examples that the discriminator receives together.'
"""

from tfgan.parameters.ranges import Interval

_MOST = 65_536  # units of one layer; more is a mistake, which would not fit in memory
_COUNT = Interval(int, 1)
_COUNT_OR_NONE = Interval(int, 0)
_SIZE = Interval(int, 1, _MOST)
_FEW = Interval(int, 1, 1000)
_DEPTH = Interval(int, 0, 1000)
_RATE = Interval(float, 0, above=True)
_WEIGHT = Interval(float, 0)
_FRACTION = Interval(float, 0, 1, below=True)
_TARGET = Interval(float, 0.5, 1, above=True)
_ANY = Interval(float)

# Descriptions and ranges of all recipes' parameters; None where the signature has the range.
VOCABULARY = {
    "adversarial_learning_rate": ("Learning rate of the game between code and prior.", _RATE),
    "adversarial_weight": ("Weight of the adversarial term in the generator's loss.", _WEIGHT),
    "annealing_steps": ("Steps of annealed importance sampling.", _COUNT),
    "average_half_life": ("Half-life of the running average, in examples; 0: none.", _WEIGHT),
    "batch_size": ("Examples per step, over all devices.", _COUNT),
    "beta_1": ("Decay rate of Adam's first moment.", _FRACTION),
    "beta_2": ("Decay rate of Adam's second moment.", _FRACTION),
    "blocks": ("Residual blocks of a generator.", _DEPTH),
    "bound_samples": ("Latents per example in the bound on the likelihood.", _SIZE),
    "burn_in_kimg": (
        "Thousands of examples until rates, weights and half-life have their last values; "
        "0: a fifth of the run.",
        _WEIGHT,
    ),
    "by_place": ("Whether the code enters as a bias that depends on the place.", None),
    "chains": ("Persistent Gibbs chains; 0: chains start at the data.", Interval(int, 0, _MOST)),
    "classifier": ("What teaches the classes to the players, see the recipe.", None),
    "classifier_weight": ("Weight of the classification terms.", _WEIGHT),
    "classifier_learning_rate": ("Learning rate of the labeled phase.", _RATE),
    "clip": ("Clipping bound of the critic's weights.", _RATE),
    "clusters": ("Classes of the code without labels.", _SIZE),
    "conditional": ("Whether both players receive the label.", None),
    "conditional_discriminator": ("Whether the discriminator also receives the source.", None),
    "constant_steps": ("Steps before the learning rate falls; 0: half the run.", _COUNT_OR_NONE),
    "continuous_dim": ("Numbers of the continuous code.", _SIZE),
    "continuous_weight": ("Weight of the information about the continuous code; 0: none.", _WEIGHT),
    "cycle_weight": ("Weight of the cycle-consistency loss.", _WEIGHT),
    "decay_steps": ("Steps over which the learning rate falls; 0: the run's.", _COUNT_OR_NONE),
    "dense_width": ("Units of the dense layer between latents, or logits, and maps.", _SIZE),
    "depth": ("Hidden layers, or residual blocks.", _DEPTH),
    "discriminator_layers": (
        "Strided layers n of the patch discriminator, whose patches have 9 * 2^n - 2 pixels.",
        Interval(int, 0, 8),
    ),
    "discriminator_learning_rate": ("Learning rate of the discriminator.", _RATE),
    "discriminator_scales": ("Scales of the discriminator's input images.", Interval(int, 1, 2)),
    "discriminator_steps": ("Discriminator updates per generator update.", _FEW),
    "discriminator_width": ("Units of a hidden layer of the discriminator.", _SIZE),
    "dropout": ("Fraction of hidden units dropped in training, by pix2pix always.", _FRACTION),
    "embedding_dim": ("Size of the embedding of a label, which layers share.", _SIZE),
    "encoder_dropout": ("Fraction of the encoder's units dropped in training.", _FRACTION),
    "encoder_width": ("Units of a hidden layer of the encoder.", _SIZE),
    "feature_matching_weight": (
        "Weight of the distance between discriminator features of result and target; 0: none.",
        _WEIGHT,
    ),
    "final_beta_2": ("Decay rate of Adam's second moment after the burn-in.", _FRACTION),
    "final_learning_rate": ("Learning rate after the burn-in.", _RATE),
    "final_penalty_weight": ("Weight of the gradient penalty after the burn-in.", _WEIGHT),
    "fake_rotation_weight": ("Weight of the rotation of fakes for the generator.", _WEIGHT),
    "fake_label": ("Target of the discriminator for fake examples.", _ANY),
    "group_size": ("Examples whose spread the discriminator receives.", _FEW),
    "generator_width": ("Units of a hidden layer of the generator.", _SIZE),
    "gibbs_steps": ("Gibbs steps per update.", _COUNT),
    "group_width": ("Channels in a group of the 3x3 convolutions.", _SIZE),
    "head_width": ("Units of the heads that compare features or read codes.", _SIZE),
    "heads": ("Heads of each attention, a divisor of the width.", _SIZE),
    "hidden_units": ("Hidden units of the RBM.", _SIZE),
    "hidden_width": ("Units of the hidden layer of the encoder.", _SIZE),
    "identity_weight": ("Weight of the identity loss; 0: none.", _WEIGHT),
    "information_weight": ("Weight of the information about the class code; 0: none.", _WEIGHT),
    "invariance_weight": ("Weight of the information between views of an image; 0: none.", _WEIGHT),
    "kernel_size": ("Side of the first convolution, an odd number.", Interval(int, 1, 99)),
    "kl_warmup": ("Steps over which the weight of the KL term rises to 1.", _COUNT_OR_NONE),
    "kl_weight": ("Weight of the KL term.", _WEIGHT),
    "l1_weight": ("Weight of the mean absolute difference from the target.", _WEIGHT),
    "labelled": ("Training examples that keep their labels.", _COUNT_OR_NONE),
    "label_share": (
        "Least share of labeled examples, which are repeated for it.",
        Interval(float, 0, 0.9),
    ),
    "labels": ("Whether the networks, or those of the code, receive the labels.", None),
    "latent_dim": ("Size of the latent vector.", _SIZE),
    "learned_scale": ("Whether the deviation of a code is learned instead of 1.", None),
    "learning_rate": ("Learning rate; the initial one if it decays.", _RATE),
    "loss": ("The game's loss.", None),
    "mapping_layers": ("Layers from the latent to the style.", Interval(int, 1, 100)),
    "max_width": ("Most channels of a layer.", _SIZE),
    "max_norm": ("Largest weight norm of a unit of the discriminator.", _RATE),
    "minibatch_features": (
        "Features that compare the examples of a batch, for the discriminator; 0: none.",
        Interval(int, 0, 1000),
    ),
    "momentum": ("Momentum of SGD.", _FRACTION),
    "nce_weight": ("Weight of the contrastive loss.", _WEIGHT),
    "network": ("The kind of network.", None),
    "noise": ("Standard deviation of the noise on the input of a network.", _WEIGHT),
    "orthogonality_weight": ("Weight of the orthogonal regularization; 0: none.", _WEIGHT),
    "pack": ("Examples that the discriminator receives together.", Interval(int, 1, 16)),
    "patch": ("Side of a patch in pixels, a divisor of the images' sides.", _SIZE),
    "path_length_every": ("Steps per step with path length regularization.", _FEW),
    "path_length_weight": ("Weight of path length regularization; 0: none.", _WEIGHT),
    "penalty_share": (
        "Share of the batch at which the gradient penalty is taken, 1 / k.",
        Interval(float, 0, 1),
    ),
    "penalty_weight": ("Weight of the gradient penalty.", _WEIGHT),
    "places": ("Places of each map in the contrastive loss.", Interval(int, 2, _MOST)),
    "pool_size": ("Fakes in the pool of each discriminator; 0: none.", Interval(int, 0, _MOST)),
    "prior": ("Prior distribution of the codes.", None),
    "pseudo_label_weight": ("Weight of labels that the classifier is sure of; 0: none.", _WEIGHT),
    "r1_decay_steps": ("Steps over which R1's weight falls; 0: half the run.", _COUNT_OR_NONE),
    "r1_every": ("Steps per step with R1, whose weight is multiplied by it.", _FEW),
    "r1_final_weight": ("Weight of R1 at the end of its decay.", _WEIGHT),
    "r1_weight": ("Weight of R1, the gradient penalty at real examples; 0: none.", _WEIGHT),
    "r2_weight": ("Weight of R2, the gradient penalty at fake examples; 0: none.", _WEIGHT),
    "real_label": ("Target of the discriminator for real examples.", _ANY),
    "real_rotation_weight": ("Weight of the rotation of images for the discriminator.", _WEIGHT),
    "real_target": ("Target of the discriminator for real examples.", _TARGET),
    "residual": ("Whether the discriminator has residual stages.", None),
    "reuse_fakes": ("Whether the generator's step is on the fakes of the discriminator's.", None),
    "sampling_steps": ("Gibbs steps before a sample is taken.", _COUNT),
    "simultaneous": ("Whether both players are updated at once instead of in turn.", None),
    "slot_dim": ("Size of each part of the latent: one per block and one more.", _SIZE),
    "skips": ("Whether the decoder receives the encoder's layers.", None),
    "steps": ("Generator updates.", _COUNT_OR_NONE),
    "style_mixing": (
        "Share of training steps with two styles per image.",
        Interval(float, 0, 1),
    ),
    "target_label": ("Target of the generator for the discriminator's output.", _ANY),
    "unlabeled": ("Source of more training examples, without labels; empty: none.", None),
    "unrolled_steps": ("Discriminator steps that the generator anticipates.", Interval(int, 0, 50)),
    "views": (
        "Strength of the random views of images in training; 0: none.",
        Interval(float, 0, 4),
    ),
    "weight_decay": ("Fraction of each weight subtracted at each step.", _FRACTION),
    "width": ("Filters of the highest-resolution layer, or units of a dense layer.", _SIZE),
}  # fmt: skip

# A run may be resumed with other values of these: rates, schedules, weights of terms, and settings
# of measurements. None affects the shape or the meaning of a variable.
MAY_CHANGE = frozenset({
    *("adversarial_learning_rate", "classifier_learning_rate", "discriminator_learning_rate"),
    *("learning_rate", "decay_steps", "weight_decay", "average_half_life", "gibbs_steps"),
    *("path_length_every", "r1_every"),
    *("burn_in_kimg", "final_learning_rate", "final_penalty_weight", "final_beta_2", "beta_2"),
    *("penalty_weight", "r1_weight", "r1_final_weight", "r1_decay_steps", "r2_weight"),
    *("kl_weight", "kl_warmup", "l1_weight", "adversarial_weight", "classifier_weight"),
    *("information_weight", "continuous_weight", "invariance_weight"),
    "pseudo_label_weight",
    *("real_rotation_weight", "fake_rotation_weight", "orthogonality_weight"),
    *("constant_steps", "cycle_weight", "identity_weight", "nce_weight"),
    *("annealing_steps", "bound_samples", "sampling_steps"),
})  # fmt: skip
