"""checks the theory of GANs by numbers: a claim, what was measured, what it must be.

Each experiment holds losses, penalties, networks and models of tfgan against closed forms. All of
them take a few minutes. The exit code is 1 if a check fails.
"""

import difflib
import importlib
import sys
import time

from absl import flags

from tfgan.studies import theory

from . import parsing, path_flags, start
from .errors import UserError, write_errors


def define_flags(values):
    """The flags of `tfgan theory`."""
    flags.DEFINE_list(
        "only",
        [],
        f"Experiments, separated by commas: {', '.join(theory.EXPERIMENTS)}.",
        flag_values=values,
    )
    path_flags.define(
        "out",
        "",
        "FILE.html, a page of its own with tables and charts, and FILE.json beside it; or a folder "
        "for theory.html and theory.json.",
        values,
    )


def run(values, positionals):
    """Measures and prints; returns the exit code."""
    parsing.no_positionals(positionals)
    names = _names(values.only)
    start.tensorflow()
    from tfgan.studies.theory import page

    before = time.process_time()
    findings = {}
    for number, name in enumerate(names, 1):
        print(f"{number} of {len(names)}: {name}", file=sys.stderr, flush=True)
        module = importlib.import_module(f".theories.{name}", __package__)
        findings[name] = module.measure()
        print("\n".join(page.lines(name, findings[name])), flush=True)
    seconds = time.process_time() - before
    print(f"{page.summary(findings)}; {seconds:.0f} s of CPU time.")
    if values.out:
        _write(values.out, findings, seconds)
    return 0 if all(found.passed for found in findings.values()) else 1


def _names(only):
    """The experiments that were asked for, in their own order.

    Raises: UserError for a name that is none.
    """
    for name in only:
        if name not in theory.EXPERIMENTS:
            near = difflib.get_close_matches(name, theory.EXPERIMENTS) or theory.EXPERIMENTS
            raise UserError(f"There is no experiment {name!r}; there is {', '.join(near)}.")
    return [name for name in theory.EXPERIMENTS if name in only or not only]


def _write(out, findings, seconds):
    from tfgan import files, provenance
    from tfgan.studies.theory import page

    path = out if out.endswith(".html") else f"{out.rstrip('/')}/theory.html"
    versions = provenance.versions()
    with write_errors(path):
        for name, text in (
            (path, page.as_html(findings, seconds, versions)),
            (path.removesuffix(".html") + ".json", page.as_json(findings, seconds, versions)),
        ):
            files.write_text(name, text)
    print(f"Page: {path}")
