"""What `tfgan train` is going to do: everything that its flags decide."""

from . import data_flags, environment, evaluation_flags, recipe_flags, step_flags


def parameters(values):
    """Every parameter of the recipe with its value, before any data, file or device is looked at.

    Args:
      values: the flags of `tfgan train`.
    Returns: dict.
    Raises: ValueError for what the recipe does not take, and flags that make no sense together.
    """
    from tfgan import data, recipes
    from tfgan.evaluation import measures

    found = recipes.resolve(values.recipe, recipe_flags.settings(values))
    data_flags.reading(values)
    if values.data:
        data.check_name(values.data)
    if values.evaluate_metrics:
        decisive, *_ = measures.find(evaluation_flags.names(values.evaluate_metrics))
        measures.check_decisive(decisive)
    if values.stop_after and not values.evaluate_every:
        raise ValueError("--stop_after counts evaluations: give --evaluate_every as well.")
    return found


def resolve(values):
    """Everything that the flags, the recipe and the environment decide, before any data is read.

    Args:
      values: the flags of `tfgan train`.
    Returns: dict that JSON can hold.
    Raises: ValueError, as `parameters`, and for a run directory whose record cannot be read.
    """
    from tfgan import recipes

    found = parameters(values)
    recipe = recipes.find(values.recipe).recipe(**found)
    data = data_flags.resolve(values, recipe.data)
    steps = found.pop("steps")  # no part of what a run is: it may be made longer
    workdir = environment.workdir(values) or f"runs/{values.recipe}-{_slug(data['source'])}"
    return {
        "recipe": values.recipe,
        "parameters": found,
        "data": data,
        "labelled": recipe.labelled,
        "seed": values.seed,
        "steps": steps,
        "precision": step_flags.precision(values, workdir),
        "workdir": workdir,
        "tensorboard_dir": environment.tensorboard_dir(values, workdir),
        "export_dir": environment.export_dir(values),
    }


def _slug(text):
    return "".join(c if c.isalnum() or c in "._-" else "-" for c in text).strip("-")
