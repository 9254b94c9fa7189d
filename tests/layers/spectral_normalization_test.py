"""Spectral normalization against NumPy's singular values and the paper's gradient."""

import keras
import numpy as np
import pytest
import tensorflow as tf

from tfgan import layers


def conv():
    return layers.spectrally_normalized(layers.Conv2D)(4, 3, strides=2, padding="same")


def built(layer, *shape):
    layer.build((None, *shape))
    return layer


def norm(kernel):
    kernel = np.asarray(kernel)
    return np.linalg.svd(kernel.reshape(-1, kernel.shape[-1]), compute_uv=False)[0]


def network():
    data = keras.Input((8, 8, 2), name="data")
    x = keras.layers.LeakyReLU(0.2)(conv()(data))
    inner_input = keras.Input((4, 4, 4))
    inner = keras.Model(
        inner_input, layers.spectrally_normalized(layers.Conv2D)(3, 3)(inner_input), name="inner"
    )
    x = keras.layers.Flatten()(inner(x))
    return keras.Model({"data": data}, layers.spectrally_normalized(keras.layers.Dense)(1)(x))


def spectral_layers(model):
    return [model.layers[1], model.get_layer("inner").layers[1], model.layers[-1]]


def images(count=8, seed=0):
    return tf.constant(np.random.RandomState(seed).randn(count, 8, 8, 2), tf.float32)


def vectors(model):
    return [np.array(w) for layer in spectral_layers(model) for w in layer.non_trainable_weights]


KINDS = {
    "Dense": ((5,), (7,)),
    "Embedding": ((6, 4), ()),
    "Conv1D": ((4, 3), (8, 3)),
    "Conv2D": ((4, 3, 2), (8, 8, 3)),
    "Conv2DTranspose": ((4, 4, 2), (4, 4, 3)),
    "Conv3D": ((4, 3), (4, 8, 8, 3)),
    "Conv3DTranspose": ((4, 4, 2), (4, 4, 4, 3)),
}


@pytest.mark.parametrize("kind", KINDS)
def test_a_new_layer_starts_near_norm_one(kind):
    arguments, shape = KINDS[kind]
    layer_class = layers.spectrally_normalized(getattr(keras.layers, kind))
    layer = built(layer_class(*arguments), *shape)
    assert norm(layer.normalized_kernel()) == pytest.approx(1.0, abs=0.1)
    layer.iterate(500)
    assert norm(layer.normalized_kernel()) == pytest.approx(1.0, abs=1e-3)


@pytest.mark.parametrize("kind", KINDS)
def test_a_layer_computes_as_keras_layer_with_the_normalized_kernel(kind):
    arguments, shape = KINDS[kind]
    inputs = np.random.default_rng(0).uniform(0.0, 5.0, (3, *shape)).astype(np.float32)
    layer = layers.spectrally_normalized(getattr(keras.layers, kind))(*arguments)
    plain = getattr(keras.layers, kind)(*arguments)
    layer.build(inputs.shape)
    plain.build(inputs.shape)
    layer.iterate(3)
    bias = layer.get_weights()[1:-2]
    plain.set_weights([np.asarray(layer.normalized_kernel()), *bias])
    np.testing.assert_allclose(layer(inputs), plain(inputs), atol=1e-5)
    names = [weight.name for weight in plain.weights]
    assert [weight.name for weight in layer.weights] == [*names, "u", "v"]


def test_one_class_per_layer_class_with_the_name_that_saved_models_have():
    spectral = layers.spectrally_normalized(keras.layers.Conv2D)
    assert spectral is layers.spectrally_normalized(keras.layers.Conv2D)
    assert issubclass(spectral, layers.Conv2D)
    for name in ("SpectralDense", "SpectralConv2D", "SpectralEmbedding"):
        assert keras.saving.get_registered_object(f"tfgan>{name}").__name__ == name


class Scaled(keras.layers.Layer):
    """A layer of a user, whose call uses the kernel in a method of its own."""

    def build(self, input_shape):
        self.kernel = self.add_weight(shape=(input_shape[-1], 3), initializer="normal")

    def call(self, inputs):
        return 2.0 * self.product(inputs)

    def product(self, inputs):
        return keras.ops.matmul(inputs, self.kernel)


