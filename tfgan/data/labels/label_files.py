"""Files that name the label of each image: CSV, JSON lines, and the dataset.json of StyleGAN."""

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

_SHOWN = 10  # that are kept in any case, so that messages can say what is listed
_BYTES = 20  # of memory for a byte of such a file
_JSON_LINES = (".jsonl", ".ndjson")
_SUFFIXES = (".csv", ".tsv", ".txt", *_JSON_LINES, ".json")


@dataclasses.dataclass(frozen=True)
class Listed:
    """What a file says about images.

    Attributes:
      where: str, the file, as messages name it, and which columns are read.
      labels: dict of image name -> int or str.
      class_names: tuple of str where integers have names; else None.
      others: int, how many more it lists that cannot be among the images.
    """

    where: str
    labels: dict
    class_names: tuple | None = None
    others: int = 0

    def moved(self, above, root):
        """The same, of a file in the folder `above`, for images named as seen from `root`.

        Args:
          above, root: str, empty or with a slash at the end.
        """
        labels = {f"{above}{name}".removeprefix(root): label for name, label in self.labels.items()}
        return dataclasses.replace(self, labels=labels)

    def of(self, names):
        """The class of each of some images.

        Images are looked for by their whole name, else by the name without folders, and then
        without the suffix as well: by the first of these that finds the most.

        Args:
          names: list of str, relative to the folder of the images.
        Returns: (int32 `[count]`, class names, how many listed images are not among `names`).
        Raises: ValueError for images without a label, two labels for one name, and numbers that are
          not classes.
        """
        found = {}
        for form in _FORMS:
            if len(found) < len(names):
                found = max(found, self._by(form, names), key=len)
        missing = [name for name in names if name not in found]
        if missing:
            raise ValueError(
                f"{self.where} has no label for {len(missing):,} of "
                f"{words.counted(len(names), 'image')}, such as {missing[0]}; it lists "
                f"{words.some(list(self.labels)) or 'none'}."
            )
        unused = len(self.labels) - len(found) + self.others
        return *self._numbered([found[name] for name in names]), unused

    def _by(self, form, names):
        """{name: label} of the images that are found by a form of their names."""
        keys = {}
        for name in names:
            keys.setdefault(form(name), []).append(name)
        found = {}
        for listed, label in self.labels.items():
            if len(keys.get(form(listed), ())) == 1:
                [name] = keys[form(listed)]
                if found.setdefault(name, label) != label:
                    raise ValueError(
                        f"{self.where} has two labels for {name}: {found[name]}, {label}."
                    )
        return found

    def _numbered(self, values):
        if self.class_names is not None:
            wrong = [value for value in values if not 0 <= value < len(self.class_names)]
            if wrong:
                raise ValueError(
                    f"The labels of {self.where} must be in 0..{len(self.class_names) - 1}, as it "
                    f"names so many classes; received {wrong[0]}."
                )
            return np.array(values, np.int32), self.class_names
        texts = [str(value) for value in values]
        if all(re.fullmatch("0|-?[1-9][0-9]{0,17}", text) for text in texts):
            return classes.of_numbers(f"The labels of {self.where}", [int(text) for text in texts])
        return classes.of_names(texts)


