"""One generator against one discriminator.

min_G max_D of an adversarial loss on logits. A GAN with these two players is a value of the
arguments: loss, terms, optimizers, number of discriminator steps, order of the updates.

Symbols: x real data, z latent, D(x) the discriminator's logit, G(z) a fake.
"""

import functools

from tfgan import layers, losses, modalities, replicas, rng
from tfgan import penalties as penalty_terms
from tfgan import terms as game_terms
from tfgan.models import (
    augmenting,
    checks,
    functional,
    gan_codes,
    mixed_precision,
    network_calls,
    sampling,
    saving,
    stabilizers,
    unrolling,
)


class GAN(gan_codes.GANCodes):
    """A generative adversarial network.

    Args:
      generator: Keras network of any kind, see `functional.to_functional`; inputs named as the
        prior's values and the conditions -> data `[batch, ...]`, images in [-1, 1]; or a dict of
        outputs with the key `data`. A single latent may go to an input of any name. With an input
        `data`, real examples, and an output with the name of a latent it is an encoder too.
      discriminator: the same; inputs `data` (or one of any name) and the conditions -> logits; or a
        dict of outputs with the key `logits`; terms may read the others.
      prior: function (count, seed) -> dict of latents, see `tfgan.priors`; None without latents.
      classes: int, the number of labels; required if a network takes "label".
      conditions: sequence of str, further entries of the batch that networks take, such as
        "source"; or a dict by name: the `modalities.Modality` of raw values, which the model
        converts, or the shape of one example, float32, for networks that do not declare inputs.
      modality: `modalities.Modality` or its kind, such as "latents"; by default that of the shape.
    Raises: ValueError, if the networks do not fit each other or the prior.
    """

    def __init__(
        self,
        generator,
        discriminator,
        *,
        prior,
        classes=None,
        conditions=(),
        modality=None,
        name="gan",
    ):
        super().__init__(name=name)
        self.condition_modalities = modalities.among(conditions)
        conditions = checks.condition_inputs(conditions, classes)
        # Functional views of the networks, not tracked as parts of the model.
        parts = self._functional = checks.gan_networks(generator, discriminator, prior, conditions)
        self.generator = generator
        self.discriminator = discriminator
        self.average = functional.copy_of_network(parts.average, parts.generator, generator)
        self.pack_size = layers.pack_size(discriminator)
        self.prior = prior
        self.classes = classes
        self.conditions = tuple(sorted(conditions))
        self.sample_shape = network_calls.output_shape(parts.generator, "data")
        self.named_modality = modalities.resolve(modality, self.sample_shape)
        self.built = True

    @saving.records_arguments
    def compile(
        self,
        loss,
        optimizers,
        *,
        penalties=(),
        terms=(),
        discriminator_steps=1,
        simultaneous=False,
        reuse_fakes=False,
        unrolled_steps=0,
        label_flip=0.0,
        instance_noise=0.0,
        top_k=1.0,
        augmentation=None,
        **training,
    ):
        """Configures training of the two players.

        Args:
          loss: `losses.AdversarialLoss`, or its name, such as "hinge".
          optimizers: dict of Keras optimizers, their names or configs: "generator" and
            "discriminator"; or one name for both.
          penalties: sequence of `penalties.Penalty`, added to the discriminator's loss.
          terms: sequence of `terms.Term`, each added to the loss of its player.
          discriminator_steps: int, k; each has its own examples, so a batch holds k times as many.
          simultaneous: bool, whether both players move in the last of the k steps, on the same
            fakes and logits; else the generator's step follows.
          reuse_fakes: bool, whether that step is on the fakes of the last discriminator step, which
            saves a pass of the generator; else on those of new noise, as in Algorithm 1.
          unrolled_steps: int, K; the generator's loss is that after K further discriminator steps
            on the same examples, see `unrolling`.
          label_flip, instance_noise, top_k: numbers, or functions of the step, such as
            `schedules.linear`; see `stabilizers.Stabilizers`.
          augmentation: `augmentations.Augmentation` or its name, such as "ada:bgc,p=0.2", of all
            that the discriminator receives in training; penalties flow through it.
          **training: see `Trainable.compile`.
        Source: Goodfellow et al. 2014, https://arxiv.org/abs/1406.2661, Algorithm 1.
        """
        if discriminator_steps < 1:
            raise ValueError(
                f"discriminator_steps must be at least 1; received {discriminator_steps}."
            )
        loss = losses.get(loss)
        penalties = game_terms.check(penalties, penalty_terms.Penalty, "penalties")
        terms = game_terms.check(terms, game_terms.Term, "terms")
        mixed_precision.check_penalties(self.networks.values(), penalties)
        checks.check_shares((*penalties, *terms), self.discriminator)
        states = game_terms.states((*penalties, *terms))
        super().compile(optimizers, **training)
        for term in (*penalties, *terms):
            term.build(self.player_variables)
        unrolling.check(unrolled_steps, self.discriminator_optimizer, (*penalties, *terms))
        self.stabilizers = stabilizers.Stabilizers(label_flip, instance_noise, top_k)
        self.adversarial_loss = loss
        self.terms = (*penalties, *terms)
        self.term_states = states  # None without states, as in earlier checkpoints
        self.set_augmentation(augmentation)
        self.discriminator_steps = discriminator_steps
        self.simultaneous = simultaneous
        self.reuse_fakes = reuse_fakes
        self.unrolled_steps = unrolled_steps

    def set_augmentation(self, augmentation):
        """Replaces the augmentation of a compiled model before its first step, see `compile`."""
        names = network_calls.input_names(self._functional.discriminator)
        self.augmenter = augmenting.of_game(
            augmentation,
            self.adversarial_loss,
            {"data": self.modality, **self.condition_modalities},
            examples_per_logit=self.pack_size,
            reads_latents=not self.latent_shapes.keys().isdisjoint(names),
        )
        self.augmentation_state = self.augmenter.state
        if self._compile_arguments is not None:
            self._compile_arguments["augmentation"] = self.augmenter.augmentation

    @property
    def state_variables(self):
        states = filter(None, (self.term_states, self.augmentation_state))
        return [variable for state in states for variable in state.variables]

    @property
    def averaged(self):
        return [(self._functional.average, self._functional.generator)]

    @property
    def condition_specs(self):
        """The conditions that the generator takes, without the label."""
        names = [name for name in self.conditions if name != "label"]
        return self.raw_condition_specs(self._functional.generator, names)

    def train_step(self, batch):
        """k discriminator updates and one generator update.

        Args:
          batch: dict, raw `data` `[k * batch, ...]` (see `modality`) and, if conditional, int32
            `label` `[k * batch]`; or another form of `batches.from_keras`.
        Returns: dict of float32 scalars: d_loss, g_loss (unless its weight is 0), d_real and d_fake
          (D(x) and D(G(z)) as the loss reads them), the values of terms, the gradients' norms if
          requested.
        """
        turns, mode = self._split(self.as_batch(batch)), self.training_mode
        last = len(turns) - 1
        logs = {}
        layers.power_iteration(self.generator)  # once per update too, which is the only one
        for index, real in enumerate(turns):
            layers.power_iteration(self.discriminator)
            turn = functools.partial(self._turn, name=f"turn {index}", mode=mode)
            if self.simultaneous and index == last:
                logs |= self._simultaneous_step(real, turn)
                continue
            if self.reuse_fakes and index == last:
                turn = self._turn_made_once(real, f"turn {index}", mode)
            logs |= self._discriminator_step(real, turn)
        if not self.simultaneous:
            if not self.reuse_fakes:
                turn = functools.partial(self._turn, name="generator's turn", mode=mode)
            logs |= self._generator_step(turns[last], turn)
        examples = rng.count(turns[last]["data"])
        logs |= self.augmenter.finish_step(self.step, len(turns) * examples)
        self.finish_step(examples)
        return self.report(logs)

    def batch_losses(self, batch, mode):
        """As `train_step`, in one turn with all examples."""
        checks.check_packs(batch["data"], self.pack_size)
        turn = self._turn(self.as_float(batch), "turn 0", mode)
        logs = self._discriminator_loss(turn, mode)[1]
        return logs | self._generator_loss(turn, mode, has_real_logits=True)[1]

    def sampling_network(self):
        """The generator, or its running average."""
        inputs = [*self.latent_shapes, *self.conditions]
        return network_calls.part(self.in_use(self._functional.generator), inputs, "data")

    def discriminator_network(self):
        return self.discriminator

    def generate(self, inputs):
        """The generator's output for given latents.

        Args:
          inputs: dict of NumPy `[n, ...]`: the prior's values, and int32 `label` if conditional.
        Returns: float32 NumPy `[n, ...]`; images are in [-1, 1], texts are distributions.
        """
        return sampling.generate_in_batches(self.sampling_network(), inputs)

    def _split(self, batch):
        """One batch per discriminator step: example i goes to step i mod k, on any replicas."""
        batch = self.as_float(batch)
        k, size = self.discriminator_steps, batch["data"].shape[0]
        if size is not None and size % k and replicas.count() > 1:
            raise ValueError(
                f"The batch size must be a multiple of {k * replicas.count()}, for "
                f"{replicas.count()} replicas with {k} discriminator steps each; received "
                f"{size * replicas.count()}."
            )
        if size is not None and size < k:
            raise ValueError(
                f"The batch size must be at least {k}, one example per discriminator step; "
                f"received {size}."
            )
        checks.check_packs(batch["data"], self.pack_size, k, self.microbatches)
        return [{name: rows[turn::k] for name, rows in batch.items()} for turn in range(k)]

    def _discriminator_step(self, real, turn):
        def objective(turn):
            loss, logs = self._discriminator_loss(turn, self.training_mode)
            return [loss], logs

        return self.augmenter.observed(
            self.minimize(objective, real, "discriminator", prepare=turn)
        )

    def _generator_step(self, real, turn):
        def objective(real):
            loss, logs = self._generator_loss(turn(real), self.training_mode, has_real_logits=False)
            return [loss], logs

        return self.minimize(objective, real, "generator")

    def _simultaneous_step(self, real, turn):
        def objective(real):
            both = turn(real)
            d_loss, logs = self._discriminator_loss(both, self.training_mode)
            g_loss, more = self._generator_loss(both, self.training_mode, has_real_logits=True)
            return [d_loss, g_loss], logs | more

        return self.augmenter.observed(self.minimize(objective, real, "discriminator", "generator"))
