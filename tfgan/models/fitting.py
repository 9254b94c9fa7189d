"""Refuses networks and priors that cannot play together, before anything is trained."""

import keras

from tfgan.models import calling


def check_players(generator, discriminator, prior, conditions):
    """Raises ValueError unless a generator and a discriminator can play against each other."""
    if not isinstance(generator, keras.Model) or not isinstance(discriminator, keras.Model):
        raise ValueError("generator and discriminator must be keras.Model objects.")
    for player, network, offered in (
        ("generator", generator, set(prior.shapes) | conditions),
        ("discriminator", discriminator, {"data"} | conditions),
    ):
        unknown = set(calling.input_names(network)) - offered
        if unknown:
            raise ValueError(
                f"The {player} takes {', '.join(sorted(unknown))}; the inputs that it can have are "
                f"{', '.join(sorted(offered))}."
            )
    _check_latents(generator, prior)
    unread = conditions - {x.name for network in (generator, discriminator) for x in network.inputs}
    if unread:
        raise ValueError(
            f"Neither network takes {', '.join(sorted(unread))}: give one of them an input of that "
            "name, or leave the condition (for label: classes) out."
        )
    for player, network, output in (
        ("generator", generator, "data"),
        ("discriminator", discriminator, "logits"),
    ):
        names = calling.named_outputs(network.output, output)
        if output not in names:
            raise ValueError(
                f"The {player} must have an output named {output}; received {', '.join(names)}."
            )
    made, judged = _output_shape(generator, "data"), _input_shape(discriminator, "data")
    if made != judged:
        raise ValueError(
            f"The generator makes data of shape {made}; the discriminator takes {judged}."
        )


def _check_latents(generator, prior):
    """Refuses a generator whose inputs are not the prior's values, or of other shapes."""
    taken = {x.name: tuple(x.shape[1:]) for x in generator.inputs}
    for name, shape in prior.shapes.items():
        if name not in taken:
            raise ValueError(
                f"The prior gives {name}, which the generator does not take; its inputs are "
                f"{', '.join(sorted(taken))}."
            )
        if taken[name] != tuple(shape):
            raise ValueError(
                f"The prior gives {name} of shape {tuple(shape)}; the generator takes "
                f"{taken[name]}."
            )


def _output_shape(network, name):
    return tuple(calling.named_outputs(network.output, name)[name].shape[1:])


def _input_shape(network, name):
    return next(tuple(x.shape[1:]) for x in network.inputs if x.name == name)


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
    if "label" in calling.input_names(discriminator) and not classes:
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
