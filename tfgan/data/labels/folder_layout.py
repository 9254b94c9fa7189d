"""The meaning of the folders of images: classes, splits or nothing; and what is left out.

cat/1.png dog/2.png                      one class per folder
train/cat/1.png val/cat/2.png            splits; the held-out part is val
pets/cat/1.png pets/dog/2.png            a folder around everything means nothing
1.png 2.png dataset.json                 labels in StyleGAN's format
"""

import dataclasses
import logging
import os

import numpy as np

from tfgan import words
from tfgan.data.labels import classes, label_files
from tfgan.data.source_names import FOLDERS, NONE

_LOG = logging.getLogger(__name__)

_TRAINING = ("train", "training")
_HELD_OUT = ("val", "valid", "validation", "test", "testing")  # the first that exists is used


@dataclasses.dataclass(frozen=True)
class Layout:
    """Which images are used, and for what.

    Attributes:
      rows: list of int, the images that are used, in their order.
      is_held_out: bool `[count]`, which of them are the set's own held-out split; None without one.
      labels: int `[count]`, the class of each; None without labels.
      class_names: tuple of str; empty without labels.
      decisions: dict for a run's record; empty where `as_before` would have used the same images
        with the same labels.
    """

    rows: list
    is_held_out: np.ndarray | None = None
    labels: np.ndarray | None = None
    class_names: tuple = ()
    decisions: dict = dataclasses.field(default_factory=dict)

    def select(self, positions):
        """The images at `positions` among `rows`."""
        arrays = {
            field: getattr(self, field)[positions]
            for field in ("is_held_out", "labels")
            if getattr(self, field) is not None
        }
        return dataclasses.replace(self, rows=[self.rows[i] for i in positions], **arrays)

    @property
    def is_training(self):
        """bool `[count]`, which of them are not held out."""
        return np.ones(len(self.rows), bool) if self.is_held_out is None else ~self.is_held_out


def as_before(names):
    """The `Layout` in releases that recorded no decisions.

    Two or more immediate subfolders that hold every image are the classes, sorted as text.
    """
    rows, folders = list(range(len(names))), _first_folders(names)
    if None in folders or len(set(folders)) < 2:
        return Layout(rows)
    return Layout(rows, None, *classes.of_names(folders, key=None))


def of(archive, source=None):
    """The `Layout` of a folder or zip file.

    Args:
      archive: `file_listing.Folder` or `zip_files.Zip`.
      source: where labels come from: FOLDERS, NONE or the path of a file (`label_files.read`); None
        for dataset.json if there is one, and else for folders if there are several.
    Raises: ValueError for labels that cannot be read or do not fit the images.
    """
    root, inner = _without_root(archive.names)
    listed = _listed(archive, root, source)
    splits, inside = _splits(inner)
    training, *others = splits
    folders = None
    if listed is None and source != NONE:
        folders = _class_folders(archive.name, inside, splits[training], source)
    used = {
        split: [row for row in rows if folders is None or folders[row]]
        for split, rows in splits.items()
    }
    held_out = next((split for split in others if used[split]), None)
    layout = Layout(sorted(used[training] + used.get(held_out, [])), decisions={"labels": NONE})
    if held_out:
        layout = _with_split(archive.name, layout, training, held_out, used[held_out])
    if folders:
        layout = _with_folders(archive.name, layout, folders)
    elif listed and listed.labels:
        layout = _with_list(archive.name, layout, listed, inner)
    beside = {*splits[training], *splits.get(held_out, [])} - set(layout.rows)
    return _with_left_out(archive, layout, beside)


def _without_root(names):
    """(the folder around all of some sorted names, with its slash; the names without it)."""
    common = os.path.commonprefix([names[0], names[-1]])
    root = common[: common.rfind("/") + 1]
    return root, [name[len(root) :] for name in names]


def _first_folders(names):
    return [name.partition("/")[0] if "/" in name else None for name in names]


def _splits(names):
    """(dict of split -> rows, the training split first; the names inside of the splits).

    Without splits all is training, which then has the name "".
    """
    folders = _first_folders(names)
    known = {folder.lower(): folder for folder in folders if folder}
    training = [known[name] for name in _TRAINING if name in known][:1]
    held_out = [known[name] for name in _HELD_OUT if name in known]
    if not (training and held_out):
        return {"": list(range(len(names)))}, names
    splits = {split: [] for split in training + held_out}
    for row, folder in enumerate(folders):
        if folder in splits:
            splits[folder].append(row)
    return splits, [name.partition("/")[2] for name in names]


