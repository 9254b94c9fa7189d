import keras
import numpy as np
import pytest
import tensorflow as tf

from tfgan.extractors import digest, inception, inception_graph, open_extractor


@pytest.fixture(scope="module")
def network():
    keras.utils.set_random_seed(0)
    return inception_graph.network()


def test_it_has_the_weights_of_the_published_network(network):
    # 23,885,392 as counted in the published PyTorch file, with the bias of 1,008.
    assert sum(np.prod(w.shape) for w in network.weights) == 23_885_392 - 1008
    assert [tuple(output.shape[1:]) for output in network.outputs] == [(2048,), (1008,)]


@pytest.mark.parametrize(
    ("layer", "shape"),
    [
        ("Conv2d_1a_3x3.conv", (149, 149, 32)),
        ("Conv2d_2b_3x3.conv", (147, 147, 64)),
        ("Conv2d_4a_3x3.conv", (71, 71, 192)),
        ("Mixed_5b", (35, 35, 256)),
        ("Mixed_5d", (35, 35, 288)),
        ("Mixed_6a", (17, 17, 768)),
        ("Mixed_6e", (17, 17, 768)),
        ("Mixed_7a", (8, 8, 1280)),
        ("Mixed_7c", (8, 8, 2048)),
    ],
)
def test_the_blocks_have_the_papers_shapes(network, layer, shape):
    assert tuple(network.get_layer(layer).output.shape[1:]) == shape


def test_average_pools_leave_the_border_out_of_the_mean():
    ones = tf.ones([1, 5, 5, 1])
    np.testing.assert_array_equal(inception_graph._pool("average")(ones), ones)


def test_only_the_last_block_pools_the_maximum(network):
    kinds = [
        type(layer).__name__ for layer in network.layers if "Pooling2D" in type(layer).__name__
    ]
    # Two in the stem and one in each reducing block besides the last block's.
    assert kinds.count("MaxPooling2D") == 5 and kinds.count("AveragePooling2D") == 8
    last = [layer for layer in network.layers if isinstance(layer, keras.layers.MaxPooling2D)][-1]
    assert last.strides == (1, 1)


def test_normalization_scales_and_has_the_old_epsilon(network):
    layers = [layer for layer in network.layers if layer.name.endswith(".bn")]
    assert len(layers) == 94
    assert all(layer.epsilon == 1e-3 and layer.scale for layer in layers)


def test_black_and_white_are_minus_one_and_almost_one(network):
    scaled = network.layers[1](tf.constant([0.0, 128.0, 255.0]))
    np.testing.assert_allclose(scaled, [-1.0, 0.0, 127.0 / 128.0])


def test_every_unit_has_a_name_in_the_published_graph():
    names = inception_graph.graph_names()
    assert len(names) == len(set(names.values())) == 94
    assert names["Conv2d_4a_3x3"] == "conv_4"
    assert names["Mixed_5b.branch5x5_2"] == "mixed/tower/conv_1"
    assert names["Mixed_6a.branch3x3"] == "mixed_3/conv"
    assert names["Mixed_6d.branch7x7dbl_5"] == "mixed_6/tower_1/conv_4"
    assert names["Mixed_7c.branch3x3dbl_3b"] == "mixed_10/tower_1/mixed/conv_1"


def frozen(network, leave_out=None):
    """The network's weights as the constants of a frozen graph."""
    graph = tf.compat.v1.GraphDef()
    names = inception_graph.graph_names()
    for layer in network.layers:
        unit, _, part = layer.name.rpartition(".")
        for variable in layer.weights:
            if layer.name == "fc":
                name = "softmax/weights"
            elif part == "conv":
                name = f"{names[unit]}/conv2d_params"
            else:
                name = f"{names[unit]}/batchnorm/{variable.name}"
            if name != leave_out:
                node = graph.node.add(op="Const", name=name)
                node.attr["value"].tensor.CopyFrom(tf.make_tensor_proto(variable.numpy()))
    return graph.SerializeToString()


def test_a_frozen_graph_gives_every_weight(network, tmp_path, caplog):
    path = tmp_path / "classify_image_graph_def.pb"
    path.write_bytes(frozen(network))
    other = inception_graph.network()
    inception._assign(other, str(path), inception._of_graph(str(path)))
    assert digest.of_weights(other) == digest.of_weights(network)


def test_a_graph_that_lacks_a_weight_is_refused(network, tmp_path):
    path = tmp_path / "other.pb"
    path.write_bytes(frozen(network, leave_out="mixed_10/tower_2/conv/batchnorm/gamma"))
    with pytest.raises(ValueError, match="it has no Mixed_7c.branch_pool.bn.gamma"):
        open_extractor("inception", weights=str(path))


def test_an_unknown_file_is_named_by_its_digest_and_never_called_fid(network, tmp_path, caplog):
    path = tmp_path / "own.weights.h5"
    network.save_weights(path)
    extractor = open_extractor("inception", weights=str(path))
    assert extractor.version == "unverified" and extractor.resize == "legacy_tf"
    assert extractor.sha256 == digest.of_file(str(path))
    assert "its numbers are fd_inception, not FID" in caplog.text


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        (None, None, "needs --extractor_weights: pt_inception"),
        ("missing.pth", None, "there is no such file"),
        ("weights.txt", b"x", "is not one of the files"),
        ("weights.pb", b"x", "is not a frozen TensorFlow graph"),
        ("weights.pth", b"x", "is not a PyTorch file of tensors"),
        ("weights.h5", b"x", "does not hold weights of the network"),
    ],
)
def test_a_wrong_file_is_refused_in_one_sentence(tmp_path, name, content, sentence):
    path = str(tmp_path / name) if name else None
    if content:
        (tmp_path / name).write_bytes(content)
    with pytest.raises(ValueError, match=sentence):
        open_extractor("inception", weights=path)
