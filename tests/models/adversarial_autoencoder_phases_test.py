"""The phases of an adversarial autoencoder: who moves, on which codes, under which labels."""

import keras
import numpy as np
import pytest
import tensorflow as tf

from tfgan import losses, metrics, priors, rng
from tfgan.models import AdversarialAutoencoder
from tfgan.networks import autoencoder


def sgd(*rates):
    phases = "autoencoder", "discriminator", "regularizer", "classifier"
    return {p: keras.optimizers.SGD(rate) for p, rate in zip(phases, rates, strict=False)}


def model(prior=None, classes=None, category=None, told=False, rates=(0.1, 0.1, 0.1), **networks):
    """A small one on points of three numbers, moved by SGD with a rate a phase."""
    keras.utils.set_random_seed(1)
    prior = prior or priors.Normal(2)
    sizes = {name: size for name, (size,) in prior.shapes.items()}
    categories = [category] if category else []
    made = AdversarialAutoencoder(
        autoencoder.encoder((3,), sizes, categories=categories, widths=(8,), **networks),
        autoencoder.decoder((3,), sizes, widths=(8,)),
        autoencoder.discriminator(sizes, classes=classes + 1 if told else None, widths=(8,)),
        prior=prior,
        classes=classes,
        category=category,
    )
    made.compile(losses.non_saturating(), sgd(*rates))
    return made


def with_classes(rates=(0.0, 0.0, 0.0, 0.1)):
    prior = priors.Joint([priors.Normal(2), priors.Categorical(3)])
    return model(prior, classes=3, category="code", rates=rates)


def batch(count=8, label=None):
    data = tf.random.stateless_normal([count, 3], [0, 0])
    return {"data": data} | ({} if label is None else {"label": tf.constant(label, tf.int32)})


def weights(network):
    return [np.array(value) for value in network.get_weights()]


def distance(before, network):
    return max(np.abs(a - b).max() for a, b in zip(before, weights(network), strict=True))


@pytest.mark.parametrize(
    ("rates", "moving"),
    [
        ((0.1, 0.0, 0.0), {"encoder", "decoder"}),
        ((0.0, 0.1, 0.0), {"discriminator"}),
        ((0.0, 0.0, 0.1), {"encoder"}),
    ],
    ids=["reconstruction", "discrimination", "regularization"],
)
def test_each_phase_moves_its_own_networks_only(rates, moving):
    made = model(rates=rates)
    before = {
        name: weights(getattr(made, name)) for name in ("encoder", "decoder", "discriminator")
    }
    made.train_step(batch())
    moved = {name for name, was in before.items() if distance(was, getattr(made, name)) > 0}
    assert moved == moving
    assert made.steps_done == 1


def test_the_logged_losses_are_those_of_the_formulas():
    made = model(rates=(0.0, 0.0, 0.0))
    given = batch()
    codes = made.encoder(given)["latent"].numpy()
    data = made.decoder({"latent": codes}).numpy()
    prior = made.prior(8, made.stream("prior"))
    real = made.discriminator(prior)["latent"].numpy()
    fake = made.discriminator({"latent": codes})["latent"].numpy()
    logs = made.train_step(given)
    error = np.mean(np.sum((given["data"] - data) ** 2, axis=1)) / 2
    assert float(logs["reconstruction"]) == pytest.approx(error, rel=1e-5)
    judged = np.mean(np.log1p(np.exp(-real)) + np.log1p(np.exp(fake)))
    assert float(logs["d_loss"]) == pytest.approx(judged, rel=1e-5)
    assert float(logs["g_loss"]) == pytest.approx(np.mean(np.log1p(np.exp(-fake))), rel=1e-5)
    assert float(logs["d_real"]) == pytest.approx(np.mean(1 / (1 + np.exp(-real))), rel=1e-5)


def test_classification_is_the_cross_entropy_of_the_examples_whose_label_is_known():
    made = with_classes(rates=(0.0, 0.0, 0.0, 0.0))
    given = batch(label=[0, -1, 2, -1, -1, -1, -1, 1])
    belief = made.encoder({"data": given["data"]})["code"].numpy()
    wanted = -np.mean(np.log([belief[0, 0], belief[2, 2], belief[7, 1]]))
    assert float(made.train_step(given)["classification"]) == pytest.approx(wanted, rel=1e-5)


def test_the_classification_phase_moves_what_the_class_depends_on_and_no_style():
    made = with_classes()
    before = {variable.path: np.array(variable) for variable in made.encoder.trainable_variables}
    made.train_step(batch(label=[0, 1, 2, 0, 1, 2, 0, -1]))
    moved = [
        np.abs(np.array(variable) - before[variable.path]).max() > 0
        for variable in made.encoder.trainable_variables
    ]
    assert sum(moved) == 4  # kernels and biases of the hidden layer and of the class
    assert len(moved) == 6


def test_without_a_known_label_the_classification_phase_moves_nothing():
    made = with_classes()
    before = weights(made.encoder)
    logs = made.train_step(batch(label=[-1] * 8))
    assert float(logs["classification"]) == 0.0
    assert distance(before, made.encoder) == 0.0


def test_the_prior_is_drawn_from_the_class_of_the_example_where_its_label_is_known():
    made = model(priors.Mixture(4, deviations=(1e-3, 1e-3)), classes=4, told=True)
    seen = []
    made.discriminator_call = made._discriminate
    made._discriminate = lambda codes, mode: (
        seen.append((codes["real"]["latent"], codes["condition"]["label"]))
        or made.discriminator_call(codes, mode)
    )
    label = [0, 1, 2, 3] * 4 + [-1] * 16
    made.train_step(batch(32, label))
    [(drawn, told)] = seen
    component = np.round(np.arctan2(drawn[:, 1], drawn[:, 0]) / (np.pi / 2)) % 4
    np.testing.assert_array_equal(component[:16], label[:16])
    assert len(set(component[16:])) > 1  # of any class
    np.testing.assert_array_equal(told, [0, 1, 2, 3] * 4 + [4] * 16)


