"""SavedModels that do more than compute are refused before they are loaded."""

import numpy as np
import pytest
import tensorflow as tf

from tfgan.extractors import open_extractor


def images(count=5, size=6):
    return np.random.default_rng(0).integers(0, 256, (count, size, size, 1), np.uint8)


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