def read(path, names=None):
    """The labels in a CSV file, JSON lines or a dataset.json: `Listed`.

    A file may list far more than there is in a folder: only what can be of an image is kept.

    A table has one image a line: its name and its label, in columns that its head names as in
    `FILE_COLUMNS` and `LABEL_COLUMNS`; without a head these are the only two columns.

    Args:
      path: str, anything that `tf.io.gfile` takes.
      names: list of str, the images that labels are wanted for; None for whatever is listed.
    Raises: ValueError for another kind of file, and one that cannot be understood.
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
    _check_text(path, content)
    rows = _objects(path, content) if suffix in _JSON_LINES else _rows(path, content)
    return _table(path, rows, names)


def require(path, size):
    """Refuses a file of labels that memory does not hold.

    Args:
      path: str.
      size: int, its bytes.
    """
    memory.require(_BYTES * size, path)


def of_dataset(path, content, names=None):
    """The labels of a dataset.json: `Listed`, which is empty for `"labels": null`.

    It has the layout of StyleGAN, `{"labels": [["00000/img00000000.png", 6], ...]}`, and may name
    the classes as well: `"class_names": ["airplane", ...]`.

    Args:
      path: str, for messages.
      content: bytes.
      names: as of `read`.
    Returns: `Listed`; None for a file of something else, without such an entry.
    Raises: ValueError for content that is not JSON, and labels in another form.
    """
    dataset = files.parse_json(content, _Dataset, f"{path} does not hold labels as StyleGAN's do")
    if dataset.labels is msgspec.UNSET:
        return None
    class_names = None if dataset.class_names is None else tuple(dataset.class_names)
    return _listed(path, path, dataset.labels or [], names, class_names)


def dataset(names, labels, class_names):
    """The text of a dataset.json, which `of_dataset` reads.

    Args:
      names: list of str, the images.
      labels: int `[count]`.
      class_names: sequence of str.
    """
    pairs = [[name, int(label)] for name, label in zip(names, labels, strict=True)]
    return json.dumps({"labels": pairs, "class_names": list(class_names)})


class _Dataset(msgspec.Struct):
    labels: list[tuple[str, int]] | None | msgspec.UnsetType = msgspec.UNSET
    class_names: list[str] | None = None


def _without_suffix(name):
    return os.path.splitext(name)[0]


def _stem(name):
    """What two names share that are equal in any of the forms."""
    return _without_suffix(os.path.basename(name))


_FORMS = (
    os.path.normpath,
    os.path.basename,
    lambda name: _without_suffix(os.path.normpath(name)),
    _stem,
)


def _check_text(path, content):
    try:
        content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ValueError(f"{path} must be text in UTF-8; byte {error.start} is not.") from error


def _lines(content):
    """The lines of a text one by one, each with its end as a newline, whichever system wrote it."""
    return io.TextIOWrapper(io.BytesIO(content), "utf-8-sig", newline=None)


def _rows(path, content):
    """Yields the lines of a table: (number of the line, list of cells)."""
    reader = csv.reader(_lines(content), delimiter=_separator(content))
    try:
        for row in reader:
            if any(row):
                yield reader.line_num, [cell.strip() for cell in row]
    except csv.Error as error:
        raise ValueError(f"{path}: line {reader.line_num} cannot be read: {error}.") from error


def _separator(content):
    """What separates the cells: the first sign that stands in every line, else a comma."""

    def is_everywhere(sign):
        return all(sign in line for line in _lines(content) if line.strip())

    return next(filter(is_everywhere, "\t;,"), ",")


def _objects(path, content):
    """Yields JSON lines as a table with a head."""
    head = None
    for number, line in enumerate(_lines(content), 1):
        if line.strip():
            refusal = f"{path}: line {number} is not an object"
            found = files.parse_json(line, dict[str, object], refusal)
            if head is None:
                head = list(found)
                yield 0, head
            yield number, [found.get(key) for key in head]


def _table(path, rows, names):
    """`Listed` of an iterator of (number of the line, cells)."""
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
    """(image, label) of a line."""
    pair = [cells[column] if column < len(cells) else None for column in columns]
    for cell, what in zip(pair, ("name of an image", "label"), strict=True):
        if cell in (None, "") or type(cell) not in (str, int):
            raise ValueError(f"{path}: line {number} must have a {what}; received {cell!r}.")
    return str(pair[0]).replace("\\", "/"), pair[1]


def _listed(path, where, pairs, names, class_names=None):
    """`Listed` of pairs; refuses two labels for one image."""
    wanted = None if names is None else {_stem(name) for name in names}
    labels, others = {}, 0
    for name, label in pairs:
        if wanted is not None and len(labels) >= _SHOWN and _stem(name) not in wanted:
            others += 1
        elif labels.setdefault(name, label) != label:
            raise ValueError(f"{path} has two labels for {name}: {labels[name]} and {label}.")
    return Listed(where, labels, class_names, others)
