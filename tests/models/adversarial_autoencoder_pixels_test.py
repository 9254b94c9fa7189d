"""An adversarial autoencoder of autoregressive pixels: codes and samples."""

import keras
import numpy as np
import pytest
import tensorflow as tf

from tfgan import priors, rng
from tfgan.models import AdversarialAutoencoder, AutoregressivePixels, binary_pixels
from tfgan.networks import autoencoder, pixelgan

SHAPE = (4, 5, 1)


@pytest.fixture(scope="module", params=[False, True], ids=["everywhere", "by place"])
def model(request):
    keras.utils.set_random_seed(0)
    sizes = {"code": 3}
    made = AdversarialAutoencoder(
        autoencoder.encoder(SHAPE, sizes, categories=["code"], widths=(8,)),
        pixelgan.decoder(
            SHAPE,
            sizes,
            width=4,
            depth=1,
            kernel_size=3,
            features=4,
            location_dependent=request.param,
        ),
        autoencoder.discriminator(sizes, widths=(8,)),
        prior=priors.Categorical(3),
        likelihood=AutoregressivePixels(cached_sampler=pixelgan.cached_sampler),
        classes=3,
        category="code",
    )
    phases = made.player_variables
    made.compile("non_saturating", {phase: keras.optimizers.SGD(0.0) for phase in phases})
    return made


def images(count=6):
    return np.random.default_rng(0).integers(0, 256, (count, *SHAPE), np.uint8)


def test_reconstruction_is_the_cross_entropy_of_binary_pixels_given_the_code(model):
    data = images()
    given = {"data": tf.constant(data), "label": tf.range(6) % 3}
    pixels = binary_pixels.binarize(given["data"], model.stream("binary pixels"))
    code = model.encoder({"data": (data / 127.5 - 1.0).astype(np.float32)})["code"]
    logits = model.decoder({"data": pixels, "code": code}).numpy()
    wanted = np.mean(np.sum(np.log1p(np.exp((1 - 2 * pixels) * logits)), axis=(1, 2, 3)))
    assert float(model.train_step(given)["reconstruction"]) == pytest.approx(wanted, rel=1e-5)


def test_the_logits_depend_on_the_code_at_every_pixel(model):
    pixels = tf.zeros((1, *SHAPE))
    one, other = (model.decoder({"data": pixels, "code": tf.eye(3)[i : i + 1]}) for i in (0, 1))
    assert np.abs(one - other).min() > 0.0


def test_a_logit_depends_on_no_later_pixel(model):
    pixels = np.zeros((1, *SHAPE), np.float32)
    later = pixels.copy()
    later[0, 2, 2:] = later[0, 3:] = 1.0
    one, other = (
        model.decoder({"data": tf.constant(x), "code": tf.eye(3)[:1]}).numpy()
        for x in (pixels, later)
    )
    np.testing.assert_allclose(one[0, :2], other[0, :2], atol=1e-6)
    np.testing.assert_allclose(one[0, 2, :3], other[0, 2, :3], atol=1e-6)
    assert np.abs(one - other).max() > 1e-4


def test_samples_are_drawn_pixel_by_pixel_from_the_decoder_told_the_code(model):
    """A full pass of the decoder over a sample gives the chances that its pixels had."""
    made = model.sample(5, seed=2, label=1)
    assert made["data"].shape == (5, *SHAPE) and set(np.unique(made["data"])) <= {0, 255}
    np.testing.assert_array_equal(made["label"], [1] * 5)
    pixels = tf.cast(made["data"], tf.float32) / 255.0
    logits = model.average_decoder({"data": pixels, "code": tf.one_hot([1] * 5, 3)})

    def draw(count, seed):
        return rng.uniform(rng.fold(seed, 2), count, SHAPE[:2])

    u = rng.per_example(draw, rng.fold(rng.stream(2, 0, "sample"), tf.range(5)))[..., None]
    np.testing.assert_array_equal(pixels, tf.cast(u < tf.sigmoid(logits), tf.float32))


def test_sample_i_is_the_same_however_many_are_drawn(model):
    many, few = model.sample(4, seed=1), model.sample(2, seed=1, start=2)
    for name in ("data", "label"):
        np.testing.assert_array_equal(many[name][2:], few[name])


def test_a_sample_takes_a_pass_a_pixel(model):
    assert model.sampling_steps == 20


def test_it_has_no_likelihood_and_says_why(model):
    with pytest.raises(ValueError, match="does not give the divergence between codes and prior"):
        model.log_prob(images())
