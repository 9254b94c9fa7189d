"""What a study varies and which score it optimizes, from flags to a `StudySpec` in JSON."""

import re

from absl import flags

ALGORITHMS = {"bayesian": None, "grid": "GRID_SEARCH", "random": "RANDOM_SEARCH"}
_SCALES = {
    "linear": "UNIT_LINEAR_SCALE",
    "log": "UNIT_LOG_SCALE",
    "reverse_log": "UNIT_REVERSE_LOG_SCALE",
}
_FORMS = (
    "NAME=double:LOW..HIGH, NAME=integer:LOW..HIGH, NAME=discrete:1,2,4 or NAME=categorical:a,b, "
    "each but the last with :linear, :log or :reverse_log at its end"
)
# By the deciding metric: the pattern of its first score's name, and the goal.
SCORES = {
    "fd": ("fd_|fid$", "minimize"),
    "fd_infinity": ("(fd|fid)_infinity", "minimize"),
    "kd": ("kd_|kid$", "minimize"),
    "swd": ("swd$", "minimize"),
    "is": ("is(_|$)", "maximize"),
    "pr": ("precision$", "maximize"),
    "dc": ("density$", "maximize"),
    "modes": ("modes$", "maximize"),
    "labels": ("label_accuracy$", "maximize"),
    "parzen": ("parzen_nats$", "maximize"),
}


def define(values):
    """The flags of the parameters that vary, and of the score."""
    flags.DEFINE_multi_string("parameter", [], f"A parameter to vary: {_FORMS}.", values)
    about = (
        "The deciding score by its name in an evaluation, such as fd_digits: the first score of "
    )
    flags.DEFINE_string("metric", "", about + "--evaluate_metrics.", values)
    flags.DEFINE_enum(
        "goal",
        "minimize",
        ["minimize", "maximize"],
        "Whether lower or higher scores are better.",
        values,
    )
    flags.DEFINE_integer("trials", 20, "Number of trials.", 1, flag_values=values)
    flags.DEFINE_integer(
        "parallel_trials", 2, "Number of trials that run at the same time.", 1, flag_values=values
    )
    about = "How values are chosen: by the results of earlier trials, all in turn, or at random."
    flags.DEFINE_enum("algorithm", "bayesian", list(ALGORITHMS), about, values)


def study_spec(values):
    """The study: dict, a `StudySpec` in JSON."""
    if not values.metric:
        raise ValueError("--metric is missing: the deciding score, such as fd_digits.")
    if not values.parameter:
        raise ValueError(f"--parameter is missing: {_FORMS}.")
    if values.parallel_trials > values.trials:
        raise ValueError(
            f"--parallel_trials={values.parallel_trials} is more than --trials={values.trials}."
        )
    parameters = [parameter_spec(text) for text in values.parameter]
    names = [parameter["parameterId"] for parameter in parameters]
    repeated = sorted({name for name in names if names.count(name) > 1})
    if repeated:
        raise ValueError(f"--parameter={repeated[0]} is given twice.")
    if values.algorithm == "grid" and any("doubleValueSpec" in each for each in parameters):
        raise ValueError("--algorithm=grid takes no double: list the values with discrete.")
    metrics = [{"metricId": values.metric, "goal": values.goal.upper()}]
    algorithm = ALGORITHMS[values.algorithm]
    optional = {"algorithm": algorithm} if algorithm else {}
    return {"metrics": metrics, "parameters": parameters} | optional


def parameter_spec(text):
    """`learning_rate=double:1e-4..1e-2:log` -> dict, a `StudySpec.ParameterSpec` in JSON."""
    match = re.fullmatch(r"(\w+)=(double|integer|discrete|categorical):(.+?)(?::(\w+))?", text)
    name, kind, domain, scale = match.groups() if match else (None,) * 4
    if not match or scale not in (None, *_SCALES) or (scale and kind == "categorical"):
        raise ValueError(f"--parameter takes {_FORMS}; received {text!r}.")
    try:
        spec, lowest = _domain(kind, domain)
    except ValueError as error:
        raise ValueError(f"--parameter={text}: {error}") from error
    if scale in ("log", "reverse_log") and lowest <= 0:
        raise ValueError(f"--parameter={text}: the {scale} scale is for positive values only.")
    return {"parameterId": name, **spec, **({"scaleType": _SCALES[scale]} if scale else {})}


def examples(parameter):
    """Values of a parameter for trials: list of str, the ends of a range or all of a list."""
    [domain] = (value for key, value in parameter.items() if key.endswith("ValueSpec"))
    values = domain.get("values") or [domain["minValue"], domain["maxValue"]]
    return [str(value) for value in values]  # 16 of a discrete parameter is written 16.0


def check_metric(values, decisive):
    """Raises ValueError for a score that trials with this deciding metric will not report."""
    pattern, goal = SCORES.get(decisive, ("", values.goal))
    if not re.match(pattern, values.metric):
        raise ValueError(
            f"The trials report the first score of {decisive}, and --metric={values.metric} is "
            "another: give --evaluate_metrics after the lone --."
        )
    if goal != values.goal:
        raise ValueError(f"--metric={values.metric} is to be {goal}d: --goal={goal}.")


def _domain(kind, text):
    """(the part of a `ParameterSpec` that holds the values, the least of them)."""
    if kind in ("categorical", "discrete"):
        values = [each.strip() for each in text.split(",")]
        if not all(values) or len(set(values)) < len(values):
            raise ValueError("the values must be different, with commas between them.")
        if kind == "categorical":
            return {"categoricalValueSpec": {"values": values}}, 1
        numbers = sorted(map(_number, values))
        return {"discreteValueSpec": {"values": numbers}}, numbers[0]
    low, dots, high = text.partition("..")
    if not dots:
        raise ValueError("a range is written LOW..HIGH.")
    low, high = _number(low), _number(high)
    if low >= high:
        raise ValueError(f"{low} is not below {high}.")
    if kind == "double":
        return {"doubleValueSpec": {"minValue": low, "maxValue": high}}, low
    if int(low) != low or int(high) != high:
        raise ValueError("an integer's range ends at integers.")
    ends = {"minValue": str(int(low)), "maxValue": str(int(high))}  # int64 in JSON
    return {"integerValueSpec": ends}, low


def _number(text):
    try:
        return float(text)
    except ValueError:
        raise ValueError(f"{text!r} is not a number.") from None
