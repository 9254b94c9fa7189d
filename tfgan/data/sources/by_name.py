"""`--data`: from a name to a source."""

from tfgan import choices, words
from tfgan.data import binarization, reading_rules, source_names
from tfgan.data.decoding import image_files, preprocessing
from tfgan.data.facts import Facts
from tfgan.data.sources import (
    arrays,
    computed,
    domains,
    few,
    image_folder,
    image_folder_stream,
    mnist5k,
    pairs,
    prepared,
    stacked,
    text_file,
    tfds,
    tfrecord,
    toy,
)

_FORM = {"image_size": None, "crop": "center", "channels": None, "background": preprocessing.WHITE}
_STREAMING = ("skip_broken", "memory", "labels", "rules")


def open_source(
    name, *, data_dir=None, image_size=None, crop="center", channels=None,
    background=preprocessing.WHITE, skip_broken=False, cache_dir=None, memory=None, binarise=None,
    labels=None, direction=None, rules=reading_rules.TODAY,
):  # fmt: skip
    """Opens the examples that a `--data` string names.

    Args:
      name: str, of one of the forms `source_names.SOURCES`, with paths that `tf.io.gfile` takes.
      data_dir: str, the directory of TensorFlow Datasets; None for its default.
      image_size: int, or (height, width), in pixels; None if all images have one size already.
      crop: "center" scales the shorter side and crops the middle; "stretch" scales both sides.
      channels: 1 for gray, 3 for RGB, 4 for RGB and alpha, None for as stored without alpha.
      background: (red, green, blue) in 0..255, visible where an image is transparent.
      skip_broken: bool, leave out image files that cannot be decoded; for `images:` only.
      cache_dir: str, a local directory for large decoded datasets; None for `~/.cache/tfgan`.
      memory: int, bytes that decoded images may take; None for a fraction of what is free.
      binarise: "static" draws binary pixels once, by `binarization.static` with seed 0; or None.
      labels: labels of `images:`: "folders", "none", or the path of a file; None for the default.
      direction: "AtoB" or "BtoA", of examples with a source; None for "AtoB".
      rules: of `reading_rules`, for what is not given.
    Returns: `Source`.
    Raises: ValueError for an unknown name, unsuitable options, and data that cannot be read.
    """
    if direction not in (None, "", *choices.DIRECTIONS):
        raise words.unknown("direction", direction, choices.DIRECTIONS)
    if binarise not in (None, *choices.BINARIZATIONS):
        raise words.unknown("binarise", binarise, choices.BINARIZATIONS)
    preprocess = _preprocessing(memory, image_size, crop, channels, background)
    images = {"skip_broken": skip_broken, "labels": labels}
    limits = {"cache_dir": cache_dir, "memory": memory}
    source = _open(name, preprocess, images, data_dir, limits, rules)
    if direction:
        source = _directed(source, direction)
    return binarization.static(source, seed=0) if binarise else source


def _preprocessing(memory, *form):
    preprocess = preprocessing.ImagePreprocessing(*form)
    preprocess.check_memory(image_files.Limits.of(memory).one)
    return preprocess


def _directed(source, direction):
    swapped = pairs.Swapped(source)  # also refuses a direction of what has none
    return swapped if direction == "BtoA" else source


def _open(name, preprocess, images, data_dir, limits, rules):
    source_names.check_name(name)
    source, _, location = name.partition(":")
    if source in source_names.TRANSFORMS:
        of_images = _open(location, preprocess, images, data_dir, limits, rules)
        return computed.Computed(source, of_images)
    if source == "few":
        count, _, inner = location.partition(":")
        return few.open_few(count, _open(inner, preprocess, images, data_dir, limits, rules))
    if source == "stacked":
        return stacked.Stacked(_open(location, preprocess, images, data_dir, limits, rules))
    for option, value in images.items():
        if value and source != "images":
            raise ValueError(
                f"{option} is for {source_names.SOURCES['images']}; received it with {name}."
            )
    match source:
        case "arrays":
            return arrays.open_arrays(location, preprocess, rules=rules)
        case "images":
            return image_folder.open_folder(location, preprocess, rules=rules, **limits, **images)
        case "mnist5k":
            return mnist5k.open_digits(preprocess)
        case "text":
            preprocess.check_unused(name, "texts")
            return text_file.open_text(location)
        case "pairs" | "unpaired":
            return _open_domains(source, location, preprocess, data_dir, limits, rules)
        case "tfds":
            return tfds.open_dataset(location, preprocess, data_dir=data_dir, rules=rules, **limits)
        case "tfrecord":
            return prepared.find_set(location, preprocess) or tfrecord.open_records(
                location, preprocess, memory=limits["memory"], rules=rules
            )
        case _:
            preprocess.check_unused(name, source_names.TOY_KINDS.get(location, "no images"))
            return toy.open_toy(location)


