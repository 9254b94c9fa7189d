"""Which image files of a folder belong to the domains A and B, and which are held out.

1.jpg 2.jpg                          A and B side by side, the left half is A
A/1.jpg B/1.png                      two folders of any names, sorted without case: A, B
trainA/1.jpg trainB/1.jpg testA/...  the same with splits
train/A/1.jpg train/B/1.jpg test/... the same; also A/train/1.jpg, and train/1.jpg side by side

The training part is train; held out is test, or else val. A folder around everything means nothing.
"""

import dataclasses
import re

from tfgan import words
from tfgan.data import reading_rules

_SPLITS = {
    **dict.fromkeys(("train", "training"), "train"),
    **dict.fromkeys(("val", "valid", "validation"), "val"),
    **dict.fromkeys(("test", "testing"), "test"),
}
_SPLIT_AND_DOMAIN = re.compile(r"(train|val|test)[_-]?([ab])", re.IGNORECASE)
_DOMAINS = ("A", "B")


@dataclasses.dataclass(frozen=True)
class Layout:
    """The files of each domain.

    Attributes:
      domains: two str, what A and B are called.
      is_side_by_side: bool, whether each file holds both.
      training: for A and for B a dict of key -> row in the list of names; the key is the name
        without its split, domain and suffix.
      held_out: the same; None for files without splits.
      decisions: dict of str for `Source.decisions`.
    """

    domains: tuple
    is_side_by_side: bool
    training: tuple
    held_out: tuple | None
    decisions: dict

    @property
    def parts(self):
        """`training`, and `held_out` if there is one: list."""
        return [self.training] + ([self.held_out] if self.held_out else [])


@dataclasses.dataclass(frozen=True)
class _Place:
    """What the folders of a file say: its split and domain, or "", and the other folders."""

    split: str
    domain: str
    folders: tuple
    stem: str


def of(name, names, rules=reading_rules.TODAY):
    """The `Layout` of files.

    Args:
      name: str, how messages call the set.
      names: list of str, the images, with / between folders.
      rules: of `reading_rules`; all but TODAY's sort folders with capitals first.
    Raises: ValueError for images in other than two folders or one, one domain without images, and
      two files of one key.
    """
    places = _without_root([_place(each) for each in names])
    domains, places = _with_domains(name, names, places, rules)
    has_training = any(place.split == "train" for place in places)
    rows = {}
    for row, place in enumerate(places):
        split = place.split if has_training else "train"
        folders = place.folders if has_training else (place.split, *place.folders)
        key = "/".join(filter(None, (*folders, place.stem)))
        for domain in (place.domain,) if domains else _DOMAINS:
            of_domain = rows.setdefault(split, {each: {} for each in _DOMAINS})[domain]
            if key in of_domain:
                raise ValueError(
                    f"{name} must hold one image of a name in each domain; received "
                    f"{names[of_domain[key]]} and {names[row]}."
                )
            of_domain[key] = row
    held_out = next((split for split in ("test", "val") if split in rows), None)
    for split in filter(None, ("train", held_out)):
        _check_not_empty(name, rows[split], domains, split if has_training else "")
    decisions = {"domains": ", ".join(domains) or "side by side"}
    decisions |= {"held_out": held_out} if held_out else {}
    training, rest = (
        rows.get(split) and tuple(rows[split].values()) for split in ("train", held_out)
    )
    return Layout(domains or _DOMAINS, not domains, training, rest, decisions)


def domain_of(layout, name):
    """The number of the domain, 0 or 1, whose folder a file lies in; None for another place."""
    place = _place(name)
    folders = [place.domain, *place.folders]
    return next((i for i, domain in enumerate(layout.domains) if domain in folders), None)


def rows_of_pairs(name, names, layout, part):
    """The rows of A and of B, in the order of the keys: two lists, and the list of keys.

    Args:
      name, names: as of `of`.
      part: an entry of `layout.parts`.
    Raises: ValueError for an image without a partner.
    """
    first, second = part
    lonely = sorted(first.keys() ^ second.keys())
    if lonely:
        key = lonely[0]
        has = int(key in second)
        other = layout.domains[1 - has]
        raise ValueError(
            f"{name}: {names[part[has][key]]} must have a partner of the same name in {other}; "
            f"{words.counted(len(lonely), 'image')} of {layout.domains[0]} and "
            f"{layout.domains[1]} lack one."
        )
    keys = sorted(first)
    return [first[key] for key in keys], [second[key] for key in keys], keys


def _place(name):
    *folders, file = name.split("/")
    split, domain, others = "", "", []
    for folder in folders:
        match = _SPLIT_AND_DOMAIN.fullmatch(folder)
        if match and not split and not domain:
            split, domain = match[1].lower(), match[2].upper()
        elif folder.lower() in _SPLITS and not split:
            split = _SPLITS[folder.lower()]
        else:
            others.append(folder)
    return _Place(split, domain, tuple(others), file.rpartition(".")[0] or file)


def _without_root(places):
    """The places without folders around all of them, other than A and B."""
    first = {place.folders[:1] for place in places}
    if len(first) == 1 and (root := first.pop()) and root[0].upper() not in _DOMAINS:
        inner = [dataclasses.replace(place, folders=place.folders[1:]) for place in places]
        return _without_root(inner)
    return places


def _with_domains(name, names, places, rules):
    """(the names of A and B, or () for files side by side; the places with A or B as domain)."""
    if any(place.domain for place in places):
        outside = [place for place in places if not place.domain]
        if outside:
            raise ValueError(
                f"{name} must hold all images in folders such as trainA and trainB; "
                f"{words.counted(len(outside), 'image')} such as {outside[0].stem} lie elsewhere."
            )
        return _DOMAINS, places
    folders = {place.folders[0] for place in places if place.folders}
    if not folders:
        return (), places
    if len(folders) not in (1, 2) or not all(place.folders for place in places):
        raise _other_folders(name, names, places)
    is_today = rules == reading_rules.TODAY
    domains = sorted(folders, key=reading_rules.without_case if is_today else None)
    if len(domains) == 1:  # A or B, see `_without_root`
        domains = [domains[0] if domains[0].upper() == each else each for each in _DOMAINS]
    domain_of_folder = dict(zip(domains, _DOMAINS, strict=True))
    with_domains = [
        dataclasses.replace(
            place, domain=domain_of_folder[place.folders[0]], folders=place.folders[1:]
        )
        for place in places
    ]
    return tuple(domains), with_domains


def _other_folders(name, names, places):
    """The error for images that are neither in two folders nor side by side in one."""
    folders = {place.folders[0] for place in places if place.folders}
    folders = sorted(folders, key=reading_rules.without_case)
    received = f"{words.counted(len(folders), 'folder')} ({words.some(folders)})"
    outside = [each for each, place in zip(names, places, strict=True) if not place.folders]
    if outside:
        received += f" and outside, such as {outside[0]}"
    return ValueError(
        f"{name} must hold all images in two folders, or pairs side by side in one; received "
        f"images in {received}."
    )


def _check_not_empty(name, part, domains, split):
    counts = [len(part[each]) for each in _DOMAINS]
    if not all(counts):
        where = f" in {split}" if split else ""
        raise ValueError(
            f"{name} must hold images in both {domains[0]} and {domains[1]}{where}; received "
            f"{counts[0]:,} and {counts[1]:,}."
        )
