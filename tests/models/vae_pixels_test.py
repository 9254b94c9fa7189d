"""A VAE of autoregressive pixels: its bound is below the truth and tends to it; samples."""

import keras
import numpy as np
import pytest
import tensorflow as tf

from tfgan.models import VAE, AutoregressivePixels
from tfgan.networks import pixelcnn, vae
from tfgan.networks.cached_sampling import UncachedSampler

SHAPE = (4, 4, 1)


def networks(latent_dim=1, features=3):
    keras.utils.set_random_seed(0)
    made = (
        vae.dense_encoder(SHAPE, latent_dim, widths=(8,)),
        vae.dense_decoder((*SHAPE[:2], features), latent_dim, widths=(8,)),
        pixelcnn.plain(SHAPE, width=4, depth=1, kernel_size=3, features=features),
    )
    random = np.random.default_rng(2)
    for each in made[1:]:
        each.set_weights([w + 0.3 * random.normal(size=w.shape) for w in each.get_weights()])
    # Close to the prior, so wide enough that few latents are enough for importance sampling.
    made[0].set_weights([0.2 * w for w in made[0].get_weights()])
    return made


def pixel_vae(encoder, decoder, network, cached_sampler=UncachedSampler, **options):
    return VAE(
        encoder, decoder, likelihood=AutoregressivePixels(network, cached_sampler), **options
    )


def model(**options):
    one = pixel_vae(*networks(), cached_sampler=pixelcnn.cached_sampler, **options)
    one.compile(keras.optimizers.SGD(0.01))
    return one


def exact(one, image):
    """log of the integral of p(x|z) p(z) over z, one number, by a sum over a fine grid."""
    z = np.linspace(-9.0, 9.0, 6001)
    features = one.average_decoder({"latent": tf.constant(z[:, None], tf.float32)})
    x = np.broadcast_to(image / 255.0, (len(z), *SHAPE))
    given = {"data": tf.constant(x, tf.float32), "features": features}
    logits = np.asarray(one.average_network(given), np.float64)
    likelihood = np.exp(-np.logaddexp(0.0, np.where(x == 1.0, -logits, logits)).sum(axis=(1, 2, 3)))
    density = np.exp(-0.5 * z**2) / np.sqrt(2.0 * np.pi)
    return np.log(np.sum(likelihood * density) * (z[1] - z[0]))


def test_the_bound_is_below_the_truth_and_many_latents_come_close():
    one = model(bound_samples=1)
    for image in 255 * np.random.default_rng(0).integers(0, 2, (3, *SHAPE), np.uint8):
        truth = exact(one, image)
        copies = np.broadcast_to(image, (400, *SHAPE)).copy()
        single = one.log_prob(copies)
        assert single.kind == "lower bound"
        assert single.mean < truth - 4.0 * single.standard_error
        one.bound_samples = 300
        many = one.log_prob(copies[:100], seed=1)
        one.bound_samples = 1
        assert many.mean == pytest.approx(truth, abs=0.02)
        assert many.mean < truth + 4.0 * many.standard_error


def test_the_kl_term_gains_weight_over_the_warm_up():
    one = model(kl_warmup=2)
    data = {"data": tf.constant(np.random.default_rng(0).integers(0, 256, (8, *SHAPE), np.uint8))}
    for weight in (0.0, 0.5, 1.0, 1.0):
        logs = one.train_step(data)
        wanted = logs["reconstruction"] + weight * logs["kl"]
        assert float(logs["kl"]) > 1e-4
        np.testing.assert_allclose(logs["loss"], wanted, rtol=1e-6)


def test_samples_are_those_of_a_full_pass_for_every_pixel():
    parts = networks()
    fast, slow = pixel_vae(*parts, cached_sampler=pixelcnn.cached_sampler), pixel_vae(*parts)
    made = fast.sample(40, seed=2)["data"]
    assert made.dtype == np.uint8 and set(np.unique(made)) == {0, 255}
    np.testing.assert_array_equal(made, slow.sample(40, seed=2)["data"])
    np.testing.assert_array_equal(fast.sample(3, seed=2)["data"], made[:3])


def test_images_are_sampled_as_often_as_they_are_probable():
    one = model()
    white = one.sample(3000, seed=1)["data"][:, 0, 0, 0] == 255
    # The first pixel's chance: the mean over latents of the prior.
    z = np.random.default_rng(0).standard_normal((4000, 1)).astype(np.float32)
    given = {"data": tf.zeros((4000, *SHAPE)), "features": one.average_decoder({"latent": z})}
    chance = float(tf.reduce_mean(tf.sigmoid(one.average_network(given)[:, 0, 0, 0])))
    assert white.mean() == pytest.approx(chance, abs=4.0 * 0.5 * np.sqrt(1 / 3000 + 1 / 4000))


def test_a_code_is_the_same_in_any_batch():
    one = model()
    images = np.random.default_rng(0).integers(0, 256, (130, *SHAPE), np.uint8)
    codes = one.encode(images)
    assert codes.shape == (130, 1) and codes.dtype == np.float32
    np.testing.assert_array_equal(one.encode(images[3:5]), one.encode(images[3:5]))
    np.testing.assert_allclose(one.encode(images[3:5]), codes[3:5], atol=1e-6)


def test_networks_that_do_not_fit_are_refused():
    encoder, decoder, network = networks()
    other = networks(latent_dim=2, features=5)
    with pytest.raises(ValueError, match=r"decoder gives \(4, 4, 5\) .* network takes \(4, 4, 3\)"):
        pixel_vae(encoder, other[1], network)
    with pytest.raises(ValueError, match=r"encoder gives 2 numbers .* decoder takes \(1,\)"):
        pixel_vae(other[0], decoder, network)


@pytest.mark.parametrize("wrong", [{"kl_warmup": -1}, {"kl_weight": -1.0}, {"bound_samples": 0}])
def test_arguments_out_of_range_are_refused(wrong):
    with pytest.raises(ValueError, match=next(iter(wrong))):
        model(**wrong)