def test_layers_of_own_classes_are_normalized_too():
    layer = built(layers.spectrally_normalized(Scaled)(), 4)
    layer.iterate(100)
    outputs = layer(np.eye(4, dtype=np.float32))
    np.testing.assert_allclose(outputs, 2.0 * np.asarray(layer.normalized_kernel()), rtol=1e-6)
    assert norm(outputs) == pytest.approx(2.0, abs=1e-3)


def test_a_layer_without_a_kernel_is_refused():
    layer = layers.spectrally_normalized(keras.layers.ReLU)()
    with pytest.raises(ValueError, match="takes layers with a kernel; received ReLU"):
        layer(np.ones((2, 3)))


def test_normalized_kernel_is_the_kernel_over_its_largest_singular_value():
    layer = built(layers.spectrally_normalized(keras.layers.Dense)(2), 2)
    layer.set_weights([np.diag([3.0, 5.0]), np.zeros(2), *layer.get_weights()[2:]])
    layers.power_iteration(layer, 50)
    np.testing.assert_allclose(layer.normalized_kernel(), np.diag([0.6, 1.0]), atol=1e-5)


def test_layers_apply_the_normalized_kernel_bias_and_activation():
    x = np.random.RandomState(1).randn(3, 4).astype("float32")
    layer = built(
        layers.spectrally_normalized(keras.layers.Dense)(
            5, activation="relu", bias_initializer="ones"
        ),
        4,
    )
    wanted = np.maximum(x @ np.asarray(layer.normalized_kernel()) + 1.0, 0.0)
    np.testing.assert_allclose(layer(x), wanted, atol=1e-5)

    image, layer = images(2), built(conv(), 8, 8, 2)
    wanted = tf.nn.conv2d(image, layer.normalized_kernel(), 2, "SAME")
    np.testing.assert_allclose(layer(image), wanted, atol=1e-5)

    table = built(layers.spectrally_normalized(keras.layers.Embedding)(6, 4))
    np.testing.assert_allclose(
        table(np.array([5, 0])), np.asarray(table.normalized_kernel())[[5, 0]]
    )


def test_gradient_is_that_of_the_paper():
    """Miyato et al., Eq. 12: (g - <g, W / sigma> v u^T) / sigma, orthogonal to W."""
    rng = np.random.RandomState(2)
    x, weight = rng.randn(6, 4).astype("float32"), rng.randn(6, 5).astype("float32")
    layer = built(layers.spectrally_normalized(keras.layers.Dense)(5, use_bias=False), 4)
    layer.iterate(200)
    with tf.GradientTape() as tape:
        loss = tf.reduce_sum(layer(x) * weight)
    gradient = tape.gradient(loss, layer.kernel.value).numpy()
    w = np.asarray(layer.kernel)
    u, s, vt = np.linalg.svd(w)
    g = x.T @ weight
    wanted = (g - np.sum(g * w / s[0]) * np.outer(u[:, 0], vt[0])) / s[0]
    np.testing.assert_allclose(gradient, wanted, rtol=1e-3, atol=1e-3)
    assert abs(np.sum(w * gradient)) < 1e-3 * np.linalg.norm(w) * np.linalg.norm(gradient)


def give_new_kernels(model):
    for layer in spectral_layers(model):
        layer.kernel.assign(keras.random.normal(layer.kernel.shape, seed=3))


def test_calls_move_nothing():
    model, x = network(), images()
    give_new_kernels(model)  # which the vectors do not fit, so that an iteration would move them
    before = model.get_weights()
    first, second = model({"data": x}, training=True), model({"data": x}, training=True)
    np.testing.assert_array_equal(first, second)
    for old, new in zip(before, model.get_weights(), strict=True):
        np.testing.assert_array_equal(old, new)


def test_power_iteration_reaches_nested_models_and_leaves_kernels_alone():
    model = network()
    give_new_kernels(model)
    kernels = [np.array(w) for w in model.trainable_weights]
    before = vectors(model)
    layers.power_iteration(model)
    for old, new in zip(before, vectors(model), strict=True):
        # A matrix of one column has one right singular vector, [1].
        assert len(old) == 1 or np.abs(old - new).max() > 1e-4
        assert np.linalg.norm(new) == pytest.approx(1.0, abs=1e-5)
    for old, new in zip(kernels, model.trainable_weights, strict=True):
        np.testing.assert_array_equal(old, new)


