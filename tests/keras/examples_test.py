"""Three well-known Keras examples play as `GAN`: their networks and lines of data, far narrower."""

import keras
import numpy as np
import pytest
import tensorflow as tf

from tfgan import losses, penalties, priors
from tfgan.models import GAN
from tfgan.training import callbacks

layers = keras.layers


@pytest.fixture(autouse=True)
def seeds():
    keras.utils.set_random_seed(1337)


def moved(network, before):
    """How many weights of a network have changed."""
    return sum(not np.array_equal(x, y) for x, y in zip(network.get_weights(), before, strict=True))


def noisy(real_logits, fake_logits):
    """Binary cross-entropy on labels that are raised a little, as the DCGAN example does."""
    shape = tf.shape(real_logits)
    raised = [keras.random.uniform(shape, 0.0, 0.05, seed=seed) for seed in (1, 2)]
    loss = tf.nn.sigmoid_cross_entropy_with_logits
    return loss(1.0 - raised[0], real_logits) + loss(raised[1], fake_logits)


def test_the_dcgan_of_photos_in_a_folder(tmp_path):
    for number in range(10):
        pixels = np.random.default_rng(number).integers(0, 256, (20, 24, 3), np.uint8)
        keras.utils.save_img(tmp_path / f"{number}.png", pixels)
    dataset = keras.utils.image_dataset_from_directory(
        tmp_path, label_mode=None, image_size=(16, 16), batch_size=4, verbose=False
    )
    dataset = dataset.map(lambda x: x / 255.0)

    discriminator = keras.Sequential(
        [
            keras.Input(shape=(16, 16, 3)),
            layers.Conv2D(4, kernel_size=4, strides=2, padding="same"),
            layers.LeakyReLU(negative_slope=0.2),
            layers.Conv2D(8, kernel_size=4, strides=2, padding="same"),
            layers.LeakyReLU(negative_slope=0.2),
            layers.Flatten(),
            layers.Dropout(0.2),
            layers.Dense(1),
        ],
        name="discriminator",
    )
    latent_dim = 8
    generator = keras.Sequential(
        [
            keras.Input(shape=(latent_dim,)),
            layers.Dense(4 * 4 * 8),
            layers.Reshape((4, 4, 8)),
            layers.Conv2DTranspose(8, kernel_size=4, strides=2, padding="same"),
            layers.LeakyReLU(negative_slope=0.2),
            layers.Conv2DTranspose(8, kernel_size=4, strides=2, padding="same"),
            layers.LeakyReLU(negative_slope=0.2),
            layers.Conv2D(3, kernel_size=5, padding="same", activation="sigmoid"),
        ],
        name="generator",
    )
    shown = []

    class Monitor(keras.callbacks.Callback):
        def on_epoch_end(self, epoch, logs=None):
            latent = keras.random.normal((3, latent_dim), seed=42)
            shown.append(np.array(self.model.generator(latent) * 255))

    gan = GAN(generator, discriminator, prior=priors.Normal(latent_dim))
    gan.compile(
        losses.AdversarialLoss(noisy, losses.get("non_saturating").generator),
        {
            "generator": keras.optimizers.Adam(learning_rate=0.0001),
            "discriminator": keras.optimizers.Adam(learning_rate=0.0001),
        },
    )
    before = generator.get_weights(), discriminator.get_weights()
    history = gan.fit(dataset, epochs=2, verbose=0, callbacks=[Monitor()]).history
    assert gan.steps_done == 6, "10 photos are batches of 4, 4 and 2"
    assert moved(generator, before[0]) == 8 and moved(discriminator, before[1]) == 6
    assert history["d_loss"][0] == pytest.approx(2 * np.log(2), abs=0.3)
    assert [each.shape for each in shown] == [(3, 16, 16, 3)] * 2
    assert np.abs(shown[0] - shown[1]).max() > 0 and 0 < shown[0].min() < shown[0].max() < 255


def upsample_block(x, filters, activation, use_bias=False):
    x = layers.UpSampling2D((2, 2))(x)
    x = layers.Conv2D(filters, (3, 3), padding="same", use_bias=use_bias)(x)
    return activation(layers.BatchNormalization()(x))


