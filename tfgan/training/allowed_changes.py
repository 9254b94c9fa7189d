"""What a run that has begun may go on with another value of."""

import difflib

from tfgan import recipes


def check(recipe, changes):
    """Refuses what cannot change in mid-run, with the list of what can.

    Args:
      recipe: str, the run's.
      changes: iterable of names, "data" or parameters of the recipe.
    Raises: ValueError.
    """
    may = [*recipes.changeable_parameters(recipe), "data"]
    for name in changes:
        if name not in may:
            raise ValueError(
                f"--change must name what a run of {recipe} may go on with another value "
                f"of ({', '.join(may)}); received {name!r}{_instead(recipe, name, may)}"
            )


def _instead(recipe, name, may):
    """What to do about a name that cannot change: str, the end of a sentence."""
    if name in recipes.parameters(recipe):
        return ": start another run for it."
    near = difflib.get_close_matches(name, [*may, *recipes.parameters(recipe)], n=1)
    return f"; did you mean {near[0]}?" if near else ", which the recipe does not have."
