import zipfile

import h5py
import keras
import numpy as np
import pytest
import tensorflow as tf

from tfgan import extractors
from tfgan.extractors import applications, open_extractor


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


def saved(path, name, act):
    """A SavedModel of 6 x 6 images that does something besides; returns its path."""
    module = tf.Module()
    module.weight = tf.Variable(2.0)

    @tf.function(input_signature=[tf.TensorSpec([None, 6, 6, 1], tf.float32)])
    def serve(images):
        with tf.control_dependencies(act(str(path))):
            return {"features": module.weight * tf.reshape(images, [-1, 36])}

    module.serve = serve
    tf.saved_model.save(module, f"{path}/{name}", signatures={"serving_default": serve})
    return f"{path}/{name}"


@pytest.mark.parametrize(
    ("act", "operation"),
    [
        (lambda path: [tf.io.write_file(f"{path}/written", "x")], "WriteFile"),
        (lambda path: [tf.io.read_file(f"{path}/read")], "ReadFile"),
        (lambda path: [tf.io.matching_files(f"{path}/*")], "MatchingFiles"),
        (lambda path: [tf.print("x", output_stream=f"file://{path}/written")], "PrintV2"),
        (lambda path: [tf.numpy_function(lambda: 1.0, [], tf.float64)], "PyFunc"),
        (lambda path: [tf.py_function(lambda: 1.0, [], tf.float32)], "EagerPyFunc"),
        (
            lambda path: [tf.raw_ops.SaveV2(
                prefix=f"{path}/written", tensor_names=["a"], shape_and_slices=[""], tensors=[1.0]
            )],
            "SaveV2",
        ),
        (
            lambda path: [tf.cond(
                tf.constant(True), lambda: tf.io.read_file(f"{path}/read"), lambda: tf.constant("")
            )],
            "ReadFile",
        ),
    ],
    ids=["write", "read", "list", "print", "numpy", "python", "save", "branch"],
)  # fmt: skip
def test_a_saved_model_that_does_more_than_compute_is_not_loaded(tmp_path, act, operation):
    path = saved(tmp_path, "more", act)
    with pytest.raises(ValueError, match=rf"not loaded: its operation {operation}\w* touches"):
        open_extractor(path)
    assert not (tmp_path / "written").exists()


def test_a_saved_model_with_variables_that_only_computes_is_loaded(tmp_path):
    extractor = open_extractor(saved(tmp_path, "plain", lambda path: []))
    np.testing.assert_allclose(extractor(images()).features, 2.0 * images().reshape(-1, 36))


def test_a_damaged_or_missing_description_of_a_saved_model_is_refused(tmp_path):
    with pytest.raises(ValueError, match="is not a SavedModel: it holds no saved_model.pb"):
        open_extractor(str(tmp_path))
    (tmp_path / "saved_model.pb").write_bytes(b"\xff" * 9)
    with pytest.raises(ValueError, match="is not a SavedModel: its saved_model.pb is damaged"):
        open_extractor(str(tmp_path))


@pytest.mark.parametrize(
    ("name", "is_known"),
    [("digits", True), ("inception", True), ("points", True), ("keras:VGG16", True)]
    + [("keras:", False), ("keras:../a", False), ("a.keras", False), ("", False), (None, False)],
)
def test_the_networks_of_others_are_not_known(name, is_known):
    assert extractors.is_known(name) is is_known


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


def test_an_application_gives_what_its_last_layer_takes_and_makes(tmp_path):
    keras.utils.set_random_seed(0)
    build = keras.applications.MobileNetV2
    network = build(weights=None, classifier_activation=None)
    network.save_weights(tmp_path / "random.weights.h5")
    extractor = open_extractor(
        "keras:mobilenetv2", weights=str(tmp_path / "random.weights.h5"), resize="legacy_tf"
    )
    assert (extractor.name, extractor.size) == ("keras-mobilenetv2", (224, 224))
    assert (extractor.dimensions, extractor.classes) == (1280, 1000)
    data = np.random.default_rng(0).integers(0, 256, (2, 224, 224, 3), np.uint8)
    features, logits = extractor._network(tf.constant(data, tf.float32))
    expected = network(data / 127.5 - 1.0)
    np.testing.assert_allclose(logits, expected, rtol=1e-3, atol=1e-6)
    kernel, bias = network.layers[-1].get_weights()
    np.testing.assert_allclose(features @ kernel + bias, expected, rtol=1e-3, atol=1e-6)


def test_weights_of_another_application_are_refused(tmp_path):
    (tmp_path / "x.weights.h5").write_bytes(b"x")
    with pytest.raises(ValueError, match="does not hold weights of MobileNetV2"):
        open_extractor("keras:MobileNetV2", weights=str(tmp_path / "x.weights.h5"))


def test_a_failed_download_is_one_sentence(monkeypatch):
    def fail(*_, **__):
        raise Exception("URL fetch failure on https://example.org: 404")

    monkeypatch.setattr(applications, "_find", lambda name: fail)
    fail.__name__ = "VGG16"
    with pytest.raises(ValueError, match="could not download the weights of VGG16.*--extractor_w"):
        open_extractor("keras:VGG16")


def test_all_usual_applications_are_known():
    names = applications.names()
    assert {"VGG16", "ResNet50", "InceptionV3", "EfficientNetB0"} <= set(names)


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        ({"name": "digit"}, "extractor must be .*; received 'digit'. Did you mean 'digits'"),
        ({"name": "keras:vgg"}, "keras:NAME must be .*; received 'vgg'. Did you mean 'vgg1"),
        ({"name": "keras"}, "extractor must be .*; received 'keras'"),
        ({"name": "missing.keras"}, "there is no such file"),
        ({"name": "digits", "weights": "x.h5"}, "brings its own weights; leave out x.h5"),
        ({"name": "points", "resize": "clean"}, "has nothing to resize"),
    ],
)
def test_a_name_that_does_not_fit_is_refused(arguments, sentence):
    with pytest.raises(ValueError, match=sentence):
        open_extractor(**arguments)


def test_points_are_their_own_features():
    points = np.zeros((3, 2), np.float32)
    extractor = open_extractor("points")
    assert extractor(points).features is points
    with pytest.raises(ValueError, match=r"takes float32 points \[n, d\]"):
        extractor(images())
