"""Files that list the label of each image: CSV, JSON lines, and StyleGAN's dataset.json."""

import csv
import dataclasses
import io
import itertools
import json
import os
import re

import msgspec
import numpy as np
import tensorflow as tf

from tfgan import files, memory, words
from tfgan.data.labels import classes

DATASET = "dataset.json"
FILE_COLUMNS = ("file", "filename", "file_name", "path", "image", "image_id", "name", "id")
LABEL_COLUMNS = ("label", "class", "category", "class_name", "label_name", "target", "breed")

_SHOWN = 10  # entries that are kept in any case, for messages
_BYTES = 20  # of memory per byte of such a file
_JSON_LINES = (".jsonl", ".ndjson")
_SUFFIXES = (".csv", ".tsv", ".txt", *_JSON_LINES, ".json")


@dataclasses.dataclass(frozen=True)
class Listed:
    """The labels in a file.

    Attributes:
      where: str, how messages call the file, and which columns are read.
      labels: dict of image name -> int or str.
      class_names: tuple of str where integers have names; else None.
      others: int, how many more entries it has that cannot be among the images.
    """

    where: str
    labels: dict
    class_names: tuple | None = None
    others: int = 0

    def moved(self, above, root):
        """The same of a file in `above`, relative to `root`; both are empty or end in a slash."""
        labels = {f"{above}{name}".removeprefix(root): label for name, label in self.labels.items()}
        return dataclasses.replace(self, labels=labels)

    def of(self, names):
        """The class of each of some images, matched by the form of `_FORMS` that matches most.

        Returns: (int32 `[count]`, class names, how many listed images are not among `names`).
        Raises: ValueError for missing labels, two for one name, and numbers that are not classes.
        """
        labels = {}
        for form in _FORMS:
            if len(labels) < len(names):
                labels = max(labels, self._matched(form, names), key=len)
        missing = [name for name in names if name not in labels]
        if missing:
            raise ValueError(
                f"{self.where} has no label for {len(missing):,} of "
                f"{words.counted(len(names), 'image')}, such as {missing[0]}; it lists "
                f"{words.some(list(self.labels)) or 'none'}."
            )
        unused = len(self.labels) - len(labels) + self.others
        return *self._numbered([labels[name] for name in names]), unused

    def _matched(self, form, names):
        keys = {}
        for name in names:
            keys.setdefault(form(name), []).append(name)
        labels = {}
        for listed, label in self.labels.items():
            if len(keys.get(form(listed), ())) == 1:
                _add(self.where, labels, keys[form(listed)][0], label)
        return labels

    def _numbered(self, values):
        if self.class_names is not None:
            wrong = [value for value in values if not 0 <= value < len(self.class_names)]
            if wrong:
                raise ValueError(
                    f"The labels of {self.where} must be in 0..{len(self.class_names) - 1}, by its "
                    f"class_names; received {wrong[0]}."
                )
            return np.array(values, np.int32), self.class_names
        texts = [str(value) for value in values]
        if all(re.fullmatch("0|-?[1-9][0-9]{0,17}", text) for text in texts):
            return classes.of_numbers(f"The labels of {self.where}", [int(text) for text in texts])
        return classes.of_names(texts)


def read(path, names=None):
    """The labels in a CSV file, JSON lines or a dataset.json: `Listed`.

    A table has one image per line, in columns named as in `FILE_COLUMNS` and `LABEL_COLUMNS`;
    without a header these are the only two columns. Entries of other images are dropped.

    Args:
      path: str, anything that `tf.io.gfile` takes.
      names: list of str, the images that need labels; None for all entries.
    Raises: ValueError for another kind of file or content.
    """
    suffix = os.path.splitext(path)[1].lower()
    if suffix not in _SUFFIXES:
        raise ValueError(f"--labels takes a file {' '.join(_SUFFIXES)}; received {path}.")
    if not tf.io.gfile.exists(path) or tf.io.gfile.isdir(path):
        raise ValueError(f"--labels: there is no file {path}.")
    require(path, tf.io.gfile.stat(path).length)
    content = files.read_bytes(path, f"--labels: {path}")
    if suffix == ".json":
        listed = of_dataset(path, content, names)
        if listed is None or not listed.labels:
            raise ValueError(f"{path} must have an entry labels with a label for each image.")
        return listed
    try:
        content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ValueError(f"{path} must be text in UTF-8; byte {error.start} is not.") from error
    rows = _objects(path, content) if suffix in _JSON_LINES else _rows(path, content)
    return _table(path, rows, names)


