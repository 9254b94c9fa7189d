"""The signatures of an exported model make what `tfgan sample` makes, each row for itself."""

import numpy as np
import pytest
import tensorflow as tf

from tfgan import images


@pytest.mark.parametrize("seed", [0, 11, 2**40 + 3, -5])
def test_a_row_is_sample_0_of_its_seed(exported, loaded_model, rows, tfgan_sample, seed):
    signature = loaded_model[1].signatures["serving_default"]
    outputs = signature(**rows(signature, [seed]))
    sample = tfgan_sample(exported[0], seed)
    np.testing.assert_array_equal(outputs["image"], sample["data"])
    np.testing.assert_array_equal(tf.io.decode_png(outputs["png_bytes"][0]), sample["data"][0])
    if "label" in sample:
        np.testing.assert_array_equal(outputs["label"], sample["label"])


def test_each_row_has_a_label_and_a_truncation_of_its_own(
    exported, loaded_model, rows, tfgan_sample
):
    model, loaded = loaded_model
    signature = loaded.signatures["serving_default"]
    truncations = [0.0, 0.3, 1.0, 0.3]
    labels = [2, 0, -1, 1]
    outputs = signature(**rows(signature, [1, 2, 3, 2], labels, truncations))
    for row, (seed, label, cut) in enumerate(zip([1, 2, 3, 2], labels, truncations, strict=True)):
        condition = label if model.classes and label >= 0 else None
        sample = tfgan_sample(exported[0], seed, label=condition, truncation=cut or None)
        np.testing.assert_array_equal(outputs["image"][row], sample["data"][0])


def test_a_row_does_not_depend_on_those_beside_it(loaded_model, rows):
    signature = loaded_model[1].signatures["serving_default"]
    seeds = list(range(100, 140))  # several passes, the last of them filled up
    together = signature(**rows(signature, seeds))["image"].numpy()
    for row in (0, 3, 15, 16, 39):
        alone = signature(**rows(signature, seeds[row : row + 1]))["image"].numpy()
        np.testing.assert_array_equal(alone[0], together[row])


def test_no_rows_make_no_images(loaded_model, rows):
    signature = loaded_model[1].signatures["serving_default"]
    assert signature(**rows(signature, []))["image"].shape == (0, 8, 8, 1)


def test_latents_generate_the_samples(loaded_model, rows):
    model, loaded = loaded_model
    latent, generate = (loaded.signatures[name] for name in ("latent", "generate"))
    inputs = latent(**rows(latent, [5, 6, 7]))
    outputs = generate(**inputs)["image"].numpy()
    for row, seed in enumerate((5, 6, 7)):
        np.testing.assert_array_equal(outputs[row], model.sample(1, seed=seed)["data"][0])


def test_discriminate_gives_the_logit_of_each_image(loaded_model):
    model, loaded = loaded_model
    data = np.random.default_rng(0).integers(0, 256, (20, 8, 8, 1), np.uint8)
    label = {"label": tf.constant(np.arange(20) % 3, tf.int32)} if model.classes else {}
    logits = loaded.signatures["discriminate"](image=tf.constant(data), **label)["logits"]
    expected = model.discriminator({"data": images.to_float(data), **label}, training=False)
    np.testing.assert_allclose(logits, expected[:, 0], atol=1e-5)


def test_what_cannot_be_is_refused_by_a_sentence(loaded_model, rows):
    signature = loaded_model[1].signatures["serving_default"]
    known_inputs = signature.structured_input_signature[1]
    bad = {"truncation": [1.5], "label": [3]}
    sentences = {
        "truncation": "truncation must be 0, for none, or above 0 and up to 1",
        "label": "label must be -1 to 2",
    }
    for name in bad.keys() & known_inputs.keys():
        with pytest.raises(tf.errors.InvalidArgumentError, match=sentences[name]):
            signature(**rows(signature, [1], **{name: bad[name]}))
