"""What was claimed against what was measured: a verdict and a sentence a claim.

A sentence that the figures can turn either way is chosen by the figures; what is true by
mathematics alone comes from `Family.corrections`.
"""

import dataclasses

from tfgan.studies.families.claims import BEST_FIRST, CLAIMS, ROWS
from tfgan.studies.families.families import FAMILIES

_SURE = 2.0  # standard errors
_SLOW = 2.0  # times as long as the slowest of the lecture's models of one pass

AGREES, DIFFERS, UNTOLD = "agrees", "differs", "cannot be told"


@dataclasses.dataclass(frozen=True)
class Verdict:
    """What became of one claim.

    Attributes:
      row: str, of `claims.ROWS`.
      family: str, of `families.FAMILIES`.
      claim: str, the lecture's word.
      verdict: "agrees", "differs" or "cannot be told".
      sentence: str, why.
    """

    row: str
    family: str
    claim: str
    verdict: str
    sentence: str


def verdicts(measured, reference):
    """One Verdict for each claim about a family that was measured, row by row.

    Args:
      measured: dict of what `measurements.model` returned, by family.
      reference: dict, what `measurements.reference` returned.
    Returns: list of Verdict.
    """
    judges = {
        "Abstraction": lambda name, claim: _abstraction(claim, measured[name]["abstraction"]),
        "Generation": lambda name, claim: _generation(measured[name]["samples"]),
        "Compute P(X)": lambda name, claim: _likelihood(name, claim, measured),
        "Sampling": lambda name, claim: _sampling(name, claim, measured),
        "Type": _type,
        "Loss": lambda name, claim: _by_class(name, "Loss", "loss"),
        "Assumptions": lambda name, claim: _by_class(name, "Assumptions", "assumptions"),
        "Samples": lambda name, claim: _quality(name, measured, reference["samples"]),
    }
    found = []
    for row in ROWS:
        for name in measured:
            lecture = FAMILIES[name].lecture
            if lecture:
                claim = CLAIMS[lecture][row]
                found.append(Verdict(row, name, claim, *judges[row](name, claim)))
    return found


def _abstraction(claim, found):
    if "sentence" in found:
        return (DIFFERS if claim == "Yes" else AGREES), found["sentence"]
    gain, error = found["gain_over_pixels"], found["gain_error"]
    if abs(gain) <= _SURE * error:
        than = "no more and no less than"
    else:
        than = f"{100 * abs(gain):.1f} points {'more' if gain > 0 else 'less'} than"
    return (
        AGREES if claim == "Yes" else DIFFERS,
        f"A linear classifier reads {found['accuracy']:.1%} of the labels from "
        f"{found['dimensions']} numbers, {than} from the pixels.",
    )


def _generation(samples):
    modes = samples["as stored"].get("modes")
    if modes is None or modes["of"] is None:
        return AGREES, "It was sampled."
    found, of = int(modes["value"]), modes["of"]
    which = f"all {of}" if found == of else f"only {found} of {of}"
    return AGREES, f"It was sampled; the samples show {which} classes."


def _likelihood(name, claim, measured):
    found = measured[name]["log_prob"]
    if "sentence" in found:
        return (AGREES if claim == "No" else DIFFERS), found["sentence"]
    value = f"{found['nats']:.1f} nats"
    if found["kind"] == "exact":
        return (AGREES if claim == "Tractable" else DIFFERS), f"Exact: {value}."
    verdict = AGREES if claim == "Intractable" else DIFFERS
    if found["kind"] == "estimate":
        return verdict, (
            "All but the constant Z is tractable; Z was estimated "
            f"({value}, of which log Z is uncertain by {found['shared_error']:.1g})."
        )
    return verdict, f"Not itself, but a bound below it: {value}.{_against_exact(found, measured)}"