def _open_domains(kind, location, preprocess, data_dir, limits, rules):
    """The source of pairs:LOCATION or unpaired:LOCATION."""
    inner, _, place = location.partition(":")
    match kind, inner:
        case "pairs", "arrays":
            return domains.open_arrays(place, preprocess)
        case "pairs", "tfds":
            return domains.open_dataset(place, preprocess, data_dir=data_dir, **limits)
        case "unpaired", "tfds":
            return tfds.open_unpaired(place, preprocess, data_dir=data_dir, **limits)
        case "pairs", _:
            return domains.open_pairs(location, preprocess, rules=rules, **limits)
        case _:
            return domains.open_unpaired(location, preprocess, rules=rules, **limits)


def open_stream(name, **options):
    """Opens examples to be read once, in the order of `open_source`; of folders of any size.

    Args, Raises: see `open_source`.
    Returns: what `prepared.write` takes.
    """
    source, _, location = name.partition(":")
    if source in source_names.TRANSFORMS:
        source_names.check_name(name)
        return computed.Computed(source, open_stream(location, **options))
    if source != "images" or not location:
        return open_source(name, **options)
    form = (options.get(option, default) for option, default in _FORM.items())
    streaming = {option: options[option] for option in _STREAMING if option in options}
    preprocess = _preprocessing(options.get("memory"), *form)
    return image_folder_stream.open_stream(location, preprocess, **streaming)


def open_to_prepare(name, folder, **options):
    """Opens what `prepared.write` writes to a folder; an existing dataset keeps its rules.

    Args, Raises: see `open_source`, with `image_size`, `crop` and `channels`.
    Returns: (source, see `open_stream`; dict: what else determines the content of the dataset).
    """
    source = open_stream(name, rules=_rules(folder), **options)
    size = preprocessing.ImagePreprocessing(options["image_size"]).size
    made_from = {
        "image_size": size and list(size),
        "crop": options["crop"] if options["image_size"] else None,
        "channels": options["channels"],
        "left_out": source.left_out,
        # Only where there are any: the indexes of earlier releases lack them.
        **({"decided": source.decisions} if source.decisions else {}),
    }
    return source, made_from


def _rules(folder):
    index = prepared.load_any(folder)
    if index is None:
        return reading_rules.TODAY
    return reading_rules.of_record(index.made_from.get("decided"))


def describe_name(name):
    """What a name says about data that may not exist yet: (str, their kind; `Facts`).

    >>> describe_name("toy:ring")[0], describe_name("mnist5k")[1].extractor
    ('points', 'digits')
    """
    source, _, location = name.partition(":")
    if source in source_names.TRANSFORMS:
        return describe_name(location)
    if source == "few":
        return describe_name(location.partition(":")[2])
    if source == "stacked" or name == "toy:stacked_mnist":
        of_images = describe_name(location if source == "stacked" else "mnist5k")[1].extractor
        return "images", Facts(extractor=stacked.EXTRACTORS.get(of_images, ""))
    kind = {
        "text": "texts",
        "toy": source_names.TOY_KINDS.get(location),
        "arrays": arrays.kind(location) if source == "arrays" else None,
    }.get(source)
    of_tfds = tfds.EXTRACTORS.get(location.partition("@")[0], "")
    extractors = {"mnist5k": mnist5k.EXTRACTOR, "tfds": of_tfds}
    return kind or "images", Facts(extractor=extractors.get(source, ""))
