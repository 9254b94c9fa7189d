"""What was claimed against what was measured: a verdict and a sentence for each claim.

A sentence that the measurements can turn either way is chosen by them; what is true by mathematics
alone comes from `Family.corrections`.
"""

import dataclasses

from tfgan.studies.families.claims import BEST_FIRST, CLAIMS, ROWS
from tfgan.studies.families.families import FAMILIES

_ERRORS = 2.0  # standard errors within which a difference counts as none
_SLOW = 2.0  # times as long as the slowest of the lecture's models of one pass

AGREES, DIFFERS, UNDECIDED = "agrees", "differs", "undecided"


@dataclasses.dataclass(frozen=True)
class Verdict:
    """The outcome of one claim: the lecture's word, AGREES, DIFFERS or UNDECIDED, and why."""

    row: str
    family: str
    claim: str
    verdict: str
    sentence: str


def verdicts(measured, reference):
    """One Verdict for each claim about a family that was measured, row by row: list.

    The arguments are those of `tables.measured`.
    """
    judges = {
        "Abstraction": lambda name, claim: _abstraction(claim, measured[name]["abstraction"]),
        "Generation": lambda name, claim: _generation(measured[name]["samples"]),
        "Compute P(X)": lambda name, claim: _likelihood(name, claim, measured),
        "Sampling": lambda name, claim: _sampling(name, claim, measured),
        "Type": _type,
        "Loss": lambda name, claim: _by_class(name, "Loss"),
        "Assumptions": lambda name, claim: _by_class(name, "Assumptions"),
        "Samples": lambda name, claim: _quality(name, measured, reference["samples"]),
    }
    claims = {name: CLAIMS.get(FAMILIES[name].lecture) for name in measured}
    return [
        Verdict(row, name, column[row], *judges[row](name, column[row]))
        for row in ROWS
        for name, column in claims.items()
        if column
    ]


def _agreement(agrees):
    return AGREES if agrees else DIFFERS


def _abstraction(claim, code):
    if "sentence" in code:
        return _agreement(claim != "Yes"), code["sentence"]
    gain = code["gain_over_pixels"]
    than = "no more and no less than"
    if abs(gain) > _ERRORS * code["gain_error"]:
        than = f"{100 * abs(gain):.1f} points {'more' if gain > 0 else 'less'} than"
    return (
        _agreement(claim == "Yes"),
        f"A linear classifier reads {code['accuracy']:.1%} of the labels from "
        f"{code['dimensions']} numbers, {than} from the pixels.",
    )


def _generation(samples):
    modes = samples["as stored"].get("modes")
    if modes is None or modes["of"] is None:
        return AGREES, "Samples were drawn."
    count, classes = int(modes["value"]), modes["of"]
    which = f"all {classes}" if count == classes else f"only {count} of {classes}"
    return AGREES, f"Samples were drawn; they show {which} classes."


def _likelihood(name, claim, measured):
    log_prob = measured[name]["log_prob"]
    if "sentence" in log_prob:
        return _agreement(claim == "No"), log_prob["sentence"]
    value = f"{log_prob['nats']:.1f} nats"
    if log_prob["kind"] == "exact":
        return _agreement(claim == "Tractable"), f"Exact: {value}."
    if log_prob["kind"] == "estimate":
        sentence = (
            "All but the constant Z is tractable; Z was estimated "
            f"({value}, of which log Z is uncertain by {log_prob['shared_error']:.1g})."
        )
    else:
        sentence = f"Only a bound below it: {value}.{_against_exact(log_prob, measured)}"
    return _agreement(claim == "Intractable"), sentence


def _against_exact(bound, measured):
    exact = {
        name: results["log_prob"]
        for name, results in measured.items()
        if results["log_prob"].get("kind") == "exact"
    }
    if not exact:
        return ""
    best = max(exact, key=lambda name: exact[name]["nats"])
    lead = bound["nats"] - exact[best]["nats"]
    error = (bound["standard_error"] ** 2 + exact[best]["standard_error"] ** 2) ** 0.5
    likelihood = f"{FAMILIES[best].heading}'s exact one"
    if lead > _ERRORS * error:
        return f" That is {lead:.1f} above {likelihood}, so it models these data better."
    if lead < -_ERRORS * error:
        return f" That is {-lead:.1f} below {likelihood}; a loose bound may be part of that."
    return f" That is within the error of {likelihood}."


def _sampling(name, claim, measured):
    own = measured[name]["sampling"]
    passes, ms = own["sequential_passes"], own["ms_per_1000"]
    speed = "One pass" if passes == 1 else f"{passes:,} passes one after another"
    speed += f", {ms:,.0f} ms for 1,000 samples"
    if claim == "Fast":
        return _agreement(passes == 1), f"{speed}."
    one_pass = {
        other: results["sampling"]["ms_per_1000"]
        for other, results in measured.items()
        if FAMILIES[other].lecture and results["sampling"]["sequential_passes"] == 1
    }
    if not one_pass:
        verdict = AGREES if claim == "MCMC" else UNDECIDED
        return verdict, f"{speed}; there is no model of one pass to compare with."
    slowest = max(one_pass, key=one_pass.get)
    ratio = ms / one_pass[slowest]
    return (
        _agreement(claim == "MCMC" or ratio >= _SLOW),
        f"{speed}: {ratio:.3g} times as long as {FAMILIES[slowest].heading}.",
    )


def _type(name, claim):
    graph = FAMILIES[name].type
    return _agreement(graph == claim.lower()), f"The graph is {graph}."


def _by_class(name, row):
    correction = FAMILIES[name].corrections.get(row)
    if correction:
        return DIFFERS, correction
    fact = getattr(FAMILIES[name], row.lower())
    return AGREES, f"{fact[0].upper()}{fact[1:]}."


def _quality(name, measured, reference):
    """The rank among the lecture's families, by the distance of the samples from real examples."""
    metric = next(iter(reference["as stored"]))
    lecture = FAMILIES[name].lecture
    value = measured[name]["samples"]["as stored"][metric]["value"]
    real = reference["as stored"][metric]["value"]
    scores = f"{metric} {value:.3g}, where real examples score {real:.3g}"
    ranking, binary_ranking = (
        _ranking(kind, metric, measured) for kind in ("as stored", "black and white")
    )
    if len(ranking) < 2:
        return UNDECIDED, f"{scores}; there is no other family to rank it with."
    rank, binary_rank = ranking.index(lecture) + 1, binary_ranking.index(lecture) + 1
    scores += f": rank {rank} of {len(ranking)}"
    if rank != binary_rank:
        scores += f" ({binary_rank} with all samples in black and white)"
    claimed = sorted(ranking, key=BEST_FIRST.index).index(lecture) + 1
    if rank == claimed:
        return AGREES, f"{scores}, as in the lecture."
    return DIFFERS, f"{scores}; the lecture has it at {claimed}."


def _ranking(kind, metric, measured):
    """The columns of the lecture, best first: the best of several families stands for a column."""
    best = {}
    for column in BEST_FIRST:
        values = [
            results["samples"][kind][metric]["value"]
            for name, results in measured.items()
            if FAMILIES[name].lecture == column
        ]
        best |= {column: min(values)} if values else {}
    return sorted(best, key=best.get)
