"""The rules by which data are read, so that a run continues with the examples it began with.

Labels, splits and the held-out part of a dataset are decided by looking at it. The decisions are
`Source.decisions`, a dict that is empty where the rules BEFORE would have given the same examples.
They are recorded in a run's record and in the index of a prepared dataset. A record without them
stands for BEFORE: there is one label per immediate subfolder, if subfolders hold all images, sorted
as text, or the numbers from 0 to the largest; a tenth of all examples is held out, whatever their
classes. A record of domains whose folders are in another order than today's, B before a, stands for
CAPITALS_FIRST: all else is as today.
"""

BEFORE, CAPITALS_FIRST, TODAY = 1, 2, 3


def of_record(decisions):
    """The rules that made a record.

    >>> of_record({}) == BEFORE, of_record({"domains": "B, a"}) == CAPITALS_FIRST
    (True, True)
    """
    if not decisions:
        return BEFORE
    domains = decisions.get("domains", "").split(", ")
    return TODAY if domains == sorted(domains, key=without_case) else CAPITALS_FIRST


def without_case(name):
    """The key of an order of names in which a and A stand side by side."""
    return name.casefold(), name
