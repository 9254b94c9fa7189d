"""draws rows of images along directions of the latent space, one direction per row.

sefa: the directions that change the generator's first layer most, in closed form. pca: the
principal components of its first activations. probe: the direction along which a property of the
images grows, by linear regression: the labels that the classifier of the data predicts, or the
brightness, width or slant of what is bright. The sample of --seed is in the middle of each row, if
--steps is odd.
"""

from absl import flags

from tfgan import choices, failures

from . import latent_flags, parsing, run_flags, start
from .errors import user_errors

_DEFAULT = "latents/directions.png"
_SCORES = {"sefa": "eigenvalue", "pca": "variance", "probe": "R^2 on held-out samples"}
_MOST = {
    "sefa": "sefa has one per number of the latent.",
    "pca": "pca has at most 80, one less than --samples, and one per unit of the first layer.",
}


def define_flags(values):
    """The flags of `tfgan directions`."""
    latent_flags.define(values, _DEFAULT, "FILE.png or FILE.jpg")
    flags.DEFINE_enum(
        "method", "sefa", list(choices.DIRECTION_METHODS), "How directions are computed.", values
    )
    flags.DEFINE_enum(
        "target",
        None,
        list(choices.PROBE_TARGETS),
        "The property of images whose direction the probe computes, by default label.",
        values,
    )
    flags.DEFINE_integer("count", 6, "Directions; of a probe of labels all.", 1, flag_values=values)
    flags.DEFINE_integer("steps", 7, "Images in a row.", 2, flag_values=values)
    about = "Length of the way to either side, in lengths of the latent."
    flags.DEFINE_float("reach", 0.5, about, 0.0, None, values)
    run_flags.define_seed("Seed of the sample that moves.", values)
    about = "Samples that pca and probe are computed from."
    flags.DEFINE_integer("samples", 1000, about, 10, flag_values=values)


def run(values, positionals):
    """Draws the directions; returns the exit code."""
    parsing.no_positionals(positionals)
    out = values.out or f"{run_flags.workdir(values)}/{_DEFAULT}"
    if values.target and values.method != "probe":
        raise flags.Error(f"--target needs --method=probe; received --method={values.method}.")
    start.tensorflow()
    from tfgan.runs.latent_tools import directions, draws, outputs, pictures

    names, target, count = None, None, values.count
    with user_errors():
        run = run_flags.open_run(values)
        outputs.check(out, run.spec.modality, inputs=latent_flags.inputs(values))
        run_flags.use_standing_statistics(run, values)
        if values.method == "probe" and values.target in (None, "label"):
            draws.check_unconditional(run.model, "--target=label")
            classifier = latent_flags.classifier(values, run)
            target, names, count = classifier.probe_target, classifier.class_names, None
        elif values.method == "probe":
            target, names = directions.PROPERTIES[values.target], (values.target,)
        result = run.directions(
            values.method,
            target=target,
            count=count,
            steps=values.steps,
            reach=values.reach,
            seed=values.seed,
            samples=values.samples,
            **latent_flags.conditions(values),
        )
        walk, chosen = result.walk, result.directions
        with failures.writing(out):
            path = outputs.write(
                out,
                lambda: pictures.of_walk(walk, run.spec.modality),
                walk.flat_latents,
                data=walk.data,
                vectors=chosen.vectors,
                scores=chosen.scores,
            )
    rows, columns = walk.data.shape[:2]
    if not names and rows < count:
        print(f"Directions: {rows}, not {count:,}: {_MOST[values.method]}")
    print("\n".join(_table(values.method, chosen.scores, names)))
    print(f"{rows} x {columns} images of step {run.step}: {out}; latents and vectors: {path}")
    return 0


def _table(method, scores, names):
    """One line per row of the picture, below a header: list of str."""
    header = _SCORES[method]
    lines = [f"row  {header}{'  target' if names else ''}"]
    for row, score in enumerate(scores):
        line = f"{row + 1:>3}  {score:.4g}"
        if names:
            failed = "" if score > 0.0 else ": not a direction, R^2 is not above 0"
            line = f"{line:<{5 + len(header)}}  {names[row]}{failed}"
        lines.append(line)
    return lines
