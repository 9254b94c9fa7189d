"""The rules by which data are read, so that a run continues with the examples it began with.

Labels, splits and the held-out part of a dataset are decided by looking at it. The decisions are
`Source.decisions`, a dict that is empty where the rules BEFORE would have given the same examples.
They are recorded in a run's record and in the index of a prepared dataset. A record without them
stands for BEFORE: there is one label per immediate subfolder, if subfolders hold all images, sorted
as text, or the numbers from 0 to the largest; a tenth of all examples is held out, whatever their
classes.
"""

BEFORE, TODAY = 1, 2


def of_record(decisions):
    """The rules that made a record: TODAY's only if it holds decisions."""
    return TODAY if decisions else BEFORE
