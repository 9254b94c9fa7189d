"""`classes.txt` and `classes.json`: the classes of masks, beside the images or in their folder.

classes.txt has one class per line, its name and perhaps its color:

    ground 128 128 128
    sky 90 120 255

classes.json is `{"class_names": [...], "palette": [[128, 128, 128], ...], "masks": "B"}`; the
palette and the domain of the masks may be left out.
"""

import dataclasses
import os
import re

import msgspec

from tfgan import files, memory, modalities

NAMES = ("classes.json", "classes.txt")

_MOST_BYTES = 2**20  # thousands for each of 256 classes

_LINE = re.compile(r"(.*?)(?:[\s,;]+(\d{1,3})[\s,;]+(\d{1,3})[\s,;]+(\d{1,3}))?\s*")


@dataclasses.dataclass(frozen=True)
class ClassFile:
    """What such a file says.

    Attributes:
      name: str, of the file in the folder.
      masks: `Masks`; its palette is that of the file, if it has one.
      has_colors: bool, whether the file has a palette.
      domain: str, the domain of the masks; "" if the file leaves it open.
    """

    name: str
    masks: modalities.Masks
    has_colors: bool
    domain: str = ""

    @property
    def alike(self):
        """The first two classes of one color, and it, as words; "" if each has its own."""
        names, palette = self.masks.class_names, self.masks.palette
        for index, color in enumerate(palette):
            if (first := palette.index(color)) < index:
                return f"{color} for {names[first]} and {names[index]}"
        return ""


class _Json(msgspec.Struct, forbid_unknown_fields=True):
    class_names: list[str]
    palette: list[tuple[int, int, int]] = []
    masks: str = ""


def find(archive):
    """The `ClassFile` of a folder or zip file of images, or None.

    Args:
      archive: `file_listing.Folder` or `zip_files.Zip`.
    Raises: ValueError for two such files, one above 1 MiB, and one of another form.
    """
    names = [name for name in archive.others if os.path.basename(name) in NAMES]
    if len(names) > 1:
        raise ValueError(
            f"{archive.name} must have one file of classes; received {' and '.join(names)}."
        )
    if not names:
        return None
    [name] = names
    where, size = f"{archive.name}: {name}", archive.size(name)
    if size > _MOST_BYTES:
        raise ValueError(
            f"{where} must have {memory.format_bytes(_MOST_BYTES)} at most; received "
            f"{memory.format_bytes(size)}."
        )
    content = archive.content(name)
    parts = _of_json(where, content) if name.endswith(".json") else _of_text(where, content)
    class_names, palette, domain = parts
    palette = tuple(map(tuple, palette))
    if any(not 0 <= level <= 255 for color in palette for level in color):
        raise ValueError(f"{where} must have colors of numbers in 0..255.")
    if len(set(class_names)) < len(class_names):
        raise ValueError(f"{where} must name each class once.")
    try:
        masks = modalities.Masks(tuple(class_names), palette)
    except ValueError as error:
        raise ValueError(f"{where}: {error}") from error
    return ClassFile(name, masks, bool(palette), domain)


def _of_json(where, content):
    known = files.parse_json(content, _Json, f"{where} is not a list of classes")
    return known.class_names, known.palette, known.masks


def _of_text(where, content):
    try:
        lines = [line for line in content.decode("utf-8-sig").splitlines() if line.strip()]
    except UnicodeDecodeError as error:
        raise ValueError(f"{where} must be text in UTF-8; byte {error.start} is not.") from error
    rows = [_LINE.fullmatch(line.strip()).groups() for line in lines]
    colors = [tuple(map(int, color)) for _, *color in rows if color[0] is not None]
    if colors and len(colors) < len(rows):
        raise ValueError(f"{where} must give a color for all classes or for none.")
    return [class_name for class_name, *_ in rows], colors, ""
