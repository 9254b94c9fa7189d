"""`pairs:FOLDER` and `unpaired:FOLDER`: two domains of image files, in a folder or a zip file."""

import dataclasses
import functools
import itertools
import logging

import numpy as np

from tfgan.data import fingerprint, held_out, reading_rules
from tfgan.data.decoding import image_files, preprocessing
from tfgan.data.labels.folder_layout import Layout as Rows
from tfgan.data.sources import image_folder, image_set
from tfgan.data.sources.array_source import ArraySource
from tfgan.data.sources.domains import class_files, halves, layout, masks
from tfgan.data.sources.pairs import Unpaired, without_held_out

_LOG = logging.getLogger(__name__)


def open_pairs(location, preprocess, *, cache_dir=None, memory=None, rules=reading_rules.TODAY):
    """The pairs of a folder: A is the `source`, B the `data`.

    Args:
      location: str, a folder or a file .zip, in a form of `layout`; anything `tf.io.gfile` takes.
      preprocess, cache_dir, memory: as of `image_folder.open_folder`; channels of both domains.
      rules: of `reading_rules`, which decide the order of the folders.
    Returns: `Paired`; held out is the folder's split, or else one pair in ten, by the hash of its
      name.
    Raises: ValueError for an image without a partner, two sizes in a pair, an odd width of images
      side by side, an empty domain, and what `image_folder.open_folder` refuses.
    """
    files = _Files.of("pairs", location, preprocess, memory, rules)
    parts = [files.rows_of_pairs(part) for part in files.layout.parts]
    columns = zip(*parts, strict=True)
    first, second, keys = (list(itertools.chain(*column)) for column in columns)
    files.check_pairs(first, second)
    if len(parts) == 2:
        is_held_out = np.arange(len(keys)) >= len(parts[0][2])
    else:
        is_held_out = held_out.tenth(held_out.hashes_of_names(keys))
    domains = files.open(0, first, cache_dir), files.open(1, second, cache_dir)
    source = without_held_out(files.name, domains[1], domains[0], is_held_out)
    source.decisions = files.decisions(*domains)
    return source


def open_unpaired(location, preprocess, *, cache_dir=None, memory=None, rules=reading_rules.TODAY):
    """Two domains of a folder whose images do not belong together; A is the `source`, B the `data`.

    Args: as of `open_pairs`; the folder has two of any names, or trainA, trainB, testA and testB.
    Returns: `Unpaired`; held out are the folder's splits, or else one image in ten of each domain.
    Raises: ValueError for other than two domains, an empty one, and what `image_folder.open_folder`
      refuses.
    """
    files = _Files.of("unpaired", location, preprocess, memory, rules)
    domains = []
    for number in (0, 1):
        parts = [part[number] for part in files.layout.parts]
        rows = [row for part in parts for row in part.values()]
        if len(parts) == 2:
            is_held_out = np.arange(len(rows)) >= len(parts[0])
        else:
            is_held_out = held_out.tenth(held_out.hashes_of_names(parts[0]))
        whole = files.open(number, rows, cache_dir)
        domains.append(held_out.without_held_out(whole, is_held_out))
    source = Unpaired(files.name, domains[1], domains[0])
    source.decisions = files.decisions(*domains)
    return source


