"""What the folders of a set of images mean: classes, splits, or nothing; and what is left out.

    cat/1.png dog/2.png                      one class per folder
    train/cat/1.png val/cat/2.png            splits; the held-out part is val
    pets/cat/1.png pets/dog/2.png            a folder around everything means nothing
    1.png 2.png dataset.json                 labels as StyleGAN keeps them

Each decision is said in one line.
"""

import dataclasses
import logging
import os

import numpy as np

from tfgan import words
from tfgan.data.labels import classes, label_files

FOLDERS, NONE = "folders", "none"  # what --labels takes beside a file

_LOG = logging.getLogger(__name__)

_TRAINING = ("train", "training")
_HELD_OUT = ("val", "valid", "validation", "test", "testing")  # the first that is there


@dataclasses.dataclass(frozen=True)
class Layout:
    """Which images are used, and for what.

    Attributes:
      rows: list of int, the images that are used, in their order.
      is_held_out: bool `[count]`, which of them are the set's own held-out split; None without one.
      labels: int `[count]`, the class of each; None without labels.
      class_names: tuple of str; empty without labels.
      decisions: dict for a run's record; empty where `as_before` would have used the same images with
        the same labels.
    """

    rows: list
    is_held_out: np.ndarray | None = None
    labels: np.ndarray | None = None
    class_names: tuple = ()
    decisions: dict = dataclasses.field(default_factory=dict)


def as_before(names):
    """The layout that releases saw which recorded no decisions: `Layout`.

    Two or more immediate sub-folders that hold every image are the classes, sorted as text.

    Args:
      names: list of str, the images.
    """
    rows, folders = list(range(len(names))), _first_folders(names)
    if None in folders or len(set(folders)) < 2:
        return Layout(rows)
    labels, class_names = classes.of_names(folders, key=None)
    return Layout(rows, None, labels, class_names)


def of(archive, wanted=None):
    """The layout of a folder or zip file.

    Args:
      archive: `file_listing.Folder` or `zip_files.Zip`.
      wanted: where labels come from: FOLDERS, NONE or the path of a file (`label_files.read`); None
        for dataset.json if there is one, and else for folders if there are several.
    Returns: `Layout`.
    Raises: ValueError for labels that cannot be read or do not fit the images.
    """
    root, inner = _without_root(archive.names)
    listed = _listed(archive, root, wanted)
    splits, inside = _splits(inner)
    training, *others = splits
    folders = None
    if listed is None and wanted != NONE:
        folders = _class_folders(archive.name, inside, splits[training], wanted)
    used = {
        split: [row for row in rows if folders is None or folders[row]]
        for split, rows in splits.items()
    }
    held_out = next((split for split in others if used[split]), None)
    used_splits = [splits[split] for split in (training, held_out) if split is not None]
    found = Layout(sorted(used[training] + used.get(held_out, [])), decisions={"labels": NONE})
    if held_out:
        found = _with_split(archive.name, found, training, held_out, used[held_out])
    if folders:
        found = _with_folders(archive.name, found, folders)
    elif listed and listed.labels:
        found = _with_list(archive.name, found, listed, inner)
    beside = {row for rows in used_splits for row in rows} - set(found.rows)
    return _with_decisions(archive, found, beside)


def _without_root(names):
    """(the folder around all of some sorted names, with its slash; the names without it)."""
    common = os.path.commonprefix([names[0], names[-1]])
    root = common[: common.rfind("/") + 1]
    return root, [name[len(root) :] for name in names]


def _first_folders(names):
    """The first folder of each name; None for a name without one."""
    return [name.partition("/")[0] if "/" in name else None for name in names]


