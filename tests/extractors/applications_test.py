"""`keras:NAME`: classifiers of `keras.applications` as extractors."""

import keras
import numpy as np
import pytest
import tensorflow as tf

from tfgan.extractors import applications, open_extractor


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
    features, logits = extractor.network(tf.constant(data, tf.float32))
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
