"""The two tables as rows of cells: what the lecture claims, and what was measured."""

from tfgan.studies.families.claims import CLAIMS, ROWS
from tfgan.studies.families.families import FAMILIES


def claimed(names):
    """The lecture's table for families by name: list of rows, the first of headings."""
    families = [FAMILIES[name] for name in names]
    absent = dict.fromkeys(ROWS, "(not in the table)")
    columns = [CLAIMS.get(family.lecture, absent) for family in families]
    head = ["As claimed", *(family.heading for family in families)]
    return [head, *([row, *(column[row] for column in columns)] for row in ROWS)]


def measured(results, reference, training):
    """What was measured, with real examples in the last column: list of rows.

    The arguments are attributes of `comparison.Comparison`.
    """
    families = [FAMILIES[name] for name in results]

    def row(label, cell, real=""):
        return [label, *map(cell, results.values()), real]

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
        *_quality(results, reference["samples"]),
        ["Training", *(_training(training[name]) for name in results), ""],
    ]


def _abstraction(code, what):
    if "sentence" in code:
        return code["sentence"]
    return (
        f"{code['accuracy']:.1%} ± {code['standard_error']:.1%} of {code['count']:,} labels, "
        f"read linearly from {what}, {code['dimensions']:,} numbers"
    )


def _likelihood(log_prob):
    if "sentence" in log_prob:
        return log_prob["sentence"]
    return f"{log_prob['nats']:.2f} ± {log_prob['standard_error']:.2f} nats, {log_prob['kind']}"


def _sampling(sampling):
    passes = sampling["sequential_passes"]
    return (
        f"{sampling['ms_per_1000']:,.0f} ms for 1,000 ({sampling['cpu_ms_per_1000']:,.0f} ms of "
        f"CPU time); {'1 pass' if passes == 1 else f'{passes:,} passes one after another'}"
    )


def _quality(results, reference):
    for kind, scores in reference.items():
        for name, real in scores.items():
            arrow = f", {real['better']} is better" if real["better"] in ("lower", "higher") else ""
            cells = [_score(each["samples"][kind][name]) for each in results.values()]
            yield [f"Samples {kind}: {name}{arrow}", *cells, _score(real)]


def _score(score):
    return f"{int(score['value'])} of {score['of']}" if score["of"] else f"{score['value']:.3g}"


def _training(record):
    return (
        f"{record['steps']:,} steps, {record['examples']:,} examples, {record['seconds']:.0f} s "
        f"({record['cpu_seconds']:.0f} s of CPU time), {record['weights']:,} weights"
    )
