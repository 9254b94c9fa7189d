"""Checks that networks and priors fit each other, before anything is trained."""

import dataclasses
import math

import keras
import tensorflow as tf

from tfgan import layers, modalities
from tfgan import terms as game_terms
from tfgan.models import ema, functional, network_calls


@dataclasses.dataclass(frozen=True)
class GANNetworks:
    """The networks of a GAN as functional models, and the average of the generator."""

    generator: keras.Model
    discriminator: keras.Model
    average: keras.Model


def condition_inputs(conditions, classes):
    """The possible inputs of networks other than latents and data: (shape of one example, dtype).

    Args:
      conditions: sequence of str, or dict by name of shapes or `Modality`.
      classes: int, the number of labels, or None.
    Returns: dict by name; the shape is None where it is not given.
    """
    shapes = dict(conditions) if isinstance(conditions, dict) else dict.fromkeys(conditions)
    shapes = {n: None if isinstance(x, modalities.Modality) else x for n, x in shapes.items()}
    inputs = {name: (shape and tuple(shape), "float32") for name, shape in shapes.items()}
    return inputs | ({"label": ((), "int32")} if classes else {})


def gan_networks(generator, discriminator, prior, conditions):
    """A generator and a discriminator of any kind as `GANNetworks`.

    Args:
      prior: see `tfgan.priors`, or None for a generator without latents.
      conditions: dict, see `condition_inputs`.
    Raises: ValueError, if the networks do not fit each other, the prior or the conditions.
    """
    conditions = _with_declared_shapes(conditions, (generator, discriminator))
    shapes = prior.shapes if prior else {}
    latents = {name: (tuple(shape), "float32") for name, shape in shapes.items()}
    encoded = {"data": (None, "float32")} if _declares(generator, "data") else {}
    generator = functional.to_functional(
        generator, "generator", latents | conditions | encoded, list(latents), output="data"
    )
    _check_latents(generator, shapes)
    data_shape = _data_shape(generator, "generator")
    codes = _check_encoder(generator, data_shape, latents) if encoded else {}
    inputs = {"data": (data_shape, "float32")} | conditions | codes
    discriminator = functional.to_functional(
        discriminator, "discriminator", inputs, by_position=["data"], output="logits"
    )
    expected = network_calls.input_shapes(discriminator).get("data")
    if expected is None:
        raise ValueError("The discriminator must take data.")
    if not tf.TensorShape(data_shape).is_compatible_with(expected):
        raise ValueError(
            f"The generator makes data of shape {data_shape}; the discriminator takes {expected}."
        )
    names = map(network_calls.input_names, (generator, discriminator))
    unused = sorted(set(conditions).difference(*names))
    if unused:
        raise ValueError(
            f"Neither network takes {', '.join(unused)}: give one of them an input of that name, "
            "or omit the condition (for label: classes)."
        )
    return GANNetworks(generator, discriminator, ema.copy_or_itself(generator))


def cycle_networks(networks):
    """The networks of two directions of translation as functional models.

    Args:
      networks: dict of networks of any kind that declares its input: `generator`, source -> data,
        `inverse_generator`, data -> source, `discriminator`, of data, `source_discriminator`.
    Returns: dict of functional `keras.Model`; the generators take `source`, each the images that it
      translates, and make `data`; the discriminators take `data` and make `logits`.
    Raises: ValueError, if the networks do not fit each other.
    """
    views = {}
    for role, network in networks.items():
        entry, output = ("data", "logits") if "discriminator" in role else ("source", "data")
        available = {entry: (None, "float32")}
        if isinstance(network, keras.layers.Layer) and not functional.declared_inputs(network):
            raise ValueError(f"The {role} must declare its input: build it from a keras.Input.")
        views[role] = functional.to_functional(network, role, available, [entry], output)
    shape = _data_shape(views["generator"], "generator")
    source_shape = _data_shape(views["inverse_generator"], "inverse_generator")
    for role, expected in (
        ("generator", source_shape),
        ("inverse_generator", shape),
        ("discriminator", shape),
        ("source_discriminator", source_shape),
    ):
        [received] = network_calls.input_shapes(views[role]).values()
        if not tf.TensorShape(expected).is_compatible_with(received):
            raise ValueError(
                f"The generators make data of shape {shape} from sources of shape {source_shape}; "
                f"the {role} takes {received}."
            )
    return views


def _data_shape(generator, role):
    shape = network_calls.output_shape(generator, "data")
    if None in shape or not shape:
        raise ValueError(
            f"The {role} must make data [batch, ...] of a known shape; received "
            f"[batch{''.join(f', {size}' for size in shape)}]."
        )
    return shape


