"""checks the theory of GANs numerically: each claim, its measurement, and the bound.

Each experiment compares losses, penalties, networks and models of tfgan with closed forms. All
together take a few minutes. The exit code is 1 if a check fails.
"""

import sys
import time

from absl import flags

from tfgan import failures, studies
from tfgan.studies import theory

from . import parsing, path_flags, start
from .errors import UserError, user_errors


def define_flags(values):
    """The flags of `tfgan theory`."""
    about = f"Experiments, separated by commas: {', '.join(theory.EXPERIMENTS)}."
    flags.DEFINE_list("only", [], about, flag_values=values)
    path_flags.define(
        "out",
        "",
        "FILE.html, a self-contained page with tables and charts, and FILE.json beside it; or a "
        "folder for theory.html and theory.json.",
        values,
    )


def run(values, positionals):
    """Measures and prints; returns the exit code."""
    parsing.no_positionals(positionals)
    try:
        names = theory.choose(values.only)
    except ValueError as error:
        raise UserError(str(error)) from error
    start.tensorflow()
    from tfgan.studies.theory import report

    if values.out:
        with user_errors():
            studies.check_packages("--out")
    before = time.process_time()
    findings = {}
    for number, name in enumerate(names, 1):
        print(f"{number} of {len(names)}: {name}", file=sys.stderr, flush=True)
        findings[name] = theory.measure(name)
        print("\n".join(report.lines(name, findings[name])), flush=True)
    seconds = time.process_time() - before
    print(f"{report.summary(findings)}; {seconds:.0f} s of CPU time.")
    if values.out:
        with user_errors(), failures.writing(values.out):
            print(f"Page: {report.write(values.out, findings, seconds)}")
    return 0 if all(finding.passed for finding in findings.values()) else 1
