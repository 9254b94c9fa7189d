"""Which array of a file holds what, by the names that people use.

data, images, x, arr_0, ...                       the examples
label, labels, y, targets, arr_1, ...             their labels
x_train, train_images, ... x_test, test_images    the same of two parts
"""

import dataclasses
import re

_EXAMPLES = (
    "data", "image", "images", "img", "imgs", "x", "sample", "samples", "pixels", "video",
    "videos", "point", "points", "arr_0",
)  # fmt: skip
_LABELS = ("label", "labels", "y", "target", "targets", "class", "classes", "arr_1")
_SPLITS = (
    dict.fromkeys(("train", "training"), "train")
    | dict.fromkeys(("test", "testing"), "test")
    | dict.fromkeys(("val", "valid", "validation"), "val")
)
_SPLIT = "|".join(sorted(_SPLITS, key=len, reverse=True))
_KEY = re.compile(rf"(?:(?P<before>{_SPLIT})[_-]?)?(?P<stem>.*?)(?:[_-]?(?P<behind>{_SPLIT}))?")


@dataclasses.dataclass(frozen=True)
class Part:
    """The keys of some examples and of their labels, or None."""

    data: str
    label: str | None = None


@dataclasses.dataclass(frozen=True)
class Keys:
    """What the arrays of a file are.

    Attributes:
      training: `Part`.
      held_out: `Part`, the file's own test part; None without one.
      unused: tuple of str, other arrays.
    """

    training: Part
    held_out: Part | None
    unused: tuple

    @property
    def parts(self):
        """The training part, and the held-out one if there is one."""
        return [part for part in (self.training, self.held_out) if part]

    @property
    def decisions(self):
        """What is used besides the examples: dict of str, see `Source`."""
        labels = {"labels": self.training.label} if self.training.label else {}
        return labels | ({"held out": self.held_out.data} if self.held_out else {})


def as_before(forms):
    """What releases that recorded no decisions read from a file: `Keys`; None if they refuse it.

    Args:
      forms: dict of key -> what has a `shape`.
    """
    candidates = [key for key in forms if key != "label"]
    named = [key for key in ("data", "images", "x") if key in candidates]
    if not named and len(candidates) != 1:
        return None
    part = Part((named or candidates)[0], "label" if "label" in forms else None)
    return Keys(part, None, tuple(key for key in forms if key not in (part.data, part.label)))


def find(name, forms, data=None, label=None):
    """Which arrays are used for what: `Keys`.

    Args:
      name: str, how messages call the file.
      forms: dict of key -> what has a `shape`, in the order of the file.
      data: str, the key of the examples that the user gives; None to find them.
      label: str, that of the labels, or "none" for no labels; None to find them.
    Raises: ValueError for a missing key, and where several keys are possible.
    """
    for key in (data, label):
        if key not in (None, "none", *forms):
            raise ValueError(f"{name} has no array {key!r}; there is {', '.join(forms) or 'none'}.")
    training = data or _examples(name, forms)
    split = _read(training)[1]
    labels = (None if label == "none" else label) if label else _labels(name, forms, training)
    part = Part(training, labels)
    held_out = _held_out(forms, part, without_labels=labels is None) if split == "train" else None
    used = {key for each in (part, held_out) if each for key in (each.data, each.label)}
    return Keys(part, held_out, tuple(key for key in forms if key not in used))


def _read(key):
    """(stem, split or None) of a key: "x_train" -> ("x", "train")."""
    match = _KEY.fullmatch(key.lower())
    split = match["before"] or match["behind"]
    return (match["stem"], _SPLITS[split]) if split else (key.lower(), None)


def _examples(name, forms):
    stems = {key: _read(key) for key in forms}
    named = [
        key for key, (stem, split) in stems.items() if stem in (*_EXAMPLES, *([""] * bool(split)))
    ]
    for split in ("train", None, "test", "val"):
        fitting = [key for key in named if stems[key][1] == split]
        if fitting:
            return _only(name, forms, fitting)
    others = [key for key in forms if stems[key][0] not in _LABELS and len(forms[key].shape) > 1]
    return _only(name, forms, others)


def _only(name, forms, candidates):
    if len(candidates) == 1:
        return candidates[0]
    if candidates:
        raise ValueError(
            f"{name} holds several arrays that may be the examples: add "
            f"{' or '.join(f'#{key}' for key in candidates)} to the name."
        )
    listed = ", ".join(f"{key} {list(form.shape)}" for key, form in forms.items()) or "none"
    raise ValueError(
        f"{name} must hold its examples as the array data, images or x, or as the only array; it "
        f"holds {listed}."
    )


def _labels(name, forms, training):
    split = _read(training)[1]
    count = forms[training].shape[:1]
    named = [key for key in forms if _read(key)[0] in _LABELS and key != training]
    same = [key for key in named if _read(key)[1] == split]
    fitting = [key for key in same if forms[key].shape[:1] == count] or same
    if len(fitting) > 1:
        raise ValueError(
            f"{name} holds several arrays that may be the labels: add #label=KEY to the name, of "
            f"{', '.join(fitting)} or none."
        )
    return fitting[0] if fitting else None


def _held_out(forms, part, without_labels):
    """The test part that belongs to a training part, or else its validation part."""
    for split in ("test", "val"):
        data, label = (_in_split(forms, key, split) for key in (part.data, part.label))
        if data and (label or without_labels):
            return Part(data, label)
    return None


def _in_split(forms, key, split):
    return next((each for each in forms if key and _read(each) == (_read(key)[0], split)), None)
