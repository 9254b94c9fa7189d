import keras
import numpy as np
import pytest
import tensorflow as tf

from tfgan.likelihoods import iwae
from tfgan.models import VAE, binary_pixels
from tfgan.models.vae import kl_divergence
from tfgan.networks import vae

SHAPE = (2, 3, 1)
DIGITS = np.random.default_rng(0).choice([0, 255], (6, *SHAPE)).astype(np.uint8)


def tiny(latent_dim=1, steps=0, **options):
    keras.utils.set_random_seed(0)
    model = VAE(
        vae.dense_encoder(SHAPE, latent_dim, widths=(8,)),
        vae.dense_decoder(SHAPE, latent_dim, widths=(8,), activation="tanh"),
        **options,
    )
    model.compile(keras.optimizers.Adam(0.03))
    if steps:
        batches = tf.data.Dataset.from_tensors({"data": DIGITS}).repeat()
        model.fit(batches, steps_per_epoch=steps, shuffle=False, verbose=0)
    return model


@pytest.fixture(scope="module")
def trained():
    return tiny(steps=150)


def exact_log_prob(model, data):
    """log p(x) = log integral of p(x|z) N(z; 0, 1), by the sum over a fine grid."""
    z = np.linspace(-12.0, 12.0, 24_001)[:, None].astype(np.float32)
    logits = np.asarray(model.average_decoder({"latent": z}), np.float64).reshape(len(z), -1)
    x = data.reshape(len(data), -1) / 255.0
    log_joint = logits @ x.T - np.logaddexp(0.0, logits).sum(axis=1, keepdims=True)
    log_joint += -0.5 * z.astype(np.float64) ** 2 - 0.5 * np.log(2.0 * np.pi)
    return np.logaddexp.reduce(log_joint, axis=0) + np.log(z[1, 0] - z[0, 0])


def test_the_kl_term_equals_the_integral_of_its_definition():
    mean, log_variance = 0.7, -1.1
    z = np.linspace(-12.0, 12.0, 100_001)
    log_q = -0.5 * ((z - mean) ** 2 / np.exp(log_variance) + log_variance + np.log(2 * np.pi))
    log_p = -0.5 * (z**2 + np.log(2 * np.pi))
    integral = np.sum(np.exp(log_q) * (log_q - log_p)) * (z[1] - z[0])
    found = kl_divergence(tf.constant([[mean, 0.0]]), tf.constant([[log_variance, 0.0]]))
    np.testing.assert_allclose(found, [integral], rtol=1e-5)  # the second latent adds 0


def test_the_elbo_is_below_the_importance_weighted_bound_below_the_likelihood(trained):
    log_weights = trained.log_weights(DIGITS, 4000, seed=1)
    elbo, bound = log_weights.mean(axis=0), iwae.importance_weighted(log_weights[:500])
    exact = exact_log_prob(trained, DIGITS)
    assert elbo.mean() < bound.mean() < exact.mean() + 0.01
    assert exact.mean() - elbo.mean() > 0.02  # a bound that is not tight, so the order says much
    # All 4,000: E w = p(x), and the error of the mean is known.
    weights = np.exp(log_weights.astype(np.float64))
    error = weights.std(axis=0) / np.sqrt(4000)
    assert (np.abs(weights.mean(axis=0) - np.exp(exact)) < 4.5 * error).all()


def test_the_bound_rises_with_the_latents(trained):
    log_weights = trained.log_weights(DIGITS, 4096, seed=2)

    def bound(k):
        parts = log_weights.reshape(4096 // k, k, -1)
        return np.mean([iwae.importance_weighted(part).mean() for part in parts])

    bounds = [bound(k) for k in (1, 8, 64)]
    assert bounds == sorted(bounds) and bounds[2] > bounds[0] + 0.01


def test_the_likelihood_is_the_bound_of_the_latents_asked_for(trained):
    found = trained.log_prob(DIGITS, seed=3)
    assert found.kind == "lower bound" and found.shared_error == 0.0
    expected = iwae.importance_weighted(trained.log_weights(DIGITS, 100, seed=3))
    np.testing.assert_array_equal(found.nats, expected)


def test_an_examples_bound_depends_on_its_place_and_not_on_how_many_follow(trained):
    many = np.resize(DIGITS, (150, *SHAPE))
    whole, part = trained.log_weights(many, 3), trained.log_weights(many[:120], 3)
    np.testing.assert_array_equal(whole[:, :120], part)
    np.testing.assert_array_equal(trained.log_weights(many, 2), whole[:2])


def test_the_loss_is_minus_the_elbo_where_the_kl_has_its_weight():
    for weight in (1.0, 0.25):
        model = tiny(kl_weight=weight)
        logs = {key: float(value) for key, value in model.train_step({"data": DIGITS}).items()}
        assert logs["loss"] == pytest.approx(logs["reconstruction"] + weight * logs["kl"], rel=1e-6)


def test_training_raises_the_likelihood(trained):
    assert exact_log_prob(trained, DIGITS).mean() > exact_log_prob(tiny(), DIGITS).mean() + 0.5


def test_the_code_is_the_mean_of_the_encoder_without_any_draw(trained):
    code = trained.encode(DIGITS)
    expected = trained.average_encoder({"data": DIGITS / np.float32(255.0)})["mean"]
    np.testing.assert_allclose(code, expected, rtol=1e-5, atol=1e-6)
    np.testing.assert_array_equal(code, trained.encode(DIGITS))


def test_samples_are_expected_pixels_of_drawn_latents(trained):
    samples = trained.sample(600, seed=1)["data"] / 255.0
    z = np.random.default_rng(0).normal(size=(2000, 1)).astype(np.float32)
    expected = 1.0 / (1.0 + np.exp(-np.asarray(trained.average_decoder({"latent": z}))))
    np.testing.assert_allclose(samples.mean(axis=0), expected.mean(axis=0), atol=0.09)  # 4 se
    np.testing.assert_array_equal(
        trained.sample(3, seed=1, start=250)["data"], trained.sample(253, seed=1)["data"][250:]
    )
    assert len(np.unique(samples)) > 10  # grays, not black and white


def test_a_step_binarizes_anew():
    gray = np.full((1, *SHAPE), 127, np.uint8)
    model = tiny()
    drawn = []
    for step in range(4):
        model.step.assign(step)
        drawn.append(binary_pixels.binarize(gray, model.stream("binary")).numpy().tobytes())
    assert len(set(drawn)) > 1


def test_networks_that_do_not_fit_are_refused():
    with pytest.raises(ValueError, match=r"encoder gives 2 numbers .* decoder takes \(3,\)"):
        VAE(vae.dense_encoder(SHAPE, 2), vae.dense_decoder(SHAPE, 3))
    with pytest.raises(ValueError, match=r"decoder makes data of shape \(8, 8, 1\)"):
        VAE(vae.dense_encoder(SHAPE, 2), vae.dense_decoder((8, 8, 1), 2))
    with pytest.raises(ValueError, match="bound_samples must be at least 1"):
        tiny(bound_samples=0)