def test_power_iteration_refuses_zero_iterations():
    with pytest.raises(ValueError, match="iterations must be 1 or more; received 0"):
        layers.power_iteration(network(), 0)


def test_norm_stays_one_while_a_network_learns():
    model, optimizer = network(), keras.optimizers.Adam(1e-3)
    x = images(16)
    y = tf.reduce_mean(x[:, :4], axis=(1, 2, 3))[:, None]

    @tf.function
    def step():
        layers.power_iteration(model)
        with tf.GradientTape() as tape:
            loss = tf.reduce_mean((model({"data": x}) - y) ** 2)
        variables = model.trainable_variables
        optimizer.apply_gradients(zip(tape.gradient(loss, variables), variables, strict=True))

    start = [np.array(layer.kernel) for layer in spectral_layers(model)]
    for _ in range(200):
        step()
    for layer, old in zip(spectral_layers(model), start, strict=True):
        assert np.abs(np.asarray(layer.kernel) - old).max() > 1e-2
        layers.power_iteration(layer)
        assert norm(layer.normalized_kernel()) == pytest.approx(1.0, abs=1e-3)


def test_replicas_keep_the_same_vectors(two_replicas):
    with two_replicas.scope():
        model, optimizer = network(), keras.optimizers.SGD(0.1)
        optimizer.build(model.trainable_variables)
    single = keras.models.clone_model(model)
    single.set_weights(model.get_weights())
    single_optimizer = keras.optimizers.SGD(0.1)
    x = images()

    def step(model, optimizer, x, replicas):
        layers.power_iteration(model)
        with tf.GradientTape() as tape:
            loss = tf.reduce_mean(tf.square(model({"data": x}) - 1.0)) / replicas
        variables = model.trainable_variables
        optimizer.apply_gradients(zip(tape.gradient(loss, variables), variables, strict=True))

    halves = two_replicas.experimental_distribute_values_from_function(
        lambda context: tf.split(x, 2)[context.replica_id_in_sync_group]
    )
    distributed = tf.function(lambda x: two_replicas.run(step, (model, optimizer, x, 2)))
    for _ in range(3):
        distributed(halves)
        step(single, single_optimizer, x, 1)
    for here, there in zip(model.weights, single.weights, strict=True):
        for copy in here.value.values:
            np.testing.assert_allclose(copy, there, atol=1e-5)


def test_vectors_are_saved(tmp_path):
    model, x = network(), images()
    for layer in spectral_layers(model):
        layer.u.assign(tf.ones_like(layer.u) * 0.3)
    model.save(tmp_path / "model.keras")
    loaded = keras.saving.load_model(tmp_path / "model.keras", safe_mode=True)
    np.testing.assert_allclose(loaded({"data": x}), model({"data": x}), atol=1e-5)


def test_sigma_is_float32_under_bfloat16():
    layer = built(layers.spectrally_normalized(keras.layers.Dense)(64, dtype="mixed_bfloat16"), 64)
    x = tf.random.stateless_normal((4, 64), [0, 1])
    with tf.GradientTape() as tape:
        out = layer(x)
        loss = tf.reduce_sum(tf.square(tf.cast(out, tf.float32)))
    gradient, kernel = tape.gradient(loss, layer.kernel.value).numpy(), np.asarray(layer.kernel)
    assert out.dtype == tf.bfloat16
    assert {w.dtype for w in layer.weights} == {"float32"}
    # With a kernel or sigma rounded to 8 bits the gradient would leave its plane by some 1e-3.
    cosine = np.sum(gradient * kernel) / np.linalg.norm(gradient) / np.linalg.norm(kernel)
    assert abs(cosine) < 1e-5


def test_a_kernel_of_zeros_gives_zeros_and_leaves_them_once_it_has_moved():
    layer = layers.spectrally_normalized(keras.layers.Dense)(
        3, kernel_initializer="zeros", use_bias=False
    )
    network = keras.Sequential([keras.Input((4,)), layer])
    assert np.array(network(np.ones((2, 4), np.float32))).tolist() == [[0.0] * 3] * 2
    layer.kernel.assign(2.0 * np.eye(4, 3, dtype=np.float32))
    layers.power_iteration(network, iterations=3)
    np.testing.assert_allclose(network(np.ones((1, 4), np.float32)), np.ones((1, 3)), rtol=1e-5)