@dataclasses.dataclass(frozen=True)
class _Files:
    """The image files of two domains, and how they are read."""

    archive: object
    layout: layout.Layout
    class_file: class_files.ClassFile | None
    preprocess: preprocessing.ImagePreprocessing
    memory: int | None

    @classmethod
    def of(cls, kind, location, preprocess, memory, rules):
        archive = image_set.open_archive(location, kind)
        files = layout.of(archive.name, archive.names, rules)
        if kind == "unpaired" and files.is_side_by_side:
            raise ValueError(
                f"{archive.name} must hold two folders of images, such as trainA and trainB; "
                f"received images such as {archive.names[0]}. Pairs side by side are read by "
                f"pairs:{location}."
            )
        for key, value in files.decisions.items():
            _LOG.info("%s is read with %s %s.", archive.name, key, value)
        return cls(archive, files, class_files.find(archive), preprocess, memory)

    @property
    def name(self):
        return self.archive.name

    def rows_of_pairs(self, part):
        return layout.rows_of_pairs(self.name, self.archive.names, self.layout, part)

    def set_of(self, rows):
        """The `ImageSet` of some files."""
        return image_set.ImageSet(self.archive, Rows(list(rows)), reading_rules.TODAY)

    @functools.cached_property
    def number_of_masks(self):
        """Which of the domains holds masks, 0 or 1; None for neither."""
        if self.class_file is None:
            return None
        domains = self.layout.domains
        if self.class_file.domain:
            if self.class_file.domain not in domains:
                raise ValueError(
                    f"{self.name}: masks in {self.class_file.name} must be {domains[0]} or "
                    f"{domains[1]}; received {self.class_file.domain!r}."
                )
            return domains.index(self.class_file.domain)
        beside = layout.domain_of(self.layout, self.class_file.name)
        if beside is not None and not self.layout.is_side_by_side:
            return beside
        first = [next(iter(rows.values())) for rows in self.layout.training]
        fitting = [i for i in (0, 1) if masks.holds_numbers(self.set_of([first[i]]))]
        if len(fitting) != 1 or self.layout.is_side_by_side:
            names = [self.archive.names[row] for row in first]
            raise ValueError(
                f"{self.name}: classes.json must say which domain holds masks, as in "
                f'"masks": "{domains[1]}", because {self.class_file.name} leaves it open for '
                f"{' and '.join(dict.fromkeys(names))}."
            )
        return fitting[0]

    def check_pairs(self, first, second):
        """Raises ValueError for widths that are odd, and sizes that differ in a pair."""
        limits = image_files.Limits.of(self.memory)
        plain = preprocessing.ImagePreprocessing()
        one, other = (self.set_of(rows).headers(plain, limits) for rows in (first, second))
        for (name, result), (partner, its_result) in zip(one, other, strict=True):
            if result.header is None or its_result.header is None:
                continue  # what cannot be decoded is refused later
            height, width = result.header.height, result.header.width
            if self.layout.is_side_by_side and width % 2:
                raise ValueError(
                    f"{self.name}: {name} must have an even width, with A and B side by side; "
                    f"received {height} x {width}."
                )
            its_height, its_width = its_result.header.height, its_result.header.width
            is_same = (height, width) == (its_height, its_width)
            if not is_same and not (
                self.preprocess.size and height * its_width == width * its_height
            ):
                raise ValueError(
                    f"{self.name}: the images of a pair must have one size; received {height} x "
                    f"{width} ({name}) and {its_height} x {its_width} ({partner})."
                )

    def open(self, number, rows, cache_dir):
        """The `ArraySource` of some files of the domain 0 or 1."""
        files, is_half = self.set_of(rows), self.layout.is_side_by_side
        modality, facts = None, {"domain": number}
        if number == self.number_of_masks:
            half = number if is_half else None
            reader = masks.MaskReader(files, self.class_file, self.preprocess, half)
            images, modality = reader.read(cache_dir, self.memory), self.class_file.masks
            facts |= {"classes": modality.class_names, "palette": modality.palette}
        else:
            preprocess = halves.Half(self.preprocess, number) if is_half else self.preprocess
            where = {"cache_dir": cache_dir, "memory": self.memory}
            images = image_folder.decoded(files, preprocess, **where)
        digest = fingerprint.of_json({"files": files.fingerprint, **facts})
        digest = fingerprint.with_decisions(digest, images.decisions)
        source = ArraySource(self.name, images.data, None, digest=digest, modality=modality)
        source.decisions, source.jpeg_share = images.decisions, files.jpeg_share
        return source

    def decisions(self, source, target):
        """`Source.decisions` about the layout, and about the pixels of each domain."""
        decisions = dict(self.layout.decisions)
        for domain, each in zip(self.layout.domains, (source, target), strict=True):
            decisions |= {f"{key} of {domain}": value for key, value in each.decisions.items()}
        return decisions
