"""Which tests `pytest` leaves out unless they are named, see `.ci/second_stage`."""

import runpy

from .sources import ROOT

SCRIPT = runpy.run_path(str(ROOT / ".ci" / "second_stage"))
PARTS = SCRIPT["PARTS"]


def left_out(path, parts):
    """Whether a path belongs to a part of the second stage that `--second-stage=parts` lacks."""
    names = [name for name, (_, tests) in PARTS.items() if str(path.relative_to(ROOT)) in tests]
    return bool(names) and names[0] not in parts.split(",")


def is_left_out(item, parts):
    """Whether the mark of a test puts it into a part that `--second-stage=parts` lacks."""
    mark = item.get_closest_marker("second_stage")
    return mark is not None and mark.args[0] not in parts.split(",")
