"""The values that a run may change after it has begun."""

from tfgan import recipes, words


def check(recipe, changes):
    """Refuses changes that are not allowed in mid-run.

    Args:
      recipe: str, the run's.
      changes: iterable of names, "data" or parameters of the recipe.
    Raises: ValueError that names the allowed changes.
    """
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
