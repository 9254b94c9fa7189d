"""finds the latents of a run whose image is nearest to a given one, with a picture of both.

A model with an encoder encodes the image; --method=refine improves the code by optimization. Other
models are optimized from the nearest of many samples, several at once, for pixels and for features
of the images. The picture shows the image, the nearest sample, the projection, and what differs.
If the projection is not nearer than the nearest sample the command writes both files and fails.
"""

from absl import flags

from tfgan import choices, failures

from . import latent_flags, parsing, path_flags, run_flags, start
from .errors import user_errors
from .progress import Progress

_DEFAULT = "latents/projection.png"


def define_flags(values):
    """The flags of `tfgan project`."""
    latent_flags.define(
        values,
        _DEFAULT,
        "FILE.png or FILE.jpg",
        "By default samples of all classes are starts.",
    )
    about = "The image, of any size; it is cropped, resized and colored as the run's data were."
    path_flags.define("image", "", about, values, once=True)
    flags.DEFINE_enum(
        "method",
        "auto",
        list(choices.PROJECTION_METHODS),
        "auto: encode if the model has an encoder, else optimize; refine: optimize from the code.",
        values,
    )
    flags.DEFINE_integer("steps", 300, "Steps of the optimization.", 1, flag_values=values)
    about = "Starts that are optimized at once; the best result is kept."
    flags.DEFINE_integer("restarts", 8, about, 1, flag_values=values)
    about = "Samples that the nearest are chosen from."
    flags.DEFINE_integer("candidates", 1000, about, 1, flag_values=values)
    run_flags.define_seed("Seed of these samples.", values)


def run(values, positionals):
    """Projects an image; returns the exit code."""
    parsing.no_positionals(positionals)
    out = values.out or f"{run_flags.workdir(values)}/{_DEFAULT}"
    if not values.image:
        raise flags.Error("--image must name an image.")
    start.tensorflow()
    from tfgan.runs.latent_tools import outputs, pictures, projection

    with user_errors():
        run = run_flags.open_run(values)
        projection.check_model(run.model)
        inputs = latent_flags.inputs(values, image=values.image)
        outputs.check(out, run.spec.modality, inputs=inputs)
        run_flags.use_standing_statistics(run, values)
        extractor = latent_flags.extractor(values, run)
        failed = None
        try:
            result = _project(run, values, extractor)
        except projection.NotNearer as error:
            result, failed = error.projection, str(error).removesuffix(".")
        with failures.writing(out):
            path = outputs.write(
                out,
                lambda: pictures.of_projection(result),
                result.latents,
                data=result.data[None],
                target=result.target[None],
            )
    if failed:
        raise failures.Failure(f"{failed}; what was reached: {out}; its latents: {path}.")
    match, nearest = result.match, result.nearest
    sample = f"sample {result.nearest_index} of seed {values.seed}"
    print(f"Distance:   {match.distance:.3g} ({result.space}); of the nearest of "
          f"{values.candidates:,} samples {nearest.distance:.3g} ({sample})")  # fmt: skip
    print(f"Pixels:     {match.pixels:.3g} root mean square, in 0..1; of this sample "
          f"{nearest.pixels:.3g}")  # fmt: skip
    if "label" in result.latents:
        print(f"Label:      {run.spec.class_names[int(result.latents['label'][0])]}")
    if result.is_negative:
        print(f"Hint:       {projection.NEGATIVE}")
    print(f"{_DONE[result.method]} with step {run.step}: {out}; latents: {path}")
    return 0


def _project(run, values, extractor):
    with Progress("steps") as progress:
        return run.project(
            values.image,
            method=values.method,
            extractor=extractor,
            steps=values.steps,
            restarts=values.restarts,
            candidates=values.candidates,
            seed=values.seed,
            progress=progress,
            **latent_flags.conditions(values),
        )


_DONE = {"encode": "Encoded", "optimize": "Optimized", "refine": "Encoded and optimized"}
