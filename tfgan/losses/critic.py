"""Losses that take a logit as a score, higher for real examples, without a sigmoid."""

import functools

import tensorflow as tf

from tfgan.losses.adversarial import AdversarialLoss, float32_logits


def least_squares(
    real_label: float = 1.0, fake_label: float = 0.0, target_label: float = 1.0
) -> AdversarialLoss:
    """LSGAN: the squared error of scores and labels.

    (a, b, c) = (0, 1, 1) is usual; (-1, 1, 0) minimizes a Pearson chi^2 divergence.

    Args:
      real_label: float b, the discriminator's target for real examples.
      fake_label: float a, its target for fakes.
      target_label: float c, the generator's target for its fakes.
    Source: Mao et al. 2017, https://arxiv.org/abs/1611.04076, section 3 and Eq. 2.
    """
    return AdversarialLoss(
        functools.partial(
            least_squares_discriminator_loss, real_label=real_label, fake_label=fake_label
        ),
        functools.partial(least_squares_generator_loss, target_label=target_label),
    )


def wasserstein() -> AdversarialLoss:
    """WGAN: the mean difference of real and fake scores estimates the earth mover's distance.

    It does so for a 1-Lipschitz critic alone, which `penalties.wasserstein_gradient_penalty` or
    `penalties.ClipWeights` enforces.

    Source: Arjovsky et al. 2017, https://arxiv.org/abs/1701.07875, Eq. 3 and Algorithm 1.
    """
    return AdversarialLoss(wasserstein_discriminator_loss, wasserstein_generator_loss)


def hinge() -> AdversarialLoss:
    """Hinge: the discriminator's loss is zero for scores beyond a margin of 1.

    Source: Lim & Ye 2017, https://arxiv.org/abs/1705.02894; as used by Miyato et al. 2018,
      https://arxiv.org/abs/1802.05957, Eqs. 16 and 17.
    """
    return AdversarialLoss(hinge_discriminator_loss, hinge_generator_loss)


def least_squares_discriminator_loss(
    real_logits: tf.Tensor,
    fake_logits: tf.Tensor,
    *,
    real_label: float = 1.0,
    fake_label: float = 0.0,
) -> tf.Tensor:
    """1/2 (D(x) - b)^2 + 1/2 (D(G(z)) - a)^2, for b = `real_label` and a = `fake_label`."""
    real, fake = float32_logits(real_logits, fake_logits)
    return 0.5 * tf.square(real - real_label) + 0.5 * tf.square(fake - fake_label)


def least_squares_generator_loss(
    real_logits: tf.Tensor, fake_logits: tf.Tensor, *, target_label: float = 1.0
) -> tf.Tensor:
    """1/2 (D(G(z)) - c)^2, for c = `target_label`. Ignores `real_logits`."""
    _, fake = float32_logits(real_logits, fake_logits)
    return 0.5 * tf.square(fake - target_label)


def wasserstein_discriminator_loss(real_logits: tf.Tensor, fake_logits: tf.Tensor) -> tf.Tensor:
    """D(G(z)) - D(x)."""
    real, fake = float32_logits(real_logits, fake_logits)
    return fake - real


def wasserstein_generator_loss(real_logits: tf.Tensor, fake_logits: tf.Tensor) -> tf.Tensor:
    """-D(G(z)). Ignores `real_logits`."""
    _, fake = float32_logits(real_logits, fake_logits)
    return -fake


def hinge_discriminator_loss(real_logits: tf.Tensor, fake_logits: tf.Tensor) -> tf.Tensor:
    """max(0, 1 - D(x)) + max(0, 1 + D(G(z)))."""
    real, fake = float32_logits(real_logits, fake_logits)
    return tf.nn.relu(1.0 - real) + tf.nn.relu(1.0 + fake)


def hinge_generator_loss(real_logits: tf.Tensor, fake_logits: tf.Tensor) -> tf.Tensor:
    """-D(G(z)). Ignores `real_logits`."""
    _, fake = float32_logits(real_logits, fake_logits)
    return -fake
