"""Refuses networks and priors that cannot play together, before anything is trained."""

import dataclasses

import keras
import tensorflow as tf

from tfgan.models import ema, network_calls


@dataclasses.dataclass(frozen=True)
class Players:
    """Networks as models call them, see `network_calls.named`; the average is the generator's."""

    generator: keras.Model
    discriminator: keras.Model
    average: keras.Model


def conditions(names, classes):
    """What networks may take beside latents and data: (shape of one example, dtype) by name.

    Args:
      names: sequence of str, or dict of shapes by name.
      classes: int, the number of labels, or None.
    """
    shapes = dict(names) if isinstance(names, dict) else dict.fromkeys(names)
    taken = {name: (shape and tuple(shape), "float32") for name, shape in shapes.items()}
    return taken | ({"label": ((), "int32")} if classes else {})


def players(generator, discriminator, prior, conditions):
    """A generator and a discriminator as models call them, once they can play against each other.

    Args:
      generator, discriminator: Keras networks of any kind.
      prior: see `tfgan.priors`.
      conditions: dict, what both may be given besides: (shape of one example, dtype) by name; the
        shape is None where only networks that declare their inputs know it.
    Returns: `Players`.
    Raises: ValueError, if the networks do not fit each other, the prior or the conditions.
    """
    conditions = _with_declared_shapes(conditions, (generator, discriminator))
    latents = {name: (tuple(shape), "float32") for name, shape in prior.shapes.items()}
    generator = network_calls.named(
        generator, "generator", latents | conditions, by_position=list(latents), output="data"
    )
    _check_latents(generator, prior)
    made = network_calls.output_shape(generator, "data")
    if None in made or not made:
        raise ValueError(
            "The generator must make data [batch, ...] whose shape is known but for the batch; "
            f"received [batch{''.join(f', {size}' for size in made)}]."
        )
    discriminator = network_calls.named(
        discriminator,
        "discriminator",
        {"data": (made, "float32")} | conditions,
        by_position=["data"],
        output="logits",
    )
    judged = network_calls.input_shapes(discriminator).get("data")
    if judged is None:
        raise ValueError("The discriminator must take data.")
    if not tf.TensorShape(made).is_compatible_with(judged):
        raise ValueError(
            f"The generator makes data of shape {made}; the discriminator takes {judged}."
        )
    _check_conditions((generator, discriminator), conditions)
    return Players(generator, discriminator, ema.copy_or_itself(generator))


def _with_declared_shapes(conditions, networks):
    """The conditions with the shapes that networks declare for them, where they are not given."""
    declared = {}
    for network in networks:
        if hasattr(network, "inputs"):
            declared |= network_calls.declared_inputs(network)
    return {
        name: (tuple(declared[name].shape[1:]), declared[name].dtype)
        if shape is None and name in declared
        else (shape, dtype)
        for name, (shape, dtype) in conditions.items()
    }


def _check_latents(generator, prior):
    """Refuses a generator whose inputs are not the prior's values, or of other shapes."""
    taken = network_calls.input_shapes(generator)
    for name, shape in prior.shapes.items():
        if name not in taken:
            raise ValueError(
                f"The prior gives {name}, which the generator does not take; its inputs are "
                f"{', '.join(sorted(taken))}."
            )
        if not tf.TensorShape(shape).is_compatible_with(taken[name]):
            raise ValueError(
                f"The prior gives {name} of shape {tuple(shape)}; the generator takes "
                f"{taken[name]}."
            )


def _check_conditions(networks, conditions):
    """Refuses conditions that no network takes."""
    unread = sorted(set(conditions).difference(*map(network_calls.input_names, networks)))
    if unread:
        raise ValueError(
            f"Neither network takes {', '.join(unread)}: give one of them an input of that "
            "name, or leave the condition (for label: classes) out."
        )


def check_codes(encoder, decoder, discriminator, prior):
    """Raises ValueError unless the encoder makes the prior's values and the others take them."""
    wanted = {name: tuple(shape) for name, shape in prior.shapes.items()}
    made = {name: tuple(code.shape[1:]) for name, code in encoder.output.items()}
    if made != wanted:
        raise ValueError(f"The encoder makes codes of shapes {made}; the prior has {wanted}.")
    for role, network in (("decoder", decoder), ("discriminator", discriminator)):
        taken = {x.name: tuple(x.shape[1:]) for x in network.inputs}
        if {name: taken.get(name) for name in wanted} != wanted:
            raise ValueError(
                f"The {role} must take the codes {wanted}; its inputs have the shapes {taken}."
            )


def check_classes(discriminator, prior, classes, category):
    """Raises ValueError unless labels, the classes of the prior and the category fit together."""
    if "label" in network_calls.input_names(discriminator) and not classes:
        raise ValueError("The discriminator takes label: the model needs classes.")
    if classes and prior.classes != classes:
        raise ValueError(
            f"The model has {classes} labels; the prior must have as many classes, received "
            f"{prior.classes or 'a prior without classes'}."
        )
    if category is not None and category not in prior.shapes:
        raise ValueError(
            f"category must be a code, {', '.join(prior.shapes)}; received {category!r}."
        )
