"""Two translators and two discriminators: their losses, who moves, on which fakes."""

import functools

import keras
import numpy as np
import pytest
import tensorflow as tf

from tfgan.models import CycleGAN, Translator, mixed_precision
from tfgan.runs import Checkpoints

from .translators import batch, cycle_gan, discriminator, generator, identity, state, train

ROLES = "generator", "inverse_generator", "discriminator", "source_discriminator"


def sgd(g=0.1, d=0.1):
    return {"generator": keras.optimizers.SGD(g), "discriminator": keras.optimizers.SGD(d)}


def identities(**arguments):
    networks = identity(), identity(), discriminator(), discriminator()
    return cycle_gan(networks, identity_weight=2.5, **arguments)


def floats(data):
    return {name: rows.astype(np.float32) / 127.5 - 1.0 for name, rows in data.items()}


def _call(network, images):
    return network({network.inputs[0].name: images})


def weights(network):
    return [np.array(variable) for variable in network.trainable_variables]


def moved(before, network):
    return max(np.abs(a - b).max() for a, b in zip(before, weights(network), strict=True))


def test_the_cycle_of_identities_costs_nothing():
    model, data = identities(), batch(3)
    logs = model.test_on_batch(data, return_dict=True)
    assert logs["cycle"] < 1e-6 and logs["identity"] < 1e-6
    np.testing.assert_array_equal(model.cycle(data["source"]), data["source"])
    np.testing.assert_array_equal(model.sample(3, source=data["source"])["data"], data["source"])


def test_noise_on_the_translation_reaches_the_cycle():
    """|n| of n ~ N(0, s) is s sqrt(2 / pi) on average: 4.07 of 127.5 for s = 0.04."""
    model, gray = identities(), np.full((40, 4, 4, 3), 128, np.uint8)
    error = model.cycle(gray, noise=0.04, seed=3).astype(float) - gray
    assert abs(np.abs(error).mean() - 4.07) < 0.3  # 1,920 draws: 4 standard deviations
    some = model.cycle(gray[:5], noise=0.04, seed=3)
    np.testing.assert_array_equal(some, (gray + error).astype(np.uint8)[:5])


def test_blind_discriminators_have_the_losses_of_a_logit_of_0():
    model = cycle_gan()
    for network in (model.discriminator, model.source_discriminator):
        network.set_weights([np.zeros(w.shape) for w in network.get_weights()])
    logs = train(model, 1)
    assert logs["d_loss"] == pytest.approx(0.5) and logs["g_loss"] == pytest.approx(0.5)
    assert logs["d_real"] == logs["d_fake"] == 0.0


def test_a_step_follows_the_gradients_of_the_papers_losses_at_the_weights_before_it():
    """With half of the authors' weights, the loss of the generators is half of theirs."""
    data = batch()
    model = cycle_gan(optimizers=sgd(), cycle_weight=5.0, identity_weight=2.5, pool_size=0)
    g, f, d, e = (functools.partial(_call, getattr(model, role)) for role in ROLES)
    x, y = floats(data)["source"], floats(data)["data"]
    l1 = lambda a, b: tf.reduce_mean(tf.abs(a - b))  # noqa: E731
    mean_square = lambda a: tf.reduce_mean(tf.square(a))  # noqa: E731
    with tf.GradientTape(persistent=True) as tape:
        paper = mean_square(d(g(x)) - 1.0) + mean_square(e(f(y)) - 1.0)
        paper += 10.0 * (l1(f(g(x)), x) + l1(g(f(y)), y)) + 5.0 * (l1(g(y), y) + l1(f(x), x))
        judging = mean_square(d(y) - 1.0) + mean_square(e(x) - 1.0)
        judging += mean_square(d(g(x))) + mean_square(e(f(y)))
    expected = []
    for loss, roles in ((paper, ROLES[:2]), (judging, ROLES[2:])):
        for network in (getattr(model, role) for role in roles):
            slopes = tape.gradient(loss, network.trainable_variables)
            steps = zip(weights(network), slopes, strict=True)
            expected.append([w - 0.1 * 0.5 * s.numpy() for w, s in steps])
    model.train_on_batch(data)
    for role, values in zip(ROLES, expected, strict=True):
        network = getattr(model, role)
        for one, other in zip(weights(network), values, strict=True):
            np.testing.assert_allclose(one, other, atol=1e-6)


@pytest.mark.parametrize("frozen", ["generator", "discriminator"])
def test_each_optimizer_moves_its_own_two_networks_only(frozen):
    model = cycle_gan(optimizers=sgd(g=0.1 * (frozen != "generator"), d=0.1 * (frozen[0] != "d")))
    before = {role: weights(getattr(model, role)) for role in ROLES}
    train(model, 1)
    for role in ROLES:
        assert (moved(before[role], getattr(model, role)) == 0) == role.endswith(frozen), role


def test_the_discriminators_classify_the_images_of_the_pools():
    model, twin = (cycle_gan(pool_size=4, optimizers=sgd(0.0, 0.0)) for _ in range(2))
    for each in (model, twin):
        train(each, 1)  # fills the pools
        for pool in each.pools.by_domain.values():
            pool.images.assign(tf.fill(pool.images.shape, 7.0))  # no generator makes that
    inputs, scores = floats(batch(seed=1)), []
    for name, origin, make, judge in (
        ("data", "source", twin.generator, twin.discriminator),
        ("source", "data", twin.inverse_generator, twin.source_discriminator),
    ):
        fakes = make({"source": inputs[origin]})
        images = twin.pools.query(name, fakes, twin.stream(f"pool, {name}"))
        assert 0 < np.sum(images[:, 0, 0, 0] == 7.0) < 4
        scores.append(np.mean(judge({"data": images})))
    logs = train(model, 1, first=1)
    assert logs["d_fake"] == pytest.approx(np.mean(scores), abs=1e-6)
    assert logs["d_fake"] != pytest.approx(model.evaluate(batch(seed=1), verbose=0)[1], abs=1e-3)


