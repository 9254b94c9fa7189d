"""A user's own network as an extractor: .keras files and SavedModels."""

import zipfile

import h5py
import keras
import numpy as np
import pytest
import tensorflow as tf

from tfgan.extractors import open_extractor


def model(size=(6, 6), as_dict=True):
    images = keras.Input((*size, 1))
    features = keras.layers.Dense(4)(keras.layers.Flatten()(images))
    outputs = {"features": features, "logits": keras.layers.Dense(3)(features)}
    return keras.Model(images, outputs if as_dict else features)


def images(count=5, size=6):
    return np.random.default_rng(0).integers(0, 256, (count, size, size, 1), np.uint8)


def test_a_keras_file_gives_its_features_and_logits(tmp_path):
    network = model()
    network.save(tmp_path / "mine.keras")
    extractor = open_extractor(str(tmp_path / "mine.keras"))
    assert (extractor.name, extractor.size, extractor.channels) == ("mine", (6, 6), 1)
    assert (extractor.dimensions, extractor.classes) == (4, 3)
    found, expected = extractor(images()), network(images().astype(np.float32))
    np.testing.assert_allclose(found.features, expected["features"], rtol=1e-4, atol=1e-3)
    np.testing.assert_allclose(found.logits, expected["logits"], rtol=1e-4, atol=1e-3)


@pytest.mark.parametrize("as_dict", [True, False])
def test_a_saved_model_gives_its_features(tmp_path, as_dict):
    network = model(as_dict=as_dict)
    network.export(tmp_path / "saved", verbose=False)
    extractor = open_extractor(str(tmp_path / "saved"))
    assert extractor.classes == (3 if as_dict else None)
    expected = network(images().astype(np.float32))
    expected = expected["features"] if as_dict else expected
    np.testing.assert_allclose(extractor(images()).features, expected, rtol=1e-4, atol=1e-3)


def test_two_models_have_two_digests(tmp_path):
    for name in ("one", "other"):
        model().save(tmp_path / f"{name}.keras")
    digests = {open_extractor(str(tmp_path / f"{n}.keras")).sha256 for n in ("one", "other")}
    assert len(digests) == 2


def test_a_keras_file_with_code_is_refused(tmp_path):
    inputs = keras.Input((6, 6, 1))
    outputs = keras.layers.Lambda(lambda x: tf.reshape(x, [-1, 36]))(inputs)
    keras.Model(inputs, outputs).save(tmp_path / "code.keras")
    with pytest.raises(ValueError, match="is not a Keras model that can be loaded"):
        open_extractor(str(tmp_path / "code.keras"))


@pytest.mark.parametrize(
    "config",
    [
        b'{"class_name": "Sequential", "config": {"layers": [{"class_name": 5}]}}',
        b"[]",
        b"{" * 9,
        None,
    ],
)
def test_a_keras_file_with_another_description_is_refused(tmp_path, config):
    model().save(tmp_path / "a.keras")
    with (
        zipfile.ZipFile(tmp_path / "a.keras") as old,
        zipfile.ZipFile(tmp_path / "b.keras", "w") as new,
    ):
        for name in old.namelist():
            if name != "config.json":
                new.writestr(name, old.read(name))
            elif config is not None:
                new.writestr(name, config)
    with pytest.raises(ValueError, match=r"b.keras is not a Keras model that can be loaded \(.+\)"):
        open_extractor(str(tmp_path / "b.keras"))


def test_a_keras_file_whose_weights_lie_elsewhere_is_refused(tmp_path):
    with h5py.File(tmp_path / "w.h5", "w") as file:
        file["layers"] = h5py.ExternalLink("secret.h5", "/x")
    with zipfile.ZipFile(tmp_path / "a.keras", "w") as archive:
        archive.write(tmp_path / "w.h5", "model.weights.h5")
    with pytest.raises(ValueError, match="a.keras: model.weights.h5 leads to another file"):
        open_extractor(str(tmp_path / "a.keras"))


def test_a_network_of_another_form_is_refused(tmp_path):
    inputs = keras.Input((5,))
    keras.Model(inputs, keras.layers.Dense(2)(inputs)).save(tmp_path / "flat.keras")
    with pytest.raises(ValueError, match=r"must take images \[n, height, width, channels\]"):
        open_extractor(str(tmp_path / "flat.keras"))
    inputs = keras.Input((6, 6, 1))
    keras.Model(inputs, keras.layers.Conv2D(2, 1)(inputs)).save(tmp_path / "map.keras")
    with pytest.raises(ValueError, match=r"must give features \[n, d\]"):
        open_extractor(str(tmp_path / "map.keras"))
