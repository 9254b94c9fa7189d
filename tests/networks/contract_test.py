"""What every builder promises, over all architectures and their variants, at tiny sizes."""

import functools

import keras
import numpy as np
import pytest
import tensorflow as tf

from tfgan import layers, penalties, rng
from tfgan.networks import biggan, biggan_deep, dcgan, gat, mlp, r3gan, resnet, sagan, vgg

POINTS, GRAY, COLOR = (2,), (28, 28, 1), (8, 4, 3)
SEED = rng.stream(0, 0, "test")

SIZES = {"width": 4, "max_width": 8, "group_width": 4, "depth": 1}


def r3gan_after_a_step(**arguments):
    """R3GAN's discriminator after a step, since its blocks are the identity before."""
    model = r3gan.discriminator(COLOR, **SIZES, **arguments)
    random = np.random.default_rng(0)
    model.set_weights([w + 0.1 * random.standard_normal(w.shape) for w in model.get_weights()])
    return model


GENERATORS = {
    "mlp points": functools.partial(mlp.generator, POINTS, 5, widths=(8,)),
    "mlp images": functools.partial(mlp.generator, COLOR, 5, widths=(8,)),
    "dcgan": functools.partial(dcgan.generator, COLOR, 5, width=4),
    "resnet": functools.partial(resnet.generator, COLOR, 5, width=4),
    "sagan": functools.partial(sagan.generator, COLOR, 5, width=4),
    "biggan": functools.partial(biggan.generator, COLOR, 6, width=2, embedding_dim=4),
    "biggan deep": functools.partial(biggan_deep.generator, COLOR, 6, width=1, embedding_dim=4),
    "gat": functools.partial(gat.generator, COLOR, 5, width=8, depth=1, heads=2),
    "r3gan": functools.partial(r3gan.generator, COLOR, 5, **SIZES),
}
DISCRIMINATORS = {
    "mlp points": functools.partial(mlp.discriminator, POINTS, widths=(8,)),
    "mlp spectral": functools.partial(
        mlp.discriminator, POINTS, widths=(8,), activation="tanh", normalization="spectral"
    ),
    "mlp maxout": functools.partial(
        mlp.discriminator, COLOR, widths=(8,), pieces=3, input_dropout=0.2, hidden_dropout=0.5
    ),
    "mlp packing": functools.partial(mlp.discriminator, POINTS, widths=(8,), packing=2),
    "dcgan": functools.partial(dcgan.discriminator, COLOR, width=4),
    "dcgan layer": functools.partial(dcgan.discriminator, COLOR, width=4, normalization="layer"),
    "dcgan spectral": functools.partial(
        dcgan.discriminator, COLOR, width=4, normalization="spectral"
    ),
    "dcgan none": functools.partial(dcgan.discriminator, COLOR, width=4, normalization=None),
    "resnet": functools.partial(resnet.discriminator, COLOR, width=4),
    "resnet layer": functools.partial(resnet.discriminator, COLOR, width=4, normalization="layer"),
    "resnet none": functools.partial(resnet.discriminator, COLOR, width=4, normalization=None),
    "sagan": functools.partial(sagan.discriminator, COLOR, width=4),
    "biggan": functools.partial(biggan.discriminator, COLOR, width=2),
    "biggan deep": functools.partial(biggan_deep.discriminator, COLOR, width=2),
    "gat": functools.partial(gat.discriminator, COLOR, width=8, depth=1, heads=2),
    "r3gan": r3gan_after_a_step,
    "vgg": functools.partial(vgg.discriminator, COLOR, width=4),
    "vgg batch": functools.partial(
        vgg.discriminator, COLOR, width=4, depth=1, normalization="batch", dense_widths=(16,)
    ),
    "vgg spectral": functools.partial(
        vgg.discriminator, COLOR, width=4, depth=1, normalization="spectral"
    ),
}
BUILDERS = [("g", name) for name in GENERATORS] + [("d", name) for name in DISCRIMINATORS]


@functools.cache  # for tests that leave the weights alone; the others take build.__wrapped__
def build(player, name, classes=3):
    keras.utils.set_random_seed(0)
    model = {"g": GENERATORS, "d": DISCRIMINATORS}[player][name](classes=classes)
    for variable in model.trainable_variables:
        if variable.name in ("gamma", "kernel") and not np.any(variable):
            variable.assign(
                tf.fill(variable.shape, 0.05)
            )  # of a branch without a gradient at first
    return model


