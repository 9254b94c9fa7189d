"""By which rules data are read, so that a run goes on with the examples that it began with.

Labels, splits and the held-out part of a set are decided by looking at it. What is decided is
`Source.decisions`, a dict that is empty where the rules of BEFORE would have given the same examples.
It is recorded in a run's record, and in the index of a prepared set. A record without it stands for
BEFORE: labels are one per immediate sub-folder, if sub-folders hold all images, sorted as text, or
the numbers from 0 to the largest; a tenth of all examples is held out, whatever their classes.
"""

BEFORE, TODAY = 1, 2


def of_record(decided):
    """The rules that made a record: TODAY's only if it holds decisions."""
    return TODAY if decided else BEFORE
