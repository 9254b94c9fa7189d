"""The values that a run may change after it has begun."""

from tfgan import recipes, words


def check(recipe, changes):
    """Refuses names other than "data" and the changeable parameters of a recipe (str)."""
    allowed = [*recipes.changeable_parameters(recipe), "data"]
    for name in changes:
        if name in allowed:
            continue
        if name in recipes.parameters(recipe):
            raise ValueError(
                f"--change must name what a run of {recipe} may go on with another value of "
                f"({', '.join(allowed)}); received {name!r}: start another run for it."
            )
        raise words.unknown("--change", name, allowed)