def inputs(model, count=4):
    """Inputs for a model: a different number for every example, and the labels 0 1 2 0 ..."""
    tensors = {}
    for tensor in model.inputs:
        if tensor.name == "label":
            tensors["label"] = tf.range(count) % 3
        else:
            shape = (count, *tensor.shape[1:])
            tensors[tensor.name] = tf.random.stateless_uniform(shape, [0, 1], -1.0, 1.0)
    return tensors


@pytest.mark.parametrize(("player", "name"), BUILDERS)
def test_inputs_have_names_and_outputs_are_float32(player, name):
    first = "latent" if player == "g" else "data"
    for classes, names in ((None, [first]), (3, [first, "label"])):
        model = build(player, name, classes)
        assert sorted(x.name for x in model.inputs) == sorted(names)
        out = model(inputs(model), training=False)
        assert out.dtype == tf.float32
        if player == "d":
            assert out.shape == (2 if name == "mlp packing" else 4, 1)
        elif name != "mlp points":
            assert out.shape == (4, *COLOR)
            assert np.abs(out).max() <= 1.0 or name == "r3gan"  # without a last activation
        else:
            assert out.shape == (4, *POINTS)


@pytest.mark.parametrize(("player", "name"), BUILDERS)
def test_another_label_changes_the_output(player, name):
    model = build(player, name)
    given = inputs(model)
    other = given | {"label": (given["label"] + 1) % 3}
    difference = model(given, training=False) - model(other, training=False)
    # By more than rounding, for every example.
    assert np.abs(difference).reshape(len(difference), -1).max(axis=1).min() > 1e-6


@pytest.mark.parametrize(
    ("player", "name"),
    [
        ("g", "mlp images"),
        ("g", "dcgan"),
        ("g", "resnet"),
        ("g", "biggan"),
        ("g", "r3gan"),
        ("d", "mlp maxout"),
        ("d", "mlp packing"),
        ("d", "dcgan layer"),
        ("d", "resnet"),
        ("d", "r3gan"),
        ("d", "vgg batch"),
    ],
)
def test_a_clone_and_a_saved_copy_give_the_same_output(player, name, tmp_path):
    model = build.__wrapped__(player, name)
    model.set_weights([w + 0.01 for w in model.get_weights()])
    given = inputs(model)
    wanted = model(given, training=False)
    clone = keras.models.clone_model(model)
    clone.set_weights(model.get_weights())
    model.save(tmp_path / "model.keras")
    loaded = keras.saving.load_model(tmp_path / "model.keras", safe_mode=True)
    for copy in (clone, loaded):
        np.testing.assert_allclose(copy(given, training=False), wanted, rtol=1e-5, atol=1e-6)


@pytest.mark.parametrize(
    ("player", "name", "policy"),
    [
        ("g", "mlp points", "mixed_bfloat16"),
        ("g", "dcgan", "mixed_bfloat16"),
        ("g", "resnet", "mixed_float16"),
        ("g", "r3gan", "mixed_bfloat16"),
        ("d", "mlp maxout", "mixed_bfloat16"),
        ("d", "mlp packing", "mixed_float16"),
        ("d", "dcgan", "mixed_bfloat16"),
        ("d", "dcgan layer", "mixed_float16"),
        ("d", "resnet", "mixed_bfloat16"),
        ("d", "r3gan", "mixed_bfloat16"),
        ("d", "vgg", "mixed_bfloat16"),
        ("g", "biggan", "mixed_bfloat16"),
        ("d", "biggan", "mixed_float16"),
    ],
)
def test_outputs_and_weights_stay_float32_in_mixed_precision(player, name, policy):
    before = keras.config.dtype_policy()
    keras.config.set_dtype_policy(policy)
    try:
        model = build.__wrapped__(player, name)
    finally:
        keras.config.set_dtype_policy(before)
    with rng.layer_seeds(SEED):
        out = model(inputs(model), training=True)
    assert out.dtype == tf.float32
    assert np.isfinite(out).all()
    assert {w.dtype for w in model.weights} <= {"float32", "int32"}
    assert any(layer.compute_dtype == policy.removeprefix("mixed_") for layer in model.layers)


