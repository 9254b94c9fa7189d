"""What an evaluation tells: records for a file and a table for a person."""

from tfgan.provenance import versions


def records(results, provenance):
    """One dict that JSON can hold for each result.

    Args:
      results: list of `scores.Result`.
      provenance: dict, what all of them share: step, seed, extractor, data, weights.
    """
    return [_record(result) | provenance | {"versions": versions()} for result in results]


def table(results):
    """The results as lines of text: those about samples, then those about real examples.

    The columns: all samples, and where there is a floor as many samples as there are held-out
    examples, and the held-out examples themselves. Of likelihoods: held-out and training examples;
    of codes: held-out examples.
    """
    others = [result for result in results if not result.score.kind]
    about_samples = [result for result in others if "held_out" not in result.score.details]
    about_codes = [result.score for result in others if "held_out" in result.score.details]
    likelihoods = [result.score for result in results if result.score.kind]
    parts = [_of_samples(about_samples)] if about_samples else []
    parts += [_of_likelihoods(likelihoods)] if likelihoods else []
    parts += [_of_codes(about_codes)] if about_codes else []
    return "\n\n".join(parts)


def _of_samples(results):
    count = max(result.baseline_count for result in results)
    head = ["", f"{results[0].fake_count:,} samples"]
    head += [f"{count:,} samples", f"{count:,} real"] if count else []
    rows = [head]
    for result in results:
        row = [_label(result.score), _value(result.score)]
        row += (
            [_value(result.size_matched), _value(result.real_baseline)]
            if result.real_baseline
            else []
        )
        rows.append(row + [""] * (len(head) - len(row)))
    return aligned(rows)


def _of_likelihoods(figures):
    details = figures[0].details
    head = ["", f"{details['held_out']:,} held-out", f"{details['training']['count']:,} training"]
    rows = [head]
    for figure in figures:
        known = figure.details["training"]
        cells = [_number(figure.value, figure.standard_error)]
        cells += [_number(known["value"], known["standard_error"])]
        rows.append([_label(figure), *cells])
    return aligned(rows)


def _of_codes(figures):
    head = ["", f"{figures[0].details['held_out']:,} held-out"]
    return aligned([head] + [[_label(figure), _value(figure)] for figure in figures])


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


def _record(result):
    figure = result.score
    record = {"metric": figure.name, "value": figure.value, "better": figure.better}
    if figure.standard_error is not None:
        record["standard_error"] = figure.standard_error
    record |= {"n_real": result.real_count, "n_fake": result.fake_count}
    record |= {"kind": figure.kind} if figure.kind else {}
    if result.real_baseline:
        record["floor"] = {"value": result.real_baseline.value, "n_fake": result.baseline_count}
        record["matched"] = {"value": result.size_matched.value, "n_fake": result.baseline_count}
    return record | ({"details": figure.details} if figure.details else {})


def _label(figure):
    arrow = {"lower": " (lower is better)", "higher": " (higher is better)", "": ""}
    kind = f", {figure.kind}" if figure.kind else ""
    return f"{figure.name}{kind}{arrow[figure.better]}"


def _value(figure):
    value, error = figure.value, figure.standard_error
    if isinstance(value, int) or float(value).is_integer() and abs(value) < 1e6:
        text = f"{int(value)}"
        of = figure.details.get("of")
        return f"{text} of {of}" if of else text
    return _number(value, error)


def _number(value, error):
    return f"{value:.4g}" + (f" +- {error:.1g}" if error is not None else "")