def require(path, size):
    """Raises ValueError for a file of `size` bytes that memory does not hold."""
    memory.require(_BYTES * size, path)


def of_dataset(path, content, names=None):
    """The labels of a dataset.json: `Listed`, empty for `"labels": null`; None without that entry.

    StyleGAN's format, `{"labels": [["00000/img00000000.png", 6], ...]}`, and perhaps
    `"class_names": ["airplane", ...]`.
    Args: see `read`; `content` is bytes.
    Raises: ValueError for content in another form.
    """
    dataset = files.parse_json(content, _Dataset, f"{path} does not hold labels as StyleGAN's do")
    if dataset.labels is msgspec.UNSET:
        return None
    class_names = None if dataset.class_names is None else tuple(dataset.class_names)
    return _listed(path, path, dataset.labels or [], names, class_names)


def dataset(names, labels, class_names):
    """The text of a dataset.json, which `of_dataset` reads.

    >>> dataset(["a.png"], [1], ["cat", "dog"])
    '{"labels": [["a.png", 1]], "class_names": ["cat", "dog"]}'

    """
    pairs = [[name, int(label)] for name, label in zip(names, labels, strict=True)]
    return json.dumps({"labels": pairs, "class_names": list(class_names)})


class _Dataset(msgspec.Struct):
    labels: list[tuple[str, int]] | None | msgspec.UnsetType = msgspec.UNSET
    class_names: list[str] | None = None


def _without_suffix(name):
    return os.path.splitext(name)[0]


def _stem(name):  # equal for two names that are equal in any of the forms
    return _without_suffix(os.path.basename(name))


_FORMS = (os.path.normpath, os.path.basename, lambda n: _without_suffix(os.path.normpath(n)), _stem)


def _lines(content):
    return io.TextIOWrapper(io.BytesIO(content), "utf-8-sig", newline=None)


def _rows(path, content):
    reader = csv.reader(_lines(content), delimiter=_separator(content))
    try:
        for row in reader:
            if any(row):
                yield reader.line_num, [cell.strip() for cell in row]
    except csv.Error as error:
        raise ValueError(f"{path}: line {reader.line_num} cannot be read: {error}.") from error


def _separator(content):
    """What separates the cells: the first sign that occurs in every line, else a comma."""

    def is_everywhere(sign):
        return all(sign in line for line in _lines(content) if line.strip())

    return next(filter(is_everywhere, "\t;,"), ",")


def _objects(path, content):
    head = None
    for number, line in enumerate(_lines(content), 1):
        if line.strip():
            refusal = f"{path}: line {number} is not an object"
            entries = files.parse_json(line, dict[str, object], refusal)
            if head is None:
                head = list(entries)
                yield 0, head
            yield number, [entries.get(key) for key in head]


def _table(path, rows, names):
    first = next(rows, None)
    if first is None:
        raise ValueError(f"{path} is empty.")
    head = [str(cell).lower() for cell in first[1]]
    columns = [
        next((head.index(name) for name in known if name in head), None)
        for known in (FILE_COLUMNS, LABEL_COLUMNS)
    ]
    where = path
    if None not in columns:
        where = f"{path} (columns {head[columns[0]]} and {head[columns[1]]})"
    elif len(head) == 2 and columns == [None, None]:
        columns = [0, 1]
        rows = itertools.chain([first], rows)
    else:
        raise ValueError(
            f"{path} must have the columns file and label, or two columns without a header; "
            f"received {', '.join(head)}."
        )
    return _listed(path, where, (_pair(path, *row, columns) for row in rows), names)


def _pair(path, number, cells, columns):
    pair = [cells[column] if column < len(cells) else None for column in columns]
    for cell, role in zip(pair, ("name of an image", "label"), strict=True):
        if cell in (None, "") or type(cell) not in (str, int):
            raise ValueError(f"{path}: line {number} must have a {role}; received {cell!r}.")
    return str(pair[0]).replace("\\", "/"), pair[1]


def _listed(path, where, pairs, names, class_names=None):
    stems = None if names is None else {_stem(name) for name in names}
    labels, others = {}, 0
    for name, label in pairs:
        if stems is not None and len(labels) >= _SHOWN and _stem(name) not in stems:
            others += 1
        else:
            _add(path, labels, name, label)
    return Listed(where, labels, class_names, others)


def _add(where, labels, name, label):
    if labels.setdefault(name, label) != label:
        raise ValueError(f"{where} has two labels for {name}: {labels[name]} and {label}.")