@pytest.mark.parametrize("name", DISCRIMINATORS)
def test_every_kernel_gets_a_gradient_from_a_gradient_penalty(name):
    model = build("d", name)
    given = inputs(model)

    def critic(data):
        with rng.layer_seeds(SEED):
            return model(given | {"data": data}, training=True)

    with tf.GradientTape() as tape:
        penalty = tf.reduce_sum(penalties.r1(critic, given["data"], given["data"], SEED))
    kernels = [v for v in model.trainable_variables if v.name == "kernel"]
    gradients = tape.gradient(penalty, [v.value for v in kernels])
    assert len(kernels) >= 2
    for gradient in gradients:
        assert gradient is not None
        assert np.isfinite(gradient).all()
        assert np.abs(gradient).max() > 0.0


XLA = [("g", "dcgan"), ("d", "dcgan"), ("d", "mlp maxout")]
XLA += [
    pytest.param(*case, marks=pytest.mark.slow)  # a compilation of seconds each
    for case in [
        ("g", "resnet"),
        ("g", "biggan"),
        ("d", "sagan"),
        ("d", "resnet"),
        ("d", "r3gan"),
        ("d", "dcgan spectral"),
        ("d", "vgg batch"),
    ]
]


@pytest.mark.parametrize(("player", "name"), XLA)
def test_xla_gives_the_same_output_and_gradient(player, name):
    model = build.__wrapped__(player, name)
    given = inputs(model)

    def run():
        layers.power_iteration(model)
        with rng.layer_seeds(SEED), tf.GradientTape() as tape:
            out = model(given, training=True)
            loss = tf.reduce_mean(tf.square(out - 1.0))
        gradient = tape.gradient(loss, model.trainable_variables)
        return out, [tf.convert_to_tensor(g) for g in gradient]

    start = model.get_weights()
    plain, plain_gradient = tf.function(run)()
    model.set_weights(start)
    out, gradient = tf.function(run, jit_compile=True)()
    np.testing.assert_allclose(out, plain, rtol=1e-4, atol=1e-5)
    for here, there in zip(gradient, plain_gradient, strict=True):
        np.testing.assert_allclose(here, there, rtol=1e-2, atol=1e-4)


@pytest.mark.parametrize("shape", [(28, 28, 1), (32, 32, 3), (64, 48, 3), (8, 8, 1)], ids=str)
@pytest.mark.parametrize(
    "module", [dcgan, resnet, sagan, biggan, vgg], ids=lambda m: m.__name__.split(".")[-1]
)
def test_images_of_any_size_that_halves_twice(module, shape):
    assert module.discriminator(shape, width=2).inputs[0].shape == (None, *shape)
    if module is not vgg:
        latent_dim = 60  # slots of equal sizes for `biggan`
        assert module.generator(shape, latent_dim, width=2).output_shape == (None, *shape)


@pytest.mark.parametrize("module", [dcgan, resnet, vgg], ids=lambda m: m.__name__.split(".")[-1])
def test_shapes_that_cannot_be_made_are_refused(module):
    name = module.__name__.split(".")[-1]
    with pytest.raises(ValueError) as error:
        module.discriminator((30, 27, 1))
    assert str(error.value) == (
        f"{name} needs a height and width that are multiples of 4; received shape (30, 27, 1), to "
        "which --image_size=32x28 is nearest."
    )
    for shape in ((2,), (28, 28), (28, 28, 0), (28.0, 28.0, 1.0), ()):
        with pytest.raises(ValueError, match=f"{name} .* received"):
            module.discriminator(shape)


@pytest.mark.parametrize("module", [dcgan, resnet, vgg, mlp], ids=lambda m: m.__name__)
def test_unknown_normalizations_and_a_single_class_are_refused(module):
    with pytest.raises(ValueError, match="normalization must be one of .* received 'group'"):
        module.discriminator(GRAY, normalization="group")
    with pytest.raises(ValueError, match="classes must be 2 or more, or None; received 1"):
        module.discriminator(GRAY, classes=1)


@pytest.mark.parametrize("name", ["mlp points", "mlp maxout", "dcgan", "dcgan layer", "resnet"])
def test_a_constraint_holds_for_every_trainable_weight(name):
    builder = DISCRIMINATORS[name]
    model = builder(classes=3, kernel_constraint=penalties.ClipWeights(0.01))
    assert all(v.constraint is not None for v in model.trainable_variables)
    keras.optimizers.SGD(0.0).apply_gradients(
        [(tf.zeros(v.shape), v) for v in model.trainable_variables]
    )
    assert max(np.abs(v).max() for v in model.trainable_variables) <= 0.01 + 1e-9