def test_the_wgan_gp_of_fashion(tmp_path):
    train_images = np.random.default_rng(0).integers(0, 256, (24, 14, 14), np.uint8)
    train_images = train_images.reshape(train_images.shape[0], 14, 14, 1).astype("float32")
    train_images = (train_images - 127.5) / 127.5

    img_input = layers.Input(shape=(14, 14, 1))
    x = layers.ZeroPadding2D((1, 1))(img_input)
    for filters in (4, 8):
        x = layers.Conv2D(filters, (5, 5), strides=(2, 2), padding="same", use_bias=True)(x)
        x = layers.LeakyReLU(0.2)(x)
        x = layers.Dropout(0.3)(x)
    d_model = keras.models.Model(img_input, layers.Dense(1)(layers.Flatten()(x)))

    noise = layers.Input(shape=(8,))
    x = layers.Dense(4 * 4 * 8, use_bias=False)(noise)
    x = layers.LeakyReLU(0.2)(layers.BatchNormalization()(x))
    x = layers.Reshape((4, 4, 8))(x)
    x = upsample_block(x, 8, layers.LeakyReLU(0.2))
    x = upsample_block(x, 1, layers.Activation("tanh"))
    g_model = keras.models.Model(noise, layers.Cropping2D((1, 1))(x))

    adam = {"learning_rate": 0.0002, "beta_1": 0.5, "beta_2": 0.9}
    wgan = GAN(g_model, d_model, prior=priors.Normal(8))
    wgan.compile(
        "wasserstein",
        {name: keras.optimizers.Adam(**adam) for name in ("generator", "discriminator")},
        penalties=[penalties.Penalty(penalties.wasserstein_gradient_penalty, 10.0)],
        discriminator_steps=3,
        run_eagerly=True,
    )
    grid = callbacks.SampleGrid(f"{tmp_path}/samples", every=1)
    before = g_model.get_weights(), d_model.get_weights()
    history = wgan.fit(train_images, batch_size=12, epochs=1, verbose=0, callbacks=[grid]).history
    assert wgan.steps_done == 2 and int(wgan.discriminator_optimizer.iterations) == 6
    assert moved(g_model, before[0]) and moved(d_model, before[1])
    assert set(history) == {"d_loss", "g_loss", "d_real", "d_fake", "penalty"}
    assert history["penalty"][0] > 0
    assert len(list((tmp_path / "samples").glob("*.png"))) == 3
    assert wgan.sample(5)["data"].shape == (5, 14, 14, 1)


def test_the_conditional_gan_of_digits():
    num_channels, num_classes, image_size, latent_dim = 1, 10, 8, 8
    digits = np.random.default_rng(0).integers(0, 256, (20, 8, 8), np.uint8)
    all_labels = keras.utils.to_categorical(np.arange(20) % 10, 10)
    all_digits = np.reshape(digits.astype("float32") / 127.5 - 1.0, (-1, 8, 8, 1))
    dataset = tf.data.Dataset.from_tensor_slices((all_digits, all_labels))
    dataset = dataset.shuffle(buffer_size=1024).batch(8)

    discriminator = keras.Sequential(
        [
            keras.layers.InputLayer((image_size, image_size, num_channels + num_classes)),
            layers.Conv2D(8, (3, 3), strides=(2, 2), padding="same"),
            layers.LeakyReLU(negative_slope=0.2),
            layers.GlobalMaxPooling2D(),
            layers.Dense(1),
        ],
        name="discriminator",
    )
    generator = keras.Sequential(
        [
            keras.layers.InputLayer((latent_dim + num_classes,)),
            layers.Dense(4 * 4 * 8),
            layers.LeakyReLU(negative_slope=0.2),
            layers.Reshape((4, 4, 8)),
            layers.Conv2DTranspose(1, (4, 4), strides=(2, 2), padding="same", activation="tanh"),
        ],
        name="generator",
    )
    # What the example does in its step: the label beside the noise, and as planes of the image.
    latent, label = keras.Input((latent_dim,), name="latent"), keras.Input((), name="label")
    image = keras.Input((image_size, image_size, num_channels), name="data")
    one_hot = keras.layers.CategoryEncoding(num_classes, output_mode="one_hot")(label[:, None])
    planes = layers.UpSampling2D(image_size)(layers.Reshape((1, 1, num_classes))(one_hot))
    told = generator(layers.Concatenate()([latent, one_hot]))
    judged = discriminator(layers.Concatenate()([image, planes]))

    cond_gan = GAN(
        keras.Model([latent, label], told),
        keras.Model([image, label], judged),
        prior=priors.Normal(latent_dim),
        classes=num_classes,
    )
    adam = {
        name: keras.optimizers.Adam(learning_rate=0.0003) for name in ("generator", "discriminator")
    }
    cond_gan.compile("non_saturating", adam)
    before = generator.get_weights(), discriminator.get_weights()
    history = cond_gan.fit(dataset, epochs=2, verbose=0).history
    assert cond_gan.steps_done == 6 and np.isfinite(history["g_loss"]).all()
    assert moved(generator, before[0]) == 4 and moved(discriminator, before[1]) == 4
    # A row of samples that goes from one class to another, by the example's own generator.
    mixed = np.linspace(np.eye(10)[2], np.eye(10)[6], 4).astype(np.float32)
    row = generator(np.concatenate([np.zeros((4, latent_dim), np.float32), mixed], axis=1))
    assert row.shape == (4, 8, 8, 1) and np.abs(np.diff(row, axis=0)).max() > 0
    samples = cond_gan.sample(4, label=[2, 2, 6, 6])
    assert samples["data"].dtype == np.uint8 and samples["label"].tolist() == [2, 2, 6, 6]
