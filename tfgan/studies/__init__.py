"""Experiments on the library: its theory, families of models compared, and benchmarks."""

from tfgan import extras


def check_packages(subject):
    """Refuses `subject`, which needs the extra `studies`, if a package of it is missing."""
    with extras.require("studies", subject):
        import jinja2  # noqa: F401
        import matplotlib  # noqa: F401
        import scipy  # noqa: F401
        import sklearn  # noqa: F401
