"""The results of an evaluation as records for a file, and as tables of text."""

import collections

from tfgan.provenance import versions

_ARROWS = {"lower": " (lower is better)", "higher": " (higher is better)", "": ""}


def records(results, provenance):
    """One dict that JSON can hold per `scores.Result`; all share the dict `provenance`."""
    return [_record(result) | provenance | {"versions": versions()} for result in results]


def table(results):
    """The results as lines of text: of samples, then of likelihoods, then of codes."""
    likelihoods = [result.score for result in results if result.score.kind]
    others = [result for result in results if not result.score.kind]
    of_codes = [result.score for result in others if "held_out" in result.score.details]
    of_samples = [result for result in others if "held_out" not in result.score.details]
    parts = ((_of_samples, of_samples), (_of_likelihoods, likelihoods), (_of_codes, of_codes))
    tables = [aligned(rows(group)) for rows, group in parts if group]
    return "\n\n".join(filter(None, [*tables, _baselines(of_samples)]))


def class_table(rows):
    """The rows of `per_class` as lines of text, "" if they say nothing about the samples."""
    names = list(dict.fromkeys(name for row in rows for name in row))
    if len(names) < 3:  # the class and its fraction of the training examples
        return ""
    return aligned([names] + [[_cell(row.get(name)) for name in names] for row in rows])


def aligned(rows):
    """Rows of cells as text, the first column to the left and the others to the right."""
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    return "\n".join(
        "  ".join(
            cell.rjust(width) if column else cell.ljust(width)
            for column, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in rows
    )


def _of_samples(results):
    count = max(result.baseline_count for result in results)
    has_matched = any(result.size_matched not in (None, result.score) for result in results)
    head = ["", f"{results[0].fake_count:,} samples"]
    head += [f"{count:,} samples"] if has_matched else []
    head += [f"{count:,} real"] if count else []
    rows = [head]
    for result in results:
        scores = [result.score]
        if result.real_baseline:
            scores += [result.size_matched] if has_matched else []
            scores += [result.real_baseline]
        row = [_label(result.score), *map(_value, scores)]
        rows.append(row + [""] * (len(head) - len(row)))
    return rows


def _baselines(results):
    """A note on baselines that are not of real data; "" if there are none."""
    names = collections.defaultdict(list)
    for result in results:
        if result.real_baseline and "baseline" in result.real_baseline.details:
            names[result.real_baseline.details["baseline"]].append(result.score.name)
    return " ".join(
        f"For {', '.join(each)} the last column shows {x} instead." for x, each in names.items()
    )


def _of_likelihoods(scores):
    details = scores[0].details
    rows = [["", f"{details['held_out']:,} held-out", f"{details['training']['count']:,} training"]]
    for score in scores:
        training = score.details["training"]
        values = [(score.value, score.standard_error)]
        values += [(training["value"], training["standard_error"])]
        rows.append([_label(score), *(_number(*pair) for pair in values)])
    return rows


def _of_codes(scores):
    head = ["", f"{scores[0].details['held_out']:,} held-out"]
    return [head] + [[_label(score), _value(score)] for score in scores]


def _record(result):
    score = result.score
    record = {"metric": score.name, "value": score.value, "better": score.better}
    if score.standard_error is not None:
        record["standard_error"] = score.standard_error
    record |= {"n_real": result.real_count, "n_fake": result.fake_count}
    record |= {"kind": score.kind} if score.kind else {}
    if result.real_baseline:
        count = result.baseline_count
        record["floor"] = {"value": result.real_baseline.value, "n_fake": count}
        if "baseline" in result.real_baseline.details:
            record["floor"]["of"] = result.real_baseline.details["baseline"]
        record["matched"] = {"value": result.size_matched.value, "n_fake": count}
    return record | ({"details": score.details} if score.details else {})


def _label(score):
    kind = f", {score.kind}" if score.kind else ""
    return f"{score.name}{kind}{_ARROWS[score.better]}"


def _value(score):
    value = score.value
    if isinstance(value, int) or float(value).is_integer() and abs(value) < 1e6:
        of = score.details.get("of")
        return f"{int(value)} of {of}" if of else f"{int(value)}"
    return _number(value, score.standard_error)


def _number(value, error):
    return f"{value:.4g}" + (f" +- {error:.1g}" if error is not None else "")


def _cell(value):
    return "" if value is None else value if isinstance(value, str) else f"{value:.4g}"
