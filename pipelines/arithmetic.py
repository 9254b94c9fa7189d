"""adds and subtracts mean latents: mean(A) - mean(B) + mean(C), with pictures of all of them.

A group is some seeds, such as 0-2, or a label: label:7 is the three seeds whose samples the
classifier of the data predicts to be a 7 most clearly. Labels need an unconditional model.
--add=label:7 --subtract=label:1 adds a second group of the label 1, so that the result should be a
7, and counts how often such sums are.
"""

from absl import flags

from tfgan import failures

from . import latent_flags, parsing, run_flags, start
from .errors import user_errors

_DEFAULT = "latents/arithmetic.png"
_DEFAULT_GROUPS = ["0-2", "6-8"], ["3-5"]


def define_flags(values):
    """The flags of `tfgan arithmetic`."""
    latent_flags.define(values, _DEFAULT, "FILE.png or FILE.jpg", truncates=True)
    about = f"A group to add. By default {' and '.join(_DEFAULT_GROUPS[0])}."
    flags.DEFINE_multi_string("add", [], about, values)
    about = f"A group to subtract. By default {_DEFAULT_GROUPS[1][0]}, if --add is missing too."
    flags.DEFINE_multi_string("subtract", [], about, values)
    about = "Seeds that are classified to find those of a label."
    flags.DEFINE_integer("candidates", 1000, about, 1, flag_values=values)
    about = "Sums of random groups of the two labels that are counted."
    flags.DEFINE_integer("trials", 200, about, 1, flag_values=values)


def run(values, positionals):
    """Adds and subtracts; returns the exit code."""
    parsing.no_positionals(positionals)
    out = values.out or f"{run_flags.workdir(values)}/{_DEFAULT}"
    add, subtract = values.add, values.subtract
    if subtract and not add:
        raise flags.Error("--add must name a group of seeds or a label, if --subtract does.")
    start.tensorflow()
    from tfgan.runs.latent_tools import draws, groups, outputs, pictures, sums

    if not add:
        add, subtract = _DEFAULT_GROUPS
    opened = []

    def open_classifier():
        classifier = latent_flags.classifier(values, run)

        def draw():
            cut = values.truncation
            drawn = draws.labeled(run.model, classifier.scores, values.candidates, cut)
            opened.extend((classifier, drawn))
            return drawn

        return classifier, draw

    with user_errors():
        add, subtract = groups.parse(add, "--add"), groups.parse(subtract, "--subtract")
        run = run_flags.open_run(values)
        outputs.check(out, run.spec.modality, inputs=latent_flags.inputs(values))
        run_flags.use_standing_statistics(run, values)
        chosen = groups.find(add, subtract, open_classifier)
        result = run.arithmetic(
            chosen.add,
            chosen.subtract,
            truncation=values.truncation,
            **latent_flags.conditions(values),
        )
        label = opened[0](result.result)[0] if opened else None
        move = chosen.move and sums.label_move(
            run.model, *opened, *chosen.move, trials=values.trials, truncation=values.truncation
        )
        with failures.writing(out):
            path = outputs.write(
                out,
                lambda: pictures.of_sum(result, run.spec.modality),
                result.latents,
                data=result.result,
            )
    print(f"Groups:     {_groups(chosen)}")
    if opened:
        print(f"Result:     classified as {opened[0].class_names[label]}")
    if move:
        print(f"Label:      {_move(move, opened[0].class_names, *chosen.move)}")
    print(f"{len(next(iter(result.latents.values())))} latents of step {run.step}: {out}, {path}")
    return 0


def _groups(chosen):
    parts = [f"+ {','.join(map(str, seeds))}" for seeds in chosen.add]
    parts += [f"- {','.join(map(str, seeds))}" for seeds in chosen.subtract]
    return f"seeds {'  '.join(parts)}"


def _move(move, names, label, other):
    return (
        f"{move.moved:.1%} of {move.trials:,} sums mean({names[label]}) - mean({names[other]}) + "
        f"mean(other samples of {names[other]}) are classified as {names[label]}; with random "
        f"latents for the first group {move.control:.1%}, of single latents {move.random:.1%}"
    )