def test_samples_of_a_label_come_from_its_class_of_the_prior():
    made = with_classes()
    sampled = made.sample(6, seed=3, label=2)
    np.testing.assert_array_equal(sampled["label"], [2] * 6)
    seeds = rng.fold(rng.stream(3, 0, "sample"), tf.range(6))
    drawn = rng.per_example(lambda count, seed: made.prior(count, rng.fold(seed, 0)), seeds)
    codes = drawn | {"code": tf.one_hot([2] * 6, 3)}
    np.testing.assert_allclose(sampled["data"], made.average_decoder(codes), atol=1e-6)


def test_sample_i_is_the_same_however_many_are_drawn():
    made = with_classes()
    many, few = made.sample(7, seed=1), made.sample(3, seed=1, start=4)
    for name in ("data", "label"):
        np.testing.assert_array_equal(many[name][4:], few[name])
    assert set(many["label"]) <= {0, 1, 2}


def test_codes_are_what_the_encoder_says_without_its_noise():
    made = model(noise=5.0)
    data = batch(130)["data"].numpy()
    wanted = made.encoder({"data": data}, training=False)["latent"]
    np.testing.assert_allclose(made.codes(data)["latent"], wanted, atol=1e-6)


def test_encode_lays_the_parts_side_by_side_in_the_order_of_the_prior():
    made = with_classes()
    data = batch()["data"].numpy()
    codes = made.codes(data)
    np.testing.assert_array_equal(
        made.encode(data), np.concatenate([codes["latent"], codes["code"]], axis=1)
    )
    np.testing.assert_allclose(codes["code"].sum(axis=1), np.ones(8), atol=1e-6)


def test_points_learn_to_come_back_and_their_codes_to_look_like_the_prior():
    """Data on a line, far from the prior: the energy distance of the codes falls to a quarter."""
    keras.utils.set_random_seed(0)
    sizes, widths = {"latent": 1}, (32, 32)
    made = AdversarialAutoencoder(
        autoencoder.encoder((2,), sizes, widths=widths),
        autoencoder.decoder((2,), sizes, widths=widths),
        autoencoder.discriminator(sizes, widths=widths),
        prior=priors.Normal(1),
    )
    rates = {"autoencoder": 1e-3, "discriminator": 5e-3, "regularizer": 1e-3}
    adam = {phase: keras.optimizers.Adam(rate, beta_1=0.5) for phase, rate in rates.items()}
    made.compile(losses.non_saturating(), adam, average_half_life=20_000.0, jit_compile=True)
    along = np.random.default_rng(0).uniform(3.0, 5.0, (4_096, 1)).astype(np.float32)
    data = np.concatenate([along, -along], axis=1)
    batches = tf.data.Dataset.from_tensor_slices({"data": data}).repeat()
    batches = batches.batch(128, drop_remainder=True)
    prior = made.prior(1_000, rng.stream(0, 0, "test"))["latent"].numpy()

    def distance_of_codes():
        codes = made.codes(data[:1_000])["latent"]
        return metrics.energy_two_sample(prior, codes, permutations=1).distance

    before = distance_of_codes()
    made.fit(batches, steps_per_epoch=1_500, shuffle=False, verbose=0)
    assert distance_of_codes() < 0.25 * before
    back = made.average_decoder({"latent": made.codes(data)["latent"]}).numpy()
    assert np.mean((back - data) ** 2) < 0.05 * along.var()


def test_an_optimizer_for_two_phases_is_refused():
    made = model()
    one = keras.optimizers.SGD(0.1)
    with pytest.raises(ValueError, match="Each player needs an optimizer of its own"):
        made.compile(
            losses.non_saturating(),
            {"autoencoder": one, "discriminator": keras.optimizers.SGD(0.1), "regularizer": one},
        )


def test_a_classification_phase_needs_classes_and_a_category():
    with pytest.raises(ValueError, match="needs a model with classes and a category"):
        model(rates=(0.1, 0.1, 0.1, 0.1))


def test_networks_that_do_not_fit_the_prior_are_refused():
    sizes = {"latent": 2}
    networks = [
        autoencoder.encoder((3,), sizes, widths=()),
        autoencoder.decoder((3,), sizes, widths=()),
        autoencoder.discriminator(sizes, widths=()),
    ]

    def build(prior, swap=None, **more):
        given = [swap[1] if swap and swap[0] == i else each for i, each in enumerate(networks)]
        return AdversarialAutoencoder(*given, prior=prior, **more)

    with pytest.raises(ValueError, match=r"encoder makes codes of shapes .*\(2,\).*prior has .*5"):
        build(priors.Normal(5))
    wrong = autoencoder.decoder((3,), {"latent": 4}, widths=())
    with pytest.raises(ValueError, match="The decoder must take the codes"):
        build(priors.Normal(2), (1, wrong))
    with pytest.raises(ValueError, match=r"makes data of shape \(4,\); the encoder takes \(3,\)"):
        build(priors.Normal(2), (1, autoencoder.decoder((4,), sizes, widths=())))
    told = autoencoder.discriminator(sizes, classes=3, widths=())
    with pytest.raises(ValueError, match="discriminator takes label: the model needs classes"):
        build(priors.Normal(2), (2, told))
    with pytest.raises(ValueError, match="as many classes as there are labels, 2"):
        build(priors.Normal(2), classes=2)
    with pytest.raises(ValueError, match="category must be a code, latent; received 'code'"):
        build(priors.Normal(2), category="code")
