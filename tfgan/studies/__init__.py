"""Experiments on the library: its theory, families of models compared, and benchmarks."""

from tfgan import extras


def check_packages(subject):
    """Refuses in one sentence what needs the packages of the extra `studies`, if one is missing.

    Args:
      subject: str, what needs them, as the beginning of the sentence.
    Raises: ValueError.
    """
    with extras.require("studies", subject):
        import jinja2  # noqa: F401
        import matplotlib  # noqa: F401
        import scipy  # noqa: F401
        import sklearn  # noqa: F401
