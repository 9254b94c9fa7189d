"""Losses that take a logit as the log odds of "real": sigma(real_logits) is D(x).

One discriminator, trained by cross entropy, and three generators that weight their fakes
differently. With a = D's logit of a fake, the slopes d loss / d a are

    minimax             -sigma(a)         vanishes for recognized fakes (a << 0)
    non-saturating      -(1 - sigma(a))   vanishes for successful fakes (a >> 0)
    maximum likelihood  -exp(a)           the few best fakes dominate

`real_target` is the target of D(x) on real examples, in (0.5, 1]; see `minimax_discriminator_loss`.

Source: Goodfellow et al. 2014, https://arxiv.org/abs/1406.2661, Eq. 1 and section 3.
"""

import functools

import tensorflow as tf

from tfgan.losses.adversarial import AdversarialLoss, LossFunction, float32_logits

_STEEPEST_LOGIT = 30.0  # sigma(30) = 1 - 1e-13 rounds to 1 in float32


def minimax(real_target: float = 1.0) -> AdversarialLoss:
    """The zero-sum game of the first GAN paper."""
    return AdversarialLoss(_discriminator(real_target), minimax_generator_loss, score=tf.sigmoid)


def non_saturating(real_target: float = 1.0) -> AdversarialLoss:
    """The game in use: the generator maximizes log D(G(z))."""
    return AdversarialLoss(
        _discriminator(real_target), non_saturating_generator_loss, score=tf.sigmoid
    )


def maximum_likelihood(real_target: float = 1.0) -> AdversarialLoss:
    """The game whose generator minimizes KL(p_data || p_g), for an optimal D and a target of 1."""
    return AdversarialLoss(
        _discriminator(real_target), maximum_likelihood_generator_loss, score=tf.sigmoid
    )


def minimax_discriminator_loss(
    real_logits: tf.Tensor, fake_logits: tf.Tensor, *, real_target: float = 1.0
) -> tf.Tensor:
    """-t log D(x) - (1 - t) log(1 - D(x)) - log(1 - D(G(z))).

    The cross entropy of classifying real and fake; 2 ln 2 for a discriminator at chance.

    Args:
      real_target: float t in (0.5, 1]; 0.9 is one-sided label smoothing: the target on fakes is 0.
    Source: smoothing: Salimans et al. 2016, https://arxiv.org/abs/1606.03498, section 3.4.
    Differs: minus the paper's value V; TF-GAN's `label_smoothing=0.25` means t = 0.875 here.
    """
    _check_real_target(real_target)
    real, fake = float32_logits(real_logits, fake_logits)
    # t softplus(-r) + (1 - t) softplus(r), with softplus(r) = softplus(-r) + r.
    return tf.nn.softplus(-real) + (1.0 - real_target) * real + tf.nn.softplus(fake)


def minimax_generator_loss(real_logits: tf.Tensor, fake_logits: tf.Tensor) -> tf.Tensor:
    """log(1 - D(G(z))), the generator's part of the game's value. Ignores `real_logits`.

    Differs: TF-GAN's function of this name is lower by the constant 0.31326.
    """
    _, fake = float32_logits(real_logits, fake_logits)
    return -tf.nn.softplus(fake)


def non_saturating_discriminator_loss(
    real_logits: tf.Tensor, fake_logits: tf.Tensor, *, real_target: float = 1.0
) -> tf.Tensor:
    """The same as `minimax_discriminator_loss`: only the generators differ."""
    return minimax_discriminator_loss(real_logits, fake_logits, real_target=real_target)


def non_saturating_generator_loss(real_logits: tf.Tensor, fake_logits: tf.Tensor) -> tf.Tensor:
    """-log D(G(z)). Ignores `real_logits`.

    It has the fixed points of minimax and is steep where that is flat; the game is not zero-sum.
    """
    _, fake = float32_logits(real_logits, fake_logits)
    return tf.nn.softplus(-fake)


def maximum_likelihood_generator_loss(real_logits: tf.Tensor, fake_logits: tf.Tensor) -> tf.Tensor:
    """-exp(sigma^-1(D(G(z)))) = -D(G(z)) / (1 - D(G(z))) = -exp(a), for the logit a of a fake.

    Ignores `real_logits`. With an optimal D, -exp(a) is -p_data / p_g and the generator descends
    KL(p_data || p_g).

    Source: Goodfellow 2016, https://arxiv.org/abs/1701.00160, section 3.2.4.
    Differs: without the tutorial's factor 1/2. Above a = 30 the loss is the tangent there,
      -exp(30) (1 + a - 30), where exp would overflow.
    """
    _, fake = float32_logits(real_logits, fake_logits)
    bent = tf.minimum(fake, _STEEPEST_LOGIT)
    return -tf.exp(bent) * (1.0 + fake - bent)


def _discriminator(real_target: float) -> LossFunction:
    _check_real_target(real_target)
    return functools.partial(minimax_discriminator_loss, real_target=real_target)


def _check_real_target(real_target: float) -> None:
    if not 0.5 < real_target <= 1.0:
        raise ValueError(f"real_target must be in (0.5, 1]; received {real_target!r}.")