def _with_declared_shapes(conditions, networks):
    """The conditions with the shapes that networks declare for them, where they are not given."""
    declared = {}
    for network in networks:
        if hasattr(network, "inputs"):
            declared |= functional.declared_inputs(network)
    return {
        name: (tuple(declared[name].shape[1:]), declared[name].dtype)
        if shape is None and name in declared
        else (shape, dtype)
        for name, (shape, dtype) in conditions.items()
    }


def _check_latents(generator, shapes):
    expected = network_calls.input_shapes(generator)
    for name, shape in shapes.items():
        if name not in expected:
            raise ValueError(
                f"The prior gives {name}, which the generator does not take; its inputs are "
                f"{', '.join(sorted(expected))}."
            )
        if not tf.TensorShape(shape).is_compatible_with(expected[name]):
            raise ValueError(
                f"The prior gives {name} of shape {tuple(shape)}; the generator takes "
                f"{expected[name]}."
            )


def _declares(network, name):
    return isinstance(network, keras.layers.Layer) and name in functional.declared_inputs(network)


def _check_encoder(generator, data_shape, latents):
    """The latents that a generator with the input `data` encodes: (shape, dtype) by name."""
    outputs = network_calls.named_outputs(generator.output, "data")
    codes = {name: form for name, form in latents.items() if name in outputs}
    if not codes:
        raise ValueError(
            "The generator takes data, so it must also have an output with the name of a latent, "
            f"{', '.join(latents)}, the code of the data; received {', '.join(outputs)}."
        )
    received = network_calls.input_shapes(generator)["data"]
    if not tf.TensorShape(data_shape).is_compatible_with(received):
        raise ValueError(
            f"The generator makes data of shape {data_shape}; it encodes data of shape {received}."
        )
    for name, (shape, _) in codes.items():
        if tuple(outputs[name].shape[1:]) != shape:
            raise ValueError(
                f"The prior gives {name} of shape {shape}; the generator's code of that name has "
                f"the shape {tuple(outputs[name].shape[1:])}."
            )
    return codes


def check_codes(encoder, decoder, discriminator, prior):
    """Raises ValueError unless the codes have the prior's shapes in all networks."""
    expected = {name: tuple(shape) for name, shape in prior.shapes.items()}
    codes = {name: tuple(code.shape[1:]) for name, code in encoder.output.items()}
    if codes != expected:
        raise ValueError(f"The encoder makes codes of shapes {codes}; the prior has {expected}.")
    for role, network in (("decoder", decoder), ("discriminator", discriminator)):
        shapes = network_calls.input_shapes(network)
        if {name: shapes.get(name) for name in expected} != expected:
            raise ValueError(
                f"The {role} must take the codes {expected}; its inputs have the shapes {shapes}."
            )


def check_classes(discriminator, prior, classes, category):
    """Raises ValueError unless labels, the classes of the prior and the category fit together."""
    if "label" in network_calls.input_names(discriminator) and not classes:
        raise ValueError("The discriminator takes label: the model needs classes.")
    if classes and prior.classes != classes:
        raise ValueError(
            f"The prior must have as many classes as there are labels, {classes}; received "
            f"{prior.classes or 'a prior without classes'}."
        )
    if category is not None and category not in prior.shapes:
        raise ValueError(
            f"category must be a code, {', '.join(prior.shapes)}; received {category!r}."
        )


def check_shares(terms, discriminator):
    """Raises ValueError for a term on a share of a batch whose examples are compared.

    A `Staged` term measures the generator alone.
    """
    part = [t for t in terms if t.share < 1.0 and not isinstance(t.function, game_terms.Staged)]
    if part and layers.compares_rows(discriminator):
        raise ValueError(
            "share must be 1 with a discriminator that compares the examples of a batch; received "
            f"{part[0].share} for {part[0].name}."
        )


def check_packs(data, size, steps=1, parts=1):
    """Refuses a batch of which a discriminator that judges packs could not judge all.

    Args:
      data: tensor `[n, ...]`; a batch of unknown size has whole packs, see `batches.in_packs`.
      size: int, examples per pack.
      steps: int, the discriminator steps that share the batch.
      parts: int, the microbatches of each.
    Raises: ValueError, if the examples of a step or of a microbatch are not whole packs.
    """
    unit, count = size * steps, data.shape[0]
    if size == 1 or count is None:
        return
    shares = f" for each of {steps} discriminator steps" if steps > 1 else ""
    if count % unit:
        raise ValueError(
            f"The batch size must be a multiple of {unit}, as the discriminator judges packs of "
            f"{size} examples{shares}; received {count}."
        )
    if math.ceil(count / steps / parts) % size:
        raise ValueError(
            f"microbatches must divide the {count // steps} examples of a step into whole packs of "
            f"{size}; received {parts}."
        )
