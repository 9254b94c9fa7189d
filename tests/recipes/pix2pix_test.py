"""pix2pix with dropout, whose noise is a latent: replicas, resumption; terms and refusals."""

import numpy as np
import pytest
import tensorflow as tf

from tfgan import layers, modalities, recipes
from tfgan.data import DataSpec

from .tiny import BATCH, batch, descending, eager, fit, state, tiny

DEEP = {"depth": 3, "discriminator_layers": 1}  # two levels and less have no dropout


def test_a_deep_network_has_noise_which_the_seed_decides():
    model = tiny("pix2pix", **DEEP)
    assert any(isinstance(layer, layers.NoiseDropout) for layer in model.generator.layers)
    source = batch("pix2pix", model)["source"]
    one, same, other = (
        model.sample(BATCH, seed=seed, source=source)["data"].astype(int) for seed in (0, 0, 1)
    )
    np.testing.assert_array_equal(one, same)
    assert (one != other).any(axis=(1, 2, 3)).all()
    plain = tiny("pix2pix", **DEEP, dropout=0.0)
    assert plain.prior is None and "noise" not in plain.generator.input
    samples = [plain.sample(BATCH, seed=seed, source=source)["data"] for seed in (0, 1)]
    np.testing.assert_array_equal(*samples)


def test_two_replicas_draw_the_noise_of_one_device(two_replicas):
    alone = eager(descending("pix2pix", **DEEP))
    with two_replicas.scope():
        together = descending("pix2pix", **DEEP)
    start = state(alone)
    for model in (alone, together):
        fit(model, batch("pix2pix", alone), steps=1)
    for one, two in zip(state(alone), state(together), strict=True):
        np.testing.assert_allclose(one, two, atol=1e-4)
    assert any(np.abs(a - b).max() > 1e-3 for a, b in zip(start, state(together), strict=True))


def test_steps_after_a_restoration_draw_the_noise_of_the_run(tmp_path):
    model = eager(tiny("pix2pix", **DEEP))
    data = batch("pix2pix", model)
    fit(model, data, steps=2)
    saved = tf.train.Checkpoint(model=model).write(f"{tmp_path}/two")
    fit(model, data, steps=2)
    restored = eager(tiny("pix2pix", **DEEP))  # of the same seed, which the noise is drawn from
    tf.train.Checkpoint(model=restored).restore(saved)
    fit(restored, data, steps=2)
    for one, two in zip(state(model), state(restored), strict=True):
        np.testing.assert_array_equal(one, two)


@pytest.mark.parametrize(("scales", "layers"), [(1, 1), (2, 0)])
def test_a_weight_of_feature_matching_adds_its_term(scales, layers):
    settings = {"discriminator_scales": scales, "discriminator_layers": layers}
    model = eager(tiny("pix2pix", feature_matching_weight=10.0, **settings))
    logs = fit(model, batch("pix2pix", model), steps=1)
    assert {"l1", "paired_feature_matching"} <= logs.keys()
    assert "paired_feature_matching" not in fit(
        eager(tiny("pix2pix", **settings)), batch("pix2pix", model), steps=1
    )


def test_without_an_adversarial_weight_no_discriminator_moves_the_generator():
    def moved(weight, layers):
        model = eager(tiny("pix2pix", adversarial_weight=weight, discriminator_layers=layers))
        fit(model, batch("pix2pix", model), steps=2)
        return np.concatenate([np.ravel(v) for v in model.generator.trainable_variables])

    np.testing.assert_array_equal(moved(0.0, 0), moved(0.0, 1))
    assert (moved(1.0, 0) != moved(1.0, 1)).any()


def test_an_unconditional_discriminator_does_not_receive_the_source():
    unconditional = tiny("pix2pix", conditional_discriminator=False)
    assert set(unconditional.discriminator.input) == {"data"}
    assert set(tiny("pix2pix").discriminator.input) == {"data", "source"}


@pytest.mark.parametrize(
    "spec",
    [
        DataSpec((8, 8, 3)),
        DataSpec((2,), "points"),
        DataSpec((8, 8, 3), conditions={"source": DataSpec((8, 8, 1))}, is_paired=False),
    ],
    ids=["one domain", "points", "unpaired"],
)
def test_other_data_than_pairs_are_refused(spec):
    with pytest.raises(ValueError, match="pix2pix needs pairs, such as --data=pairs:FOLDER"):
        recipes.make("pix2pix", {}).build(spec, 0)


def test_masks_are_made_as_probabilities_of_their_classes():
    masks = modalities.Masks(("a", "b"))
    spec = DataSpec((8, 8, 2), masks, conditions={"source": DataSpec((8, 8, 3))})
    model = recipes.make("pix2pix", {"width": 2, "discriminator_layers": 1}).build(spec, 0)
    source = np.random.default_rng(0).integers(0, 256, (3, 8, 8, 3), np.uint8)
    samples = model.sample(3, source=source)
    assert samples["data"].shape == (3, 8, 8, 1) and samples["data"].max() <= 1
