"""The same networks trained as Keras' and PyTorch's examples do it."""

import keras
import numpy as np
import tensorflow as tf

_RATE, _BETA_1 = 2e-4, 0.5


def keras_step(generator, discriminator, data, latent_dim):
    """A step of keras.io's DCGAN example: one discriminator call on fakes and real images.

    Binary cross-entropy on logits with noisy targets (1 for fakes), new noise for the generator.

    Args:
      generator, discriminator: unconditional, see `models.GAN`.
      data: float32 `[batch, height, width, channels]` in [-1, 1].
      latent_dim: int.
    Returns: function () -> losses.
    """
    players = generator, discriminator
    optimizers = [keras.optimizers.Adam(_RATE, _BETA_1) for _ in players]
    for player, optimizer in zip(players, optimizers, strict=True):
        optimizer.build(player.trainable_variables)
    noise = keras.random.SeedGenerator(1337)
    entropy = keras.losses.BinaryCrossentropy(from_logits=True)
    batch_size = data.shape[0]

    def move(player, optimizer, tape, loss):
        gradients = tape.gradient(loss, player.trainable_variables)
        optimizer.apply_gradients(zip(gradients, player.trainable_variables, strict=True))
        return loss

    @tf.function
    def step():
        latents = keras.random.normal((batch_size, latent_dim), seed=noise)
        both = tf.concat([generator({"latent": latents}, training=True), data], 0)
        targets = tf.concat([tf.ones((batch_size, 1)), tf.zeros((batch_size, 1))], 0)
        targets += 0.05 * tf.random.uniform(tf.shape(targets))
        with tf.GradientTape() as tape:
            loss = entropy(targets, discriminator({"data": both}, training=True))
        d_loss = move(discriminator, optimizers[1], tape, loss)
        latents = keras.random.normal((batch_size, latent_dim), seed=noise)
        with tf.GradientTape() as tape:
            fake = generator({"latent": latents}, training=True)
            loss = entropy(tf.zeros((batch_size, 1)), discriminator({"data": fake}, training=True))
        return d_loss, move(generator, optimizers[0], tape, loss)

    return step


def torch_step(shape, latent_dim, width, batch_size, *, bfloat16=False):
    """A step of PyTorch's DCGAN example, on the layers of `networks.dcgan`: function () -> losses.

    Three backward passes: the discriminator on real images and on fakes, then the generator on the
    same fakes.

    Args:
      shape: (height, width, channels).
      latent_dim: int.
      width: int, filters of the finest layer.
      batch_size: int.
      bfloat16: bool, automatic mixed precision, with faster images channels last.
    """
    import torch

    networks = torch_networks(shape, latent_dim, width)
    layout = torch.channels_last if bfloat16 else torch.contiguous_format
    generator, discriminator = (network.to(memory_format=layout) for network in networks)
    optimizers = [
        torch.optim.Adam(network.parameters(), lr=_RATE, betas=(_BETA_1, 0.999))
        for network in (generator, discriminator)
    ]
    real = torch.randn(batch_size, shape[2], *shape[:2]).to(memory_format=layout)
    entropy = torch.nn.BCEWithLogitsLoss()
    ones, zeros = torch.ones(batch_size, 1), torch.zeros(batch_size, 1)

    def loss_of(data, targets):
        with torch.autocast("cpu", torch.bfloat16, enabled=bfloat16):
            logits = discriminator(data)
        loss = entropy(logits.float(), targets)
        loss.backward()
        return loss.detach()

    def step():
        discriminator.zero_grad()
        d_loss = loss_of(real, ones)
        with torch.autocast("cpu", torch.bfloat16, enabled=bfloat16):
            fake = generator(torch.randn(batch_size, latent_dim))
        d_loss += loss_of(fake.detach(), zeros)
        optimizers[1].step()
        generator.zero_grad()
        g_loss = loss_of(fake, ones)
        optimizers[0].step()
        return d_loss, g_loss

    return step


def torch_networks(shape, latent_dim, width):
    """The networks of `networks.dcgan` in PyTorch: (generator, discriminator)."""
    from torch import nn

    from tfgan.networks import shapes

    count = shapes.stages(shape, "dcgan")
    side, filters = shapes.coarsest(shape, count), width << (count - 1)
    units = int(np.prod(side)) * filters
    up = [nn.Linear(latent_dim, units, bias=False), nn.Unflatten(1, (filters, *side))]
    up += [nn.BatchNorm2d(filters), nn.ReLU(True)]
    down, before = [], shape[2]
    for stage in range(count):
        after = width << stage
        down.append(nn.Conv2d(before, after, 4, 2, 1, bias=stage == 0))
        down += [nn.BatchNorm2d(after)] if stage else []
        down.append(nn.LeakyReLU(0.2, True))
        before = after
    for stage in reversed(range(count - 1)):
        after = width << stage
        up += [nn.ConvTranspose2d(after * 2, after, 4, 2, 1, bias=False)]
        up += [nn.BatchNorm2d(after), nn.ReLU(True)]
    up += [nn.ConvTranspose2d(width, shape[2], 4, 2, 1), nn.Tanh()]
    down += [nn.Flatten(), nn.Linear(units, 1)]
    return nn.Sequential(*up), nn.Sequential(*down)
