"""The two tables as rows of cells: what the lecture claims, and what was measured."""

from tfgan.studies.families.claims import CLAIMS, ROWS
from tfgan.studies.families.families import FAMILIES


def claimed(names):
    """The lecture's table for the families at hand: list of rows, the first of headings.

    Args:
      names: sequence of str, of `families.FAMILIES`.
    """
    columns = {name: FAMILIES[name].lecture for name in names}
    head = ["As claimed", *(FAMILIES[name].heading for name in names)]
    return [head] + [
        [
            row,
            *(
                CLAIMS[column][row] if column else "(not in the table)"
                for column in columns.values()
            ),
        ]
        for row in ROWS
    ]


def measured(found, reference, training):
    """What was measured, with real examples in the last column: list of rows.

    Args:
      found: dict of what `measurements.model` returned, by family.
      reference: what `measurements.reference` returned.
      training: dict of dict by family: `steps`, `examples`, `seconds`, `cpu_seconds`, `weights`.
    """
    names = list(found)
    families = [FAMILIES[name] for name in names]

    def row(label, cell, real=""):
        return [label, *(cell(found[name]) for name in names), real]

    def by_class(label, attribute):
        return [label, *(getattr(family, attribute) for family in families), ""]

    return [
        ["As measured", *(family.heading for family in families), "Real examples"],
        row(
            "Abstraction",
            lambda each: _abstraction(each["abstraction"], "the code"),
            _abstraction(reference["abstraction"], "the pixels"),
        ),
        row("Generation", lambda each: f"{each['sampling']['count']:,} samples"),
        row("Compute P(X)", lambda each: _likelihood(each["log_prob"])),
        row("Sampling", lambda each: _sampling(each["sampling"])),
        by_class("Type", "type"),
        by_class("Loss", "loss"),
        by_class("Assumptions", "assumptions"),
        *_quality(found, reference["samples"]),
        ["Training", *(_training(training[name]) for name in names), ""],
    ]


def _abstraction(found, what):
    if "sentence" in found:
        return found["sentence"]
    return (
        f"{found['accuracy']:.1%} ± {found['standard_error']:.1%} of {found['count']:,} labels, "
        f"read linearly from {what}, {found['dimensions']:,} numbers"
    )


def _likelihood(found):
    if "sentence" in found:
        return found["sentence"]
    return f"{found['nats']:.2f} ± {found['standard_error']:.2f} nats, {found['kind']}"


def _sampling(found):
    passes = found["sequential_passes"]
    return (
        f"{found['ms_per_1000']:,.0f} ms for 1,000 ({found['cpu_ms_per_1000']:,.0f} ms of CPU "
        "time); "
        f"{'1 pass' if passes == 1 else f'{passes:,} passes one after another'}"
    )


def _quality(found, reference):
    """A row for each figure of the samples."""
    for kind, floors in reference.items():
        for name, floor in floors.items():
            arrow = {"lower": ", lower is better", "higher": ", higher is better"}.get(
                floor["better"], ""
            )
            label = f"Samples {kind}: {name}{arrow}"
            cells = [_figure(each["samples"][kind][name]) for each in found.values()]
            yield [label, *cells, _figure(floor)]


def _figure(figure):
    if figure["of"]:
        return f"{int(figure['value'])} of {figure['of']}"
    return f"{figure['value']:.3g}"


def _training(spent):
    return (
        f"{spent['steps']:,} steps, {spent['examples']:,} examples, {spent['seconds']:.0f} s "
        f"({spent['cpu_seconds']:.0f} s of CPU time), {spent['weights']:,} weights"
    )
