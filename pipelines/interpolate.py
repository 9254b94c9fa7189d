"""draws images on paths between samples: rows in a picture, or an animation.

The path is the one that the prior asks for: a straight line under a uniform prior, whose range it
never leaves, and an arc under a normal one, which keeps the length of the latents. The printed
smoothness compares the largest step of a row with its mean step, in features of the images.
"""

from absl import flags

from tfgan import choices, failures

from . import latent_flags, parsing, run_flags, start
from .errors import user_errors

_DEFAULT = "latents/interpolation.png"
_IN_A_ROW, _IN_AN_ANIMATION = 9, 24


def define_flags(values):
    """The flags of `tfgan interpolate`."""
    kinds = "FILE.png or FILE.jpg for rows, FILE.gif, FILE.webp or FILE.mp4 for an animation"
    latent_flags.define(values, _DEFAULT, kinds, truncates=True)
    about = "The seeds of the samples to pass, such as 3,1,7 or 0-6: a row from each to the next."
    flags.DEFINE_string("between", "0-6", about, values)
    flags.DEFINE_enum(
        "mode",
        "auto",
        list(choices.PATH_MODES),
        "The path: auto as the prior asks for, or linear, or spherical.",
        values,
    )
    about = (
        f"Images from one seed to the next, with both ends. By default {_IN_A_ROW}, and "
        f"{_IN_AN_ANIMATION} in animations."
    )
    flags.DEFINE_integer("steps", None, about, 2, flag_values=values)
    about = "Return to the first seed, as an animation without an end does."
    flags.DEFINE_boolean("closed", False, about, values)
    flags.DEFINE_integer("fps", 20, "Images per second of an animation.", 1, 50, values)


def run(values, positionals):
    """Interpolates; returns the exit code."""
    parsing.no_positionals(positionals)
    out = values.out or f"{run_flags.workdir(values)}/{_DEFAULT}"
    start.tensorflow()
    from tfgan.runs.latent_tools import outputs, pictures
    from tfgan.runs.sample_files import seeds

    with user_errors():
        between = seeds.numbers(values.between, "--between")
        if len(between) < 2:
            raise ValueError(f"--between must name two or more seeds; received {values.between!r}.")
        run = run_flags.open_run(values)
        modality, is_animation = run.spec.modality, outputs.is_animation(out)
        outputs.check(out, modality, animated=True, inputs=latent_flags.inputs(values))
        run_flags.use_standing_statistics(run, values)
        extractor = latent_flags.extractor(values, run)
        walk = run.interpolate(
            between,
            steps=values.steps or (_IN_AN_ANIMATION if is_animation else _IN_A_ROW),
            mode=values.mode,
            closed=values.closed,
            truncation=values.truncation,
            **latent_flags.conditions(values),
        )
        smoothness = _smoothness(walk, modality, extractor)
        with failures.writing(out):
            if is_animation:
                path = outputs.write_animation(
                    out, walk, modality, values.fps, closed=values.closed
                )
            else:
                path = outputs.write(
                    out, lambda: pictures.of_walk(walk, modality), walk.flat_latents, data=walk.data
                )
    rows, columns = walk.data.shape[:2]
    shown = f"{rows} x {columns} images"
    if is_animation:
        shown = f"{len(walk.frames(values.closed))} frames"
    print(f"{shown} of step {run.step}: {out}; latents: {path}")
    print(f"Path:       {', '.join(f'{name} {mode}' for name, mode in walk.modes.items())}")
    print(f"Smoothness: {smoothness}")
    return 0


def _smoothness(walk, modality, extractor):
    from tfgan.runs.latent_tools import walks

    if extractor is None and not modality.is_continuous:
        return f"not measured: {modality.kind} are not vectors, so they have no distances"
    steps = walks.smoothness(walk, modality, extractor)
    space = f"features of {extractor.name}" if extractor else "the data themselves"
    worst = steps.unevenness.argmax()
    largest, mean, distance = (
        f"{each[worst]:.3g}" for each in (steps.largest, steps.mean, steps.distance)
    )
    return (
        f"largest step / mean step {steps.unevenness.mean():.2f} on average, "
        f"{steps.unevenness[worst]:.2f} at most: {largest} / {mean} in a row whose ends are "
        f"{distance} apart ({space})"
    )