def _listed(archive, root, source):
    if source not in (None, FOLDERS, NONE):
        return label_files.read(source, archive.names).moved("", root)
    folders = root.split("/")[:-1]
    above = ["".join(f"{folder}/" for folder in folders[:n]) for n in range(len(folders), -1, -1)]
    with_file = [folder for folder in above if f"{folder}{label_files.DATASET}" in archive.others]
    if source is not None or not with_file:
        return None
    name = f"{with_file[0]}{label_files.DATASET}"
    label_files.require(name, archive.size(name))
    where, content = f"{archive.name}: {name}", archive.content(name)
    listed = label_files.of_dataset(where, content, archive.names)
    return listed and listed.moved(with_file[0], root)


def _class_folders(name, inside, training, source):
    """The class folder of each image, None outside them; None without class folders.

    The rows `training` decide; `source` is FOLDERS or None.
    """
    folders = _first_folders(inside)
    of_training = [folders[row] for row in training]
    beside = of_training.count(None)
    count = len(set(of_training) - {None})
    if count >= 2 and (source == FOLDERS or beside <= len(of_training) // 2):
        return folders
    if source == FOLDERS:
        raise ValueError(
            f"{name}: --labels=folders needs two or more folders with images, one per class; there "
            f"{words.are(count, 'folder')}."
        )
    if count >= 2:
        _LOG.warning(
            "%s: no labels, because most images are outside the folders (%s of %s); "
            "--labels=folders makes the folders classes and leaves the others out.",
            name, f"{beside:,}", words.counted(len(training), "image"),
        )  # fmt: skip
    return None


def _with_split(name, layout, training, held_out, rows):
    _LOG.info(
        "%s: the training images are those of %s; the held-out part is %s of %s.",
        name, training, words.counted(len(rows), "image"), held_out,
    )  # fmt: skip
    decisions = layout.decisions | {"training": training, "held_out": held_out}
    is_held_out = np.isin(layout.rows, rows)
    return dataclasses.replace(layout, is_held_out=is_held_out, decisions=decisions)


def _with_folders(name, layout, folders):
    of_images = np.array([folders[row] for row in layout.rows])
    is_training = layout.is_training
    lacking = set(of_images[~is_training]) - set(of_images[is_training])
    if lacking:
        raise ValueError(
            f"{name}: {layout.decisions['held_out']} has the class {min(lacking)}, which "
            f"{layout.decisions['training']} lacks; remove its folder or name it like a class "
            "there."
        )
    labels, class_names = classes.of_names(of_images.tolist())
    return _with_labels(name, layout, labels, class_names, FOLDERS, "one per folder")


def _with_list(name, layout, listed, names):
    labels, class_names, unused = listed.of([names[row] for row in layout.rows])
    if unused:
        entries = words.counted(unused, "entry", "entries")
        _LOG.info("%s: no image is used for %s of %s.", name, entries, listed.where)
    where = listed.where.removeprefix(f"{name}: ")
    return _with_labels(name, layout, labels, class_names, "file", f"by {where}")


def _with_labels(name, layout, labels, class_names, source, how):
    counted = classes.counted(labels[layout.is_training], class_names)
    _LOG.info("%s: %s (%s).", name, counted, how)
    decisions = layout.decisions | {"labels": source}
    return dataclasses.replace(layout, labels=labels, class_names=class_names, decisions=decisions)


def _with_left_out(archive, layout, beside):
    apart = set(range(len(archive.names))) - set(layout.rows) - beside
    hint = "outside the folders of the classes; --labels=none uses all, without labels"
    for rows, reason in ((apart, "in no split that is used"), (beside, hint)):
        if rows:
            images = words.are(len(rows), "image")
            names = words.some([archive.names[row] for row in sorted(rows)])
            _LOG.warning("%s: %s left out (%s), %s.", archive.name, images, names, reason)
    if apart or beside:
        decisions = layout.decisions | {"left_out": len(apart) + len(beside)}
        return dataclasses.replace(layout, decisions=decisions)
    before = as_before(archive.names)
    is_as_before = (
        layout.is_held_out is None
        and layout.class_names == before.class_names
        and np.array_equal(layout.labels, before.labels)
    )
    return dataclasses.replace(layout, decisions={}) if is_as_before else layout
