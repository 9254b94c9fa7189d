"""What a run that has begun may go on with another value of: `--change=NAME=VALUE`."""

import difflib


def changes(values):
    """What --change asks for: dict of text by name, "data" or a parameter of the recipe.

    Raises: ValueError for what cannot change in mid-run, with the list of what can.
    """
    from tfgan import recipes

    may = [*recipes.changeable(values.recipe), "data"]
    found = {}
    for setting in values.change:
        name, equals, text = setting.partition("=")
        if not equals:
            raise ValueError(f"--change must be name=value; received {setting!r}.")
        if name not in may:
            raise ValueError(
                f"--change must name what a run of {values.recipe} may go on with another value "
                f"of ({', '.join(may)}); received {name!r}{_instead(values.recipe, name, may)}"
            )
        found[name] = text
    return found


def _instead(recipe, name, may):
    """What to do about a name that cannot change: str, the end of a sentence."""
    from tfgan import recipes

    if name in recipes.parameters(recipe):
        return ": start another run for it."
    near = difflib.get_close_matches(name, [*may, *recipes.parameters(recipe)], n=1)
    return f"; did you mean {near[0]}?" if near else ", which the recipe does not have."