def _against_exact(bound, measured):
    """What a lower bound says beside the best exact likelihood."""
    exact = {
        name: found["log_prob"]
        for name, found in measured.items()
        if found["log_prob"].get("kind") == "exact"
    }
    if not exact:
        return ""
    best = max(exact, key=lambda name: exact[name]["nats"])
    lead = bound["nats"] - exact[best]["nats"]
    error = (bound["standard_error"] ** 2 + exact[best]["standard_error"] ** 2) ** 0.5
    heading = FAMILIES[best].heading
    if lead > _SURE * error:
        return f" That is {lead:.1f} above {heading}'s exact one, so it models these data better."
    if lead < -_SURE * error:
        return (
            f" That is {-lead:.1f} below {heading}'s exact one; a loose bound may be part of that."
        )
    return f" That is within the error of {heading}'s exact one."


def _sampling(name, claim, measured):
    own = measured[name]["sampling"]
    passes, ms = own["sequential_passes"], own["ms_per_1000"]
    quick = {
        other: found["sampling"]["ms_per_1000"]
        for other, found in measured.items()
        if FAMILIES[other].lecture and found["sampling"]["sequential_passes"] == 1
    }
    if claim == "Fast":
        return (AGREES if passes == 1 else DIFFERS), f"{_speed(passes, ms)}."
    if not quick:
        return (AGREES if claim == "MCMC" else UNTOLD), (
            f"{_speed(passes, ms)}; no model of one pass to compare with."
        )
    slowest = max(quick, key=quick.get)
    ratio = ms / quick[slowest]
    verdict = AGREES if claim == "MCMC" or ratio >= _SLOW else DIFFERS
    return verdict, (
        f"{_speed(passes, ms)}: {ratio:.3g} times as long as {FAMILIES[slowest].heading}."
    )


def _speed(passes, ms):
    told = "one pass" if passes == 1 else f"{passes:,} passes one after another"
    return f"{told[0].upper()}{told[1:]}, {ms:,.0f} ms for 1,000 samples"


def _type(name, claim):
    own = FAMILIES[name].type
    return (AGREES if own == claim.lower() else DIFFERS), f"The graph is {own}."


def _by_class(name, row, attribute):
    """What is true whatever was measured."""
    family = FAMILIES[name]
    correction = family.corrections.get(row)
    if correction:
        return DIFFERS, correction
    told = getattr(family, attribute)
    return AGREES, f"{told[0].upper()}{told[1:]}."


def _quality(name, measured, reference):
    """Places among the families of the lecture, by the distance of the samples from real ones."""
    figure = next(iter(reference["as stored"]))
    judged = [other for other in measured if FAMILIES[other].lecture]
    best_first = sorted(judged, key=lambda other: BEST_FIRST.index(FAMILIES[other].lecture))
    columns = {FAMILIES[other].lecture for other in judged}
    value = measured[name]["samples"]["as stored"][figure]["value"]
    floor = reference["as stored"][figure]["value"]
    told = f"{figure} {value:.3g}, where real examples score {floor:.3g}"
    if len(columns) < 2:
        return UNTOLD, f"{told}; there is no other family to rank it with."
    lecture = FAMILIES[name].lecture
    claimed = sorted(columns, key=BEST_FIRST.index).index(lecture) + 1
    places = {
        kind: _place(lecture, kind, figure, best_first, measured)
        for kind in ("as stored", "black and white")
    }
    same = len(set(places.values())) == 1
    place = places["as stored"]
    of = f"of {len(columns)}"
    other = "" if same else f" ({places['black and white']} with all samples in black and white)"
    if place == claimed:
        return AGREES, f"{told}: place {place} {of}{other}, as the lecture has it."
    return DIFFERS, f"{told}: place {place} {of}{other}; the lecture has it at {claimed}."


def _place(lecture, kind, figure, judged, measured):
    """The place of a column of the lecture; the best of several families stands for it."""
    best = {}
    for name in judged:
        column = FAMILIES[name].lecture
        value = measured[name]["samples"][kind][figure]["value"]
        best[column] = min(value, best.get(column, value))
    return sorted(best, key=best.get).index(lecture) + 1
