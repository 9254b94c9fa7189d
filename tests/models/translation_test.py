"""Images of any size through a network: tiles without seams, noise, masks, refusals."""

import pathlib
import re

import keras
import numpy as np
import pytest

from tfgan import modalities, priors
from tfgan.models import GAN, Translator, translation
from tfgan.networks import unet

MASKS = modalities.Masks(("a", "b", "c"))


def translating(generator, source=None, target=None, prior=None):
    data = keras.Input((None, None, generator.output.shape[-1]), name="data")
    logits = keras.layers.Conv2D(1, 1)(data)
    return GAN(
        generator,
        keras.Model({"data": data}, logits),
        prior=prior,
        conditions={"source": source or modalities.Images()},
        modality=target,
    )


def convolution(size, channels=2, source_channels=3, activation="tanh"):
    keras.utils.set_random_seed(0)
    source = keras.Input((16, 16, source_channels), name="source")
    convolve = keras.layers.Conv2D(channels, size, padding="same", activation=activation)
    return keras.Model({"source": source}, convolve(source))


def pixels(*shape, high=256):
    return np.random.default_rng(0).integers(0, high, shape, np.uint8)


@pytest.mark.parametrize("length", [1, 63, 64, 65, 160, 161, 255, 256, 257, 400, 1001])
def test_the_weights_of_tiles_sum_to_one_and_are_small_at_inner_ends(length):
    total = np.zeros(length)
    tiles = translation._tiles(length, 160)
    for part, weights in tiles:
        assert part.stop - part.start == len(weights) == min(160, length)
        assert weights.min() > 0.0
        assert part.start == 0 or weights[0] < 0.02
        assert part.stop == length or weights[-1] < 0.02
        total[part] += weights
    np.testing.assert_allclose(total, 1.0, rtol=1e-6)
    assert (tiles[0][0].start, tiles[-1][0].stop) == (0, length)
    starts = [part.start for part, _ in tiles]
    assert starts == sorted(set(starts)) and max(np.diff(starts), default=0) <= 160 - 64


@pytest.mark.parametrize("size", [(300, 170), (161, 1), (401, 333)])
def test_tiles_of_a_network_of_single_pixels_are_the_whole_image(size):
    model, image = translating(convolution(1)), pixels(*size, 3)
    tiled, whole = Translator(model, tile=160)(image), Translator(model, tile=512)(image)
    assert whole.shape == (*size, 2)
    assert np.abs(tiled.astype(int) - whole).max() <= 1  # of rounding
    assert (tiled != whole).mean() < 0.001
    corner = np.resize(image, (16, 16, 3))
    sample = model.sample(1, source=corner[None])["data"][0]
    np.testing.assert_array_equal(Translator(model)(corner), sample)


def test_zeros_beyond_the_edges_of_tiles_leave_no_seam():
    model, image = translating(convolution(3)), pixels(300, 300, 3)
    tiled, whole = Translator(model, tile=160)(image), Translator(model, tile=512)(image)
    assert np.abs(tiled.astype(int) - whole).max() <= 3  # 1/65 of what one tile lacks there


def test_masks_are_translated_and_made():
    model = translating(convolution(1, 3, 3, "softmax"), MASKS, MASKS)
    translator, image = Translator(model, tile=160), pixels(200, 40, 1, high=3)
    assert (translator.source_channels, translator.channels) == (1, 3)
    result = translator(image)
    assert result.shape == (200, 40, 1) and result.max() < 3
    classes = {(a, b) for a, b in zip(image.ravel(), result.ravel(), strict=True)}
    assert len(classes) == 3  # one class for each


def test_the_noise_is_that_of_sample_0_of_the_seed():
    generator = unet.generator((32, 32, 1), (32, 32, 1), width=2, dropout=0.5)
    model, image = translating(generator, prior=priors.Noise()), pixels(32, 32, 1)
    translator = Translator(model)
    results = [translator(image, seed=seed) for seed in (0, 0, 1)]
    np.testing.assert_array_equal(results[0], results[1])
    assert (results[0] != results[2]).any()
    np.testing.assert_array_equal(
        results[2], model.sample(1, seed=1, source=image[None])["data"][0]
    )
    for size in [(1, 40), (45, 1), (1, 1), (70, 33)]:
        assert translator(pixels(*size, 1)).shape == (*size, 1)


@pytest.mark.parametrize(
    "image",
    [
        pixels(4, 4, 1),
        pixels(4, 4),
        pixels(1, 4, 4, 3),
        pixels(0, 4, 3),
        pixels(4, 4, 3).astype(np.float32),
    ],
    ids=lambda image: f"{image.dtype}{image.shape}",
)
def test_arrays_of_another_form_are_refused(image):
    with pytest.raises(ValueError, match=r"image must be uint8 \[height, width, 3\]; received"):
        Translator(translating(convolution(1)))(image)


def test_class_numbers_without_a_class_are_refused():
    model = translating(convolution(1, 3, 3, "softmax"), MASKS, MASKS)
    with pytest.raises(ValueError, match="image must hold the classes 0 to 2; received 7"):
        Translator(model)(np.full((2, 2, 1), 7, np.uint8))


def test_the_python_of_the_documents_runs(tmp_path, monkeypatch):
    text = (pathlib.Path(__file__).parents[2] / "docs/translation.md").read_text()
    part = text.split("## From Python")[1].split("\n## ")[0]
    code = "".join(re.findall(r"```python\n(.*?)```", part, re.DOTALL))
    for large, small in (("64, 64", "16, 16"), ("width=16", "width=2"), ("480, 640", "20, 24")):
        assert large in code
        code = code.replace(large, small)
    monkeypatch.chdir(tmp_path)
    for name in ("sources", "targets"):
        np.save(f"{name}.npy", pixels(4, 16, 16, 3))
    names = {}
    exec(code.replace("model.fit(", "model.run_eagerly = True\nmodel.fit("), names)
    assert names["images"].shape == (4, 16, 16, 3)
    assert names["image"].shape == names["back"].shape == (20, 24, 3)


def test_what_does_not_translate_is_refused():
    model = translating(convolution(1))
    with pytest.raises(ValueError, match="must be one of AtoB; .* of its training alone"):
        Translator(model, "BtoA")
    with pytest.raises(ValueError, match="tile must be above 128 pixels; received 128"):
        Translator(model, tile=128)
    latent = keras.Input((2,), name="latent")
    image = keras.layers.Reshape((1, 1, 2))(latent)
    plain = GAN(keras.Model({"latent": latent}, image), model.discriminator, prior=priors.Normal(2))
    with pytest.raises(ValueError, match="model must make images from images, as that of recipe"):
        Translator(plain)


def test_a_network_of_one_size_is_refused():
    source = keras.Input((4, 4, 1), name="source")
    flat = keras.layers.Dense(16, "tanh")(keras.layers.Flatten()(source))
    generator = keras.Model({"source": source}, keras.layers.Reshape((4, 4, 1))(flat))
    model = translating(generator)
    with pytest.raises(
        ValueError, match="model must take images of any size, as convolutions do; "
    ):
        Translator(model)
    assert translation.translators(model) == {}
    assert list(translation.translators(translating(convolution(1)))) == ["AtoB"]
