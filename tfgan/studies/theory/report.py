"""The findings for people and for programs: lines of text, one HTML page, JSON."""

import dataclasses

from tfgan import files, provenance
from tfgan.studies import reports
from tfgan.studies.theory import chart


def lines(name, finding):
    """One experiment as lines of text: its title, and one line per check."""
    yield f"{name}: {finding.title}"
    for check in finding.checks:
        verdict = "holds" if check.passed else "FAILS"
        yield f"  {verdict:<6}{check.what:<62}{check.measured:>12.6g}  {check.requirement}"


def summary(findings):
    """How many checks hold, in one sentence without a full stop."""
    checks = [check for finding in findings.values() for check in finding.checks]
    return f"{sum(check.passed for check in checks)} of {len(checks)} checks hold"


def write(out, findings, seconds):
    """Writes the page and the numbers: str, the path of the page.

    Args:
      out: str, FILE.html, with FILE.json beside it; or a folder, for theory.html and theory.json.
      findings: dict of `finding.Finding` by the name of the experiment.
      seconds: float, of CPU time.
    """
    path = out if out.endswith(".html") else f"{out.rstrip('/')}/theory.html"
    versions = provenance.versions()
    files.write_text(path, as_html(findings, seconds, versions))
    files.write_text(f"{path.removesuffix('.html')}.json", as_json(findings, seconds, versions))
    return path


def as_html(findings, seconds, versions):
    """One page that refers to nothing outside itself: str; the arguments are those of `write`."""
    return reports.html(
        "theory.html",
        title="The theory of GANs, checked by numbers",
        summary=summary(findings),
        seconds=seconds,
        versions=", ".join(f"{name} {number}" for name, number in versions.items()),
        findings=findings,
        svg=chart.svg,
    )


def as_json(findings, seconds, versions):
    """The same numbers for a program: str."""
    experiments = {
        name: {
            "title": finding.title,
            "claim": finding.claim,
            "source": finding.source,
            "passed": finding.passed,
            "checks": [
                dataclasses.asdict(check) | {"passed": check.passed} for check in finding.checks
            ],
            "charts": [_numbers(each) for each in finding.charts],
        }
        for name, finding in findings.items()
    }
    return reports.strict_json(
        {"cpu_seconds": seconds, "versions": versions, "experiments": experiments}
    )


def _numbers(drawing):
    lines = [
        {"name": line.name, "x": list(map(float, line.x)), "y": list(map(float, line.y))}
        for line in drawing.lines
    ]
    labels = {"title": drawing.title, "x_label": drawing.x_label, "y_label": drawing.y_label}
    return labels | {"lines": lines}