def test_a_resumed_run_continues_bit_for_bit_with_its_pools(tmp_path):
    whole, first = cycle_gan(), cycle_gan()
    train(whole, 6)
    train(first, 3)
    Checkpoints(str(tmp_path), first).save()
    first.save(tmp_path / "model.keras")
    resumed = cycle_gan(seed=2)
    assert Checkpoints(str(tmp_path), resumed).restore()
    for model in (resumed, keras.models.load_model(tmp_path / "model.keras")):
        train(model, 3, first=3)
        for one, other in zip(state(whole), state(model), strict=True):
            np.testing.assert_array_equal(one, other)


def test_two_replicas_take_the_steps_of_one_device_with_one_pool(two_replicas):
    alone = cycle_gan(optimizers=sgd(), average_half_life=50.0)
    with two_replicas.scope():
        together = cycle_gan(optimizers=sgd(), average_half_life=50.0)
    logs = [train(model, 4) for model in (alone, together)]
    assert logs[0] == pytest.approx(logs[1], rel=1e-5)
    for one, two in zip(state(alone), state(together), strict=True):
        np.testing.assert_allclose(one, two, atol=2e-6)


def test_xla_takes_the_same_steps():
    plain, compiled = cycle_gan(optimizers=sgd()), cycle_gan(optimizers=sgd(), jit_compile=True)
    logs = [train(model, 3) for model in (plain, compiled)]
    assert logs[0] == pytest.approx(logs[1], rel=1e-4)
    for one, two in zip(state(plain), state(compiled), strict=True):
        np.testing.assert_allclose(one, two, atol=1e-5)


def test_the_distances_are_computed_in_float32():
    with mixed_precision.computing_in("bfloat16"):
        networks = generator(), generator(), discriminator(), discriminator()
    model, data = cycle_gan(networks, identity_weight=1.0), floats(batch())
    g, f = (lambda x, n=n: n({"source": x}) for n in networks[:2])
    x, y = data["source"], data["data"]
    assert g(x).dtype == tf.bfloat16
    l1 = lambda a, b: np.abs(np.float64(tf.cast(a, tf.float32)) - b).mean()  # noqa: E731
    logs = model.test_on_batch(data, return_dict=True)
    assert logs["cycle"] == pytest.approx((l1(f(g(x)), x) + l1(g(f(y)), y)) / 2, rel=1e-5)
    assert logs["identity"] == pytest.approx((l1(g(y), y) + l1(f(x), x)) / 2, rel=1e-5)


def test_microbatches_take_the_step_of_the_whole_batch_without_a_pool():
    whole, parted = (
        cycle_gan(optimizers=sgd(), pool_size=0, microbatches=parts) for parts in (1, 2)
    )
    logs = [train(model, 2) for model in (whole, parted)]
    assert logs[0] == pytest.approx(logs[1], rel=1e-5)
    for one, other in zip(state(whole), state(parted), strict=True):
        np.testing.assert_allclose(one, other, atol=1e-6)
    with pytest.raises(ValueError, match="An image pool needs the whole batch"):
        train(cycle_gan(microbatches=2), 1)


def test_domains_of_different_channels_are_translated_both_ways():
    networks = generator(1, 3), generator(3, 1), discriminator(3), discriminator(1)
    model = CycleGAN(*networks, source_modality="images")
    model.compile(optimizers="adam")
    model.train_on_batch(batch(source_channels=1))
    gray = batch(3, source_channels=1)["source"]
    assert model.sample(3, source=gray)["data"].shape == (3, 4, 4, 3)
    assert model.cycle(gray).shape == (3, 4, 4, 1) and model.cycle(gray).dtype == np.uint8
    assert Translator(model, "BtoA")(batch(1)["data"][0]).shape == (4, 4, 1)
    with pytest.raises(ValueError, match="identity_weight must be 0 for domains of different sha"):
        model.compile(optimizers="adam", identity_weight=1.0)


def test_translations_are_those_of_the_weights_in_use():
    model, source = cycle_gan(average_half_life=1000.0), batch(2)["source"]
    train(model, 3)
    average = (
        model.cycle(source),
        *(n.get_weights()[0] for n in model.translation_networks.values()),
    )
    model.use_weights("last")
    last = model.cycle(source), *(n.get_weights()[0] for n in model.translation_networks.values())
    assert all(np.any(one != other) for one, other in zip(average, last, strict=True))
    assert model.translation_networks["BtoA"] is model.inverse_generator


def test_networks_and_arguments_that_do_not_fit_are_refused():
    with pytest.raises(ValueError, match=r"the source_discriminator takes \(4, 4, 1\)"):
        CycleGAN(generator(), generator(), discriminator(), discriminator(1))
    with pytest.raises(ValueError, match=r"of shape \(4, 4, 3\) from sources of shape \(4, 4, 1\)"):
        CycleGAN(generator(), generator(3, 1), discriminator(), discriminator(1))
    with pytest.raises(ValueError, match="cycle_weight must be 0 or more; received -1"):
        cycle_gan(cycle_weight=-1.0)
    with pytest.raises(ValueError, match="pool_size must be 0 or more; received -1"):
        cycle_gan(pool_size=-1)
    with pytest.raises(ValueError, match="loss must be one of"):
        cycle_gan(loss="least_square")
