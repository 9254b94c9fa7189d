"""The outcome of an experiment: a claim, the checks that decide it, and charts."""

import dataclasses
import functools
import math

from tfgan.studies.theory import chart


@dataclasses.dataclass(frozen=True)
class Check:
    """A measured number and what the theory requires of it.

    Attributes:
      relation: "=", "<=" or ">=".
      tolerance: float, 0 or more; for "=", how far `measured` may be from `expected`.
    """

    what: str
    measured: float
    relation: str
    expected: float
    tolerance: float = 0.0

    @property
    def passed(self):
        """Whether the number is as expected; NaN never is."""
        if self.relation == "<=":
            return self.measured <= self.expected
        if self.relation == ">=":
            return self.measured >= self.expected
        if math.isinf(self.expected):
            return self.measured == self.expected
        return abs(self.measured - self.expected) <= self.tolerance

    @property
    def requirement(self):
        """What was expected, as text: "= 1 +- 0.1"."""
        margin = f" +- {self.tolerance:.2g}" if self.relation == "=" else ""
        return f"{self.relation} {self.expected:.6g}{margin}"


def near(what, measured, expected, tolerance):
    """Check that measured = expected +- tolerance."""
    return Check(what, float(measured), "=", float(expected), float(tolerance))


def near_mean(what, estimate, expected):
    """Check that a `divergences.Estimate` is within 4 of its standard errors."""
    return near(what, estimate.value, expected, 4 * estimate.standard_error)


def at_most(what, measured, bound):
    """Check that measured <= bound."""
    return Check(what, float(measured), "<=", float(bound))


def at_least(what, measured, bound):
    """Check that measured >= bound."""
    return Check(what, float(measured), ">=", float(bound))


@dataclasses.dataclass(frozen=True)
class Finding:
    """The outcome of one experiment: the claim in a few words, with its formula, and its place."""

    title: str
    claim: str
    source: str
    checks: tuple[Check, ...]
    charts: tuple[chart.Chart, ...]

    @property
    def passed(self):
        """Whether all checks hold."""
        return all(check.passed for check in self.checks)


def experiment(title, claim, source):
    """Decorates a generator of checks and charts: the function then returns a `Finding`."""

    def decorate(measure):
        @functools.wraps(measure)
        def run(*args, **settings):
            results = list(measure(*args, **settings))
            checks = tuple(each for each in results if isinstance(each, Check))
            charts = tuple(each for each in results if isinstance(each, chart.Chart))
            return Finding(title, claim, source, checks, charts)

        return run

    return decorate
