"""The source files of the library and of the programs, for tests of rules that all must keep."""

from pathlib import Path

ROOT = Path(__file__).parents[1]
FILES = sorted([*ROOT.glob("tfgan/**/*.py"), *ROOT.glob("pipelines/**/*.py")])
SOURCES = {path: path.read_text() for path in FILES}


def offenders(check):
    """The files that break a rule.

    Args:
      check: function, path -> what is wrong there; anything false if nothing is.
    Returns: dict of str to what `check` returned, by the path from the root.
    """
    wrong = {str(path.relative_to(ROOT)): check(path) for path in FILES}
    return {path: value for path, value in wrong.items() if value}
