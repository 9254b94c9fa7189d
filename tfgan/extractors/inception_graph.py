"""The Inception network of 2015-12-05, by which FID and the Inception score are defined.

It differs from later Inception-v3 networks: 1,008 outputs, average pools without the padded border,
a maximum pool in the last block, batch normalization with a scale and epsilon 0.001, its weights.
Names are those of pytorch-fid's file; second names are those of the TensorFlow graph.
"""

import dataclasses

import keras

SIZE = (299, 299)
DIMENSIONS = 2048
CLASSES = 1008


@dataclasses.dataclass(frozen=True)
class Unit:
    """A convolution without bias (a stride above 1: no padding), batch normalization, ReLU."""

    name: str
    filters: int
    kernel: int | tuple
    stride: int = 1


@dataclasses.dataclass(frozen=True)
class Branch:
    """A sequence of units, parallel to others of its block.

    Attributes:
      tower: str, its name in the TensorFlow graph; "" for a branch of one unit at the block's top.
      units: tuple of Unit.
      pool: before the units, "average" or "max" of 3 x 3 pixels; "reduce", stride 2, alone; or "".
      split: tuple of two Units that both follow the last of `units`; their outputs are joined.
    """

    tower: str
    units: tuple
    pool: str = ""
    split: tuple = ()


STEM = {
    "conv": (Unit("Conv2d_1a_3x3", 32, 3, 2), "valid"),
    "conv_1": (Unit("Conv2d_2a_3x3", 32, 3), "valid"),
    "conv_2": (Unit("Conv2d_2b_3x3", 64, 3), "same"),
    "pool": None,
    "conv_3": (Unit("Conv2d_3b_1x1", 80, 1), "valid"),
    "conv_4": (Unit("Conv2d_4a_3x3", 192, 3), "valid"),
    "pool_1": None,
}


def _chain(name, *layers):
    """Units name_1, name_2, ... of (filters, kernel[, stride])."""
    return tuple(Unit(f"{name}_{place}", *layer) for place, layer in enumerate(layers, 1))


def _block_a(pooled):
    return (
        Branch("", (Unit("branch1x1", 64, 1),)),
        Branch("tower", _chain("branch5x5", (48, 1), (64, 5))),
        Branch("tower_1", _chain("branch3x3dbl", (64, 1), (96, 3), (96, 3))),
        Branch("tower_2", (Unit("branch_pool", pooled, 1),), "average"),
    )


def _block_b():
    return (
        Branch("", (Unit("branch3x3", 384, 3, 2),)),
        Branch("tower", _chain("branch3x3dbl", (64, 1), (96, 3), (96, 3, 2))),
        Branch("", (), "reduce"),
    )


def _block_c(c):
    row, column = (1, 7), (7, 1)
    double = (c, 1), (c, column), (c, row), (c, column), (192, row)
    return (
        Branch("", (Unit("branch1x1", 192, 1),)),
        Branch("tower", _chain("branch7x7", (c, 1), (c, row), (192, column))),
        Branch("tower_1", _chain("branch7x7dbl", *double)),
        Branch("tower_2", (Unit("branch_pool", 192, 1),), "average"),
    )


def _block_d():
    long = (192, 1), (192, (1, 7)), (192, (7, 1)), (192, 3, 2)
    return (
        Branch("tower", _chain("branch3x3", (192, 1), (320, 3, 2))),
        Branch("tower_1", _chain("branch7x7x3", *long)),
        Branch("", (), "reduce"),
    )


def _block_e(pool):
    def halves(name):
        return Unit(f"{name}a", 384, (1, 3)), Unit(f"{name}b", 384, (3, 1))

    return (
        Branch("", (Unit("branch1x1", 320, 1),)),
        Branch("tower", _chain("branch3x3", (384, 1)), split=halves("branch3x3_2")),
        Branch(
            "tower_1", _chain("branch3x3dbl", (448, 1), (384, 3)), split=halves("branch3x3dbl_3")
        ),
        Branch("tower_2", (Unit("branch_pool", 192, 1),), pool),
    )


BLOCKS = {
    "Mixed_5b": ("mixed", _block_a(32)),
    "Mixed_5c": ("mixed_1", _block_a(64)),
    "Mixed_5d": ("mixed_2", _block_a(64)),
    "Mixed_6a": ("mixed_3", _block_b()),
    "Mixed_6b": ("mixed_4", _block_c(128)),
    "Mixed_6c": ("mixed_5", _block_c(160)),
    "Mixed_6d": ("mixed_6", _block_c(160)),
    "Mixed_6e": ("mixed_7", _block_c(192)),
    "Mixed_7a": ("mixed_8", _block_d()),
    "Mixed_7b": ("mixed_9", _block_e("average")),
    "Mixed_7c": ("mixed_10", _block_e("max")),
}


def network():
    """The network: images `[n, 299, 299, 3]` in 0..255 -> [features `[n, 2048]`, logits].

    The logits `[n, 1008]` are without the bias, as in the Inception score.
    """
    images = keras.Input((*SIZE, 3), name="images")
    hidden = keras.layers.Rescaling(1.0 / 128.0, offset=-1.0)(images)
    for layer in STEM.values():
        hidden = _pool("reduce")(hidden) if layer is None else _unit(hidden, "", *layer)
    for name, (_, branches) in BLOCKS.items():
        parts = [_branch(hidden, f"{name}.", branch) for branch in branches]
        hidden = keras.layers.Concatenate(name=name)(parts)
    features = keras.layers.GlobalAveragePooling2D(name="pool_3")(hidden)
    logits = keras.layers.Dense(CLASSES, use_bias=False, name="fc")(features)
    return keras.Model(images, [features, logits], name="inception_2015")


def graph_names():
    """The names of units in the TensorFlow graph, by their names here: dict of str."""
    names = {layer[0].name: graph for graph, layer in STEM.items() if layer}
    for block, (graph, branches) in BLOCKS.items():
        for branch in branches:
            prefix = f"{graph}/{branch.tower}".rstrip("/")
            for place, unit in enumerate(branch.units):
                names[f"{block}.{unit.name}"] = f"{prefix}/{_numbered(place)}"
            for place, unit in enumerate(branch.split):
                names[f"{block}.{unit.name}"] = f"{prefix}/mixed/{_numbered(place)}"
    return names


def _numbered(place):
    return f"conv_{place}" if place else "conv"


def _branch(hidden, prefix, branch):
    if branch.pool:
        hidden = _pool(branch.pool)(hidden)
    for unit in branch.units:
        hidden = _unit(hidden, prefix, unit, "valid" if unit.stride > 1 else "same")
    if not branch.split:
        return hidden
    return keras.layers.Concatenate()([_unit(hidden, prefix, u, "same") for u in branch.split])


def _unit(hidden, prefix, unit, padding):
    name = prefix + unit.name
    settings = {"strides": unit.stride, "padding": padding, "use_bias": False}
    hidden = keras.layers.Conv2D(unit.filters, unit.kernel, name=f"{name}.conv", **settings)(hidden)
    hidden = keras.layers.BatchNormalization(epsilon=1e-3, name=f"{name}.bn")(hidden)
    return keras.layers.ReLU()(hidden)


def _pool(kind):
    if kind == "average":  # "same" excludes the padding from the mean
        return keras.layers.AveragePooling2D(3, strides=1, padding="same")
    if kind == "max":
        return keras.layers.MaxPooling2D(3, strides=1, padding="same")
    return keras.layers.MaxPooling2D(3, strides=2, padding="valid")
