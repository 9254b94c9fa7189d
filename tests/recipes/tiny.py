"""A small model of each recipe, data for it, and its state."""

import keras
import numpy as np
import pytest
import tensorflow as tf

from tfgan import modalities, recipes
from tfgan.data import DataSpec
from tfgan.models import memory_check

BATCH = 8
# A critic clipped at 0.01 passes on gradients too small to move a float32 of 1 in a step.
TINY = {
    "width": 4, "depth": 2, "latent_dim": 4, "clip": 0.1,
    "hidden_units": 4, "chains": 4, "sampling_steps": 3, "annealing_steps": 3, "bound_samples": 3,
    "discriminator_layers": 1, "discriminator_width": 4, "head_width": 4, "blocks": 1,
    "pool_size": 12, "places": 6, "dense_width": 4, "clusters": 3, "max_width": 8, "group_width": 4,
}  # fmt: skip
NAMES = recipes.names()
# Recipes whose model and networks are those of others: they are tested in the second stage.
REPRESENTED = {
    "aae": "aae_categories",
    "biggan": "sngan; its attention, norms and term have their own tests, of replicas too",
    "bigan": "dcgan; its pairs have their own tests of models, its networks of theirs",
    "acgan": "cgan; its terms have their own tests of replicas",
    "cut": "cyclegan",
    "gat": "rpgan; its networks, presets and terms have their own tests",
    "infogan": "dcgan and aae_categories",
    "lsgan": "dcgan",
    "projection": "sngan; its conditional norms have their own tests of replicas",
    "sagan": "sngan; its attention and its norms have their own tests",
    "r3gan": "rpgan; its networks, schedules and shares have their own tests of replicas and files",
    "semi_supervised": "dcgan; its networks and terms have their own tests of replicas",
    "ssgan": "sngan and dcgan",
    "stylegan2": "dcgan; its layers and its terms have their own tests of replicas and of XLA",
    "pixelgan": "aae_categories and pixelvae",
    "wgan": "wgan_gp",
}


SECOND_STAGE = pytest.mark.second_stage("recipes")


def covering(*others, represented=SECOND_STAGE):
    """All recipes as parameters; `others` belong to the second stage, as do those represented."""
    marks = dict.fromkeys(others, SECOND_STAGE) | dict.fromkeys(REPRESENTED, represented)
    return [pytest.param(name, marks=marks.get(name, ())) for name in NAMES]


SPECS = {
    "toy:grid": DataSpec((2,), "points"),
    "toy:sentences": DataSpec((6, 4), modalities.Texts("\nabc")),
    "toy:bouncing": DataSpec((4, 8, 8, 1), "videos", 3, ("a", "b", "c")),
    "toy:textures": DataSpec(
        (8, 8, 1),
        "images",
        conditions={"source": DataSpec((8, 8, 3), modalities.Masks(("a", "b", "c")))},
    ),
    "toy:stripes": DataSpec(
        (8, 8, 3), "images", conditions={"source": DataSpec((8, 8, 3))}, is_paired=False
    ),
    "mnist5k": DataSpec((8, 8, 1), "images", 3, ("a", "b", "c")),
}


def spec_of(name):
    return SPECS[recipes.find(name).recipe().data]


def tiny(name, seed=0, **more):
    """A small model of a recipe, built as a run builds it."""
    known = recipes.parameters(name)
    sizes = {key: value for key, value in TINY.items() if key in known}
    if "discriminator_steps" in known and known["discriminator_steps"].default > 2:
        sizes["discriminator_steps"] = 2  # equal to any other number of them, in less time
    keras.utils.set_random_seed(seed)
    recipe = recipes.make(name, {"batch_size": BATCH, **sizes, **more})
    with memory_check.within_memory():
        return recipe.build(spec_of(name), seed)


def eager(model):
    """The model, whose few steps are taken operation by operation: a graph takes longer to make.

    The graph of each recipe's step is compared with them below, and compiled.
    """
    model.jit_compile, model.run_eagerly = False, True
    return model


def batch(name, model, seed=0):
    """One batch of random data in the form of the recipe's source."""
    random = np.random.default_rng(seed)
    spec, count = spec_of(name), BATCH * model.discriminator_steps
    rows = {"data": _raw(spec, count, random)}
    if spec.classes:
        rows["label"] = random.integers(0, spec.classes, count, np.int32)
    return rows | conditions(name, count, random)


def conditions(name, count, random=None):
    """Raw conditions for the samples of a recipe's model, beside labels: dict by name."""
    random = random or np.random.default_rng(5)
    return {key: _raw(spec, count, random) for key, spec in spec_of(name).conditions.items()}


def _raw(spec, count, random):
    shape, kind = (count, *spec.raw_shape), spec.modality
    if spec.dtype == "float32":
        return random.normal(size=shape).astype(np.float32)
    classes = {"texts": lambda: len(kind.symbols), "masks": lambda: kind.classes}
    return random.integers(0, classes.get(kind.kind, lambda: 256)(), shape, spec.dtype)


def fit(model, data, steps):
    batches = tf.data.Dataset.from_tensors(data).repeat()
    history = model.fit(batches, steps_per_epoch=steps, shuffle=False, verbose=0)
    return {name: values[-1] for name, values in history.history.items()}


def values(variables):
    return [np.array(tf.convert_to_tensor(variable)) for variable in variables]


def variables(model):
    optimizers = [player.optimizer for player in model.players.values()]
    of_optimizers = [v for each in optimizers for v in each.variables]
    return [*model.variables, *of_optimizers, *model.state_variables]


def state(model):
    return values(variables(model))


def descending(name, **more):
    """A tiny model whose optimizers are plain SGD, whose steps are smooth in their gradients.

    Adam's first steps are the gradients' signs: where a gradient is 0 but for rounding they differ.
    """
    model = tiny(name, **more)
    for name, player in model.players.items():
        optimizer = keras.optimizers.SGD(0.02)
        optimizer.build(player.variables)
        setattr(model, f"{name}_optimizer", optimizer)
    return model
