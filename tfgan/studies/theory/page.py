"""The findings for people and for programs: lines of text, one HTML page, JSON."""

import html
import json
import math

from tfgan.studies import html as pages
from tfgan.studies.theory import EXPERIMENTS, chart

_HEAD = "<tr><th>check</th><th>measured</th><th>expected</th><th></th></tr>"
_STYLE = """
svg { width: 100%; max-width: 760px; display: block; margin: 1em 0 }
svg text { font: 12px system-ui, sans-serif; fill: #222 }
svg .title { font-weight: 600; font-size: 13px } svg .tick { font-size: 11px; fill: #555 }
svg .end { text-anchor: end } svg .middle { text-anchor: middle }
svg .grid { stroke: #e6e6e6 } svg .axis { stroke: #777; fill: none }
svg .curve { fill: none; stroke-width: 1.8 }
"""


def lines(name, found):
    """One experiment as lines of text: its title, and a line a check."""
    yield f"{name}: {EXPERIMENTS[name]}"
    for check in found.checks:
        yield f"  {_word(check):<6}{check.what:<62}{check.measured:>12.6g}  {check.wanted}"


def summary(findings):
    """How many checks hold, in one sentence without a full stop."""
    checks = [check for found in findings.values() for check in found.checks]
    held = sum(check.passed for check in checks)
    return f"{held} of {len(checks)} checks hold"


def as_html(findings, seconds, versions):
    """One page that refers to nothing outside of itself: str.

    Args:
      findings: dict of `finding.Finding` by name.
      seconds: float, of CPU time.
      versions: dict of str, what made the numbers.
    """
    made = html.escape(", ".join(f"{name} {number}" for name, number in versions.items()))
    head = (
        "<h1>The theory of GANs, checked by numbers</h1>\n"
        f"<p>{html.escape(summary(findings))}. {seconds:.0f} s of CPU time; {made}.</p>"
    )
    rows = "\n".join(
        f"<tr><td><a href='#{name}'>{html.escape(EXPERIMENTS[name])}</a></td>"
        f"<td>{html.escape(found.claim)}</td><td>{_verdict(found)}</td></tr>"
        for name, found in findings.items()
    )
    table = f"<table><tr><th>experiment</th><th>claim</th><th></th></tr>\n{rows}</table>"
    sections = "\n".join(_section(name, found) for name, found in findings.items())
    return pages.page("tfgan theory", f"{head}\n{table}\n{sections}", _STYLE)


def as_json(findings, seconds, versions):
    """The same for a program: str. Numbers that JSON lacks are strings ("inf", "nan")."""
    experiments = {
        name: {
            "title": EXPERIMENTS[name],
            "claim": found.claim,
            "source": found.source,
            "passed": found.passed,
            "checks": [
                {
                    "what": check.what,
                    "measured": _number(check.measured),
                    "relation": check.relation,
                    "expected": _number(check.expected),
                    "tolerance": check.tolerance,
                    "passed": check.passed,
                }
                for check in found.checks
            ],
            "charts": [_curves(each) for each in found.charts],
        }
        for name, found in findings.items()
    }
    whole = {"cpu_seconds": seconds, "versions": versions, "experiments": experiments}
    return json.dumps(whole, indent=1, allow_nan=False) + "\n"


def _section(name, found):
    rows = "\n".join(
        f"<tr><td>{html.escape(check.what)}</td><td class='number'>{check.measured:.6g}</td>"
        f"<td class='number'>{html.escape(check.wanted)}</td><td>{_verdict(check)}</td></tr>"
        for check in found.checks
    )
    drawn = "\n".join(chart.svg(each) for each in found.charts)
    return (
        f"<h2 id='{name}'>{html.escape(EXPERIMENTS[name])}</h2>\n"
        f"<p>{html.escape(found.claim)}</p>\n<table>{_HEAD}\n{rows}</table>\n"
        f"{drawn}\n<p class='small'>{html.escape(found.source)}</p>"
    )


def _curves(drawn):
    return {
        "title": drawn.title,
        "x_label": drawn.x_label,
        "y_label": drawn.y_label,
        "lines": [
            {"name": line.name, "x": _numbers(line.x), "y": _numbers(line.y)}
            for line in drawn.lines
        ],
    }


def _verdict(judged):
    word = _word(judged)
    return f"<span class='{word.lower()}'>{word}</span>"


def _word(judged):
    return "holds" if judged.passed else "FAILS"


def _numbers(values):
    return [_number(value) for value in values]


def _number(value):
    value = float(value)
    return value if math.isfinite(value) else str(value)
