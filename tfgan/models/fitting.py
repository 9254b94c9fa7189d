"""Refuses networks and priors that cannot play together, before anything is trained."""

from tfgan.models import base


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
    if "label" in base.input_names(discriminator) and not classes:
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