def _splits(names):
    """The splits, and the names inside of them.

    Args:
      names: list of str.
    Returns: (dict of split -> rows, the training split first; list of str). Without splits all is
      training, which then has no name.
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


def _listed(archive, root, wanted):
    """The labels of a file; none of them where there are to be none, None where no file has any.

    A dataset.json may lie in any of the folders around all images.
    """
    if wanted not in (None, FOLDERS, NONE):
        return label_files.read(wanted, archive.names).moved("", root)
    folders = root.split("/")[:-1]
    above = ["".join(f"{folder}/" for folder in folders[:n]) for n in range(len(folders), -1, -1)]
    found = [folder for folder in above if f"{folder}{label_files.DATASET}" in archive.others]
    if wanted is not None or not found:
        return None
    name = f"{found[0]}{label_files.DATASET}"
    label_files.require(name, archive.size(name))
    where, content = f"{archive.name}: {name}", archive.content(name)
    listed = label_files.of_dataset(where, content, archive.names)
    return listed and listed.moved(found[0], root)


def _class_folders(name, inside, training, wanted):
    """The class folder of each image, None beside the folders; None without class folders.

    Args:
      name: str, the set.
      inside: list of str, names of images.
      training: list of int, those to train on: they decide.
      wanted: FOLDERS or None.
    """
    folders = _first_folders(inside)
    of_training = [folders[row] for row in training]
    beside = of_training.count(None)
    found = set(of_training) - {None}
    if len(found) >= 2 and (wanted == FOLDERS or beside <= len(of_training) // 2):
        return folders
    if wanted == FOLDERS:
        raise ValueError(
            f"{name}: --labels=folders needs two or more folders with images, one per class; there "
            f"{words.are(len(found), 'folder')}."
        )
    if len(found) >= 2:
        _LOG.warning(
            "%s: no labels, because most images lie beside the folders (%s of %s); "
            "--labels=folders makes the folders classes and leaves the others out.",
            name, f"{beside:,}", words.counted(len(training), "image"),
        )  # fmt: skip
    return None


def _with_split(name, found, training, held_out, rows):
    is_held_out = np.isin(found.rows, rows)
    _LOG.info(
        "%s: the training images are those of %s; the held-out part is %s of %s.",
        name, training, words.counted(len(rows), "image"), held_out,
    )  # fmt: skip
    decided = found.decisions | {"training": training, "held_out": held_out}
    return dataclasses.replace(found, is_held_out=is_held_out, decisions=decided)


def _with_folders(name, found, folders):
    of_each = [folders[row] for row in found.rows]
    is_held_out = np.zeros(len(of_each), bool) if found.is_held_out is None else found.is_held_out
    lacking = {f for f, held in zip(of_each, is_held_out, strict=True) if held} - {
        f for f, held in zip(of_each, is_held_out, strict=True) if not held
    }
    if lacking:
        raise ValueError(
            f"{name}: {found.decisions['held_out']} has the class {min(lacking)}, which "
            f"{found.decisions['training']} lacks; remove its folder or name it like a class there."
        )
    labels, class_names = classes.of_names(of_each)
    return _labelled(name, found, labels, class_names, FOLDERS, "one per folder")


def _with_list(name, found, listed, names):
    labels, class_names, unused = listed.of([names[row] for row in found.rows])
    if unused:
        entries = words.counted(unused, "entry", "entries")
        _LOG.info("%s: no image is used for %s of %s.", name, entries, listed.where)
    where = listed.where.removeprefix(f"{name}: ")
    return _labelled(name, found, labels, class_names, "file", f"by {where}")


def _labelled(name, found, labels, class_names, source, how):
    training = labels if found.is_held_out is None else labels[~found.is_held_out]
    _LOG.info("%s: %s (%s).", name, classes.counted(training, class_names), how)
    decided = found.decisions | {"labels": source}
    return dataclasses.replace(found, labels=labels, class_names=class_names, decisions=decided)


def _with_decisions(archive, found, beside):
    """Without the decisions where they change nothing; says which images are left out.

    Args:
      archive: as of `of`.
      found: `Layout`.
      beside: set of int, images that lie beside class folders.
    """
    apart = set(range(len(archive.names))) - set(found.rows) - beside
    _say_left_out(archive, apart, "in no split that is used")
    hint = "beside the folders of the classes; --labels=none uses all, without labels"
    _say_left_out(archive, beside, hint)
    if apart or beside:
        decided = found.decisions | {"left_out": len(apart) + len(beside)}
        return dataclasses.replace(found, decisions=decided)
    before = as_before(archive.names)
    is_as_before = (
        found.is_held_out is None
        and found.class_names == before.class_names
        and np.array_equal(found.labels, before.labels)
    )
    return dataclasses.replace(found, decisions={}) if is_as_before else found


def _say_left_out(archive, rows, why):
    if rows:
        images = words.are(len(rows), "image")
        names = words.some([archive.names[row] for row in sorted(rows)])
        _LOG.warning("%s: %s left out (%s), %s.", archive.name, images, names, why)
