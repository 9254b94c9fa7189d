"""The meaning of the features of a record, recognized in the first records of a dataset."""

import dataclasses

import numpy as np
import tensorflow as tf
from google.protobuf.message import DecodeError

from tfgan.data.decoding import image_header, pixel_range, pixels, preprocessing
from tfgan.data.sources.arrays import axes

CHOICES = {
    "data": "FEATURE", "label": "FEATURE", "shape": "HxWxC", "layout": "hwc|chw",
    "range": pixel_range.FORM,
}  # fmt: skip

_IMAGES = (
    "image/encoded", "image_raw", "image", "img", "data", "jpg", "jpeg", "png", "encoded",
    "image_bytes", "image/raw", "pixels", "x",
)  # fmt: skip
_LABELS = ("image/class/label", "label", "labels", "class", "class_id", "target", "y")
_IMAGES_BEFORE, _LABELS_BEFORE = ("image/encoded", "image", "data"), _LABELS[:2]
_SIDES = (
    ("height", "width", "depth"), ("height", "width", "channels"), ("height", "width"),
    ("image/height", "image/width", "image/channels"), ("image/height", "image/width"),
    ("rows", "cols", "depth"), ("rows", "cols"),
)  # fmt: skip
_CHANNELS = (1, 2, 3, 4)  # gray, gray and alpha, RGB, RGB and alpha
_NUMBERS = {"float_list": tf.float32, "int64_list": tf.int64}


@dataclasses.dataclass(frozen=True)
class Layout:
    """Where the image and the label of a record are.

    Attributes:
      image: str, the feature of the image.
      kind: "encoded", an image file; "raw", uint8 bytes; "float_list" or "int64_list", numbers.
      label: str, the int64 feature of the label, or None.
      sizes: tuple of str, the int64 features of the shape, one for all or each; none if encoded.
      shape: tuple of int, the last sizes, where they are those of all images.
      axes: "hwc", "chw" or "hw", the order of the pixels.
      range: (black, white), of numbers.
      white: int, of encoded images of 16 bits, see `pixels.decode`.
    """

    image: str
    kind: str
    label: str | None = None
    sizes: tuple = ()
    shape: tuple = ()
    axes: str = "hwc"
    range: tuple = (0.0, 255.0)
    white: int = pixels.WHITE

    @property
    def decisions(self):
        """What is not the default: dict of str, see `Source`."""
        entries = {
            "image": (self.image not in _IMAGES_BEFORE, self.image),
            "labels": (self.label not in (None, *_LABELS_BEFORE), self.label),
            "layout": (self.axes == "chw", self.axes),
            "range": (self.kind in _NUMBERS, pixel_range.format_range(self.range)),
        }
        return {key: value for key, (is_special, value) in entries.items() if is_special}

    def as_before(self):
        """The layout in releases that recorded no decisions: they knew fewer names of labels."""
        label = self.label if self.label in _LABELS_BEFORE else None
        return dataclasses.replace(self, label=label)


def recognize(name, records, choices):
    """The `Layout` of a dataset.

    Args:
      name: str, how messages call the set.
      records: list of bytes, the first ones; the first decides, but the range is of all.
      choices: dict of the user's, see `CHOICES`.
    Raises: ValueError for records of another form, and ambiguous ones.
    """
    examples = [_features(name, record) for record in records]
    features = examples[0]
    image = _image(name, features, choices.get("data"))
    kind = features[image].WhichOneof("kind")
    values = _values(features, image)
    if kind == "bytes_list":
        values = values[0] if len(values) else b""
        kind = "encoded" if _is_image(values) else "raw"
    label = _label(name, features, choices.get("label"))
    if kind == "encoded":
        return Layout(image, kind, label)
    sizes, shape = _shape(name, features, len(values), choices.get("shape"))
    order = _order(name, features, sizes, shape, len(values), choices.get("layout"))
    limits = Layout.range
    if kind in _NUMBERS:
        text = choices.get("range")
        numbers = [np.array(_values(each, image)) for each in examples]
        limits = pixel_range.parse(name, text) if text else pixel_range.recognize(name, numbers)
    return Layout(image, kind, label, sizes, shape, order, limits)


def example(record, layout, preprocess, limit=None):
    """The preprocessed image of a record, a str scalar tensor, and its label, in TensorFlow.

    Args: see `preprocessing.decode`.
    Returns: (uint8 `[height, width, channels]`, int64 scalar or None).
    Raises: tf.errors.InvalidArgumentError for a record of another layout.
    """
    forms = {layout.image: tf.io.FixedLenFeature([], tf.string)}
    if layout.kind in _NUMBERS:
        dtype = _NUMBERS[layout.kind]
        forms[layout.image] = tf.io.FixedLenSequenceFeature([], dtype, allow_missing=True)
    if layout.label:
        forms[layout.label] = tf.io.FixedLenFeature([], tf.int64)
    lengths = [len(layout.axes)] if len(layout.sizes) == 1 else []
    forms |= {size: tf.io.FixedLenFeature(lengths, tf.int64) for size in layout.sizes}
    features = tf.io.parse_single_example(record, forms)
    if layout.kind == "encoded":
        image = preprocessing.decode(features[layout.image], preprocess, limit, layout.white)
    else:
        image = preprocess(_stored(features, layout))
    return image, features[layout.label] if layout.label else None


def contents(records, layout):
    """The image files in some records, of a `Layout` of encoded images: list of bytes."""
    features = (tf.train.Example.FromString(record).features.feature for record in records)
    return [content for each in features for content in _values(each, layout.image)[:1]]


def _stored(features, layout):
    """Pixels that are not an image file: uint8 `[height, width, channels]`."""
    flat = features[layout.image]
    flat = _to_uint8(flat, layout) if layout.kind in _NUMBERS else tf.io.decode_raw(flat, tf.uint8)
    sizes = [tf.reshape(features[size], [-1]) for size in layout.sizes]
    shape = tf.concat([*sizes, tf.constant(layout.shape, tf.int64)], 0)
    if layout.axes == "hw":
        shape = tf.concat([shape, [1]], 0)
    fits = tf.debugging.Assert(
        tf.reduce_all(shape > 0) & (tf.size(flat, tf.int64) == tf.reduce_prod(shape)),
        ["A record has another number of pixels than its shape says."],
    )
    with tf.control_dependencies([fits]):
        image = tf.reshape(flat, tf.ensure_shape(shape, [3]))
    return tf.transpose(image, [1, 2, 0]) if layout.axes == "chw" else image


def _to_uint8(numbers, layout):
    low, high = layout.range
    numbers = tf.cast(numbers, tf.float32)
    inside = tf.debugging.Assert(
        tf.reduce_all((numbers >= low) & (numbers <= high)),
        [f"A record has numbers outside {pixel_range.format_range(layout.range)}; #range=LOW..HIGH "
         "gives their range."],
    )  # fmt: skip
    with tf.control_dependencies([inside]):
        return tf.cast(tf.round((numbers - low) * (255.0 / (high - low))), tf.uint8)


def _features(name, record):
    try:
        return tf.train.Example.FromString(record).features.feature
    except DecodeError as error:
        raise ValueError(f"{name}: the records are not tf.train.Example messages.") from error


def _values(features, key):
    kind = features[key].WhichOneof("kind")
    return getattr(features[key], kind).value if kind else ()


def _image(name, features, choice):
    kinds = {key: features[key].WhichOneof("kind") for key in sorted(features)}
    listed = ", ".join(f"{key} ({kind})" for key, kind in kinds.items()) or "none"
    if choice is not None:
        if not kinds.get(choice):
            raise ValueError(f"{name} has no feature {choice!r}; there is {listed}.")
        return choice
    named = [key for key in _IMAGES if kinds.get(key)]
    candidates = [key for key in named if kinds[key] == "bytes_list"] or named
    if not candidates:
        candidates = [
            key for key in kinds
            if kinds[key] == "bytes_list" and any(map(_is_image, _values(features, key)[:1]))
        ]  # fmt: skip
    if len(candidates) == 1:
        return candidates[0]
    if candidates:
        choices = " or ".join(f"#data={key}" for key in candidates)
        raise ValueError(f"{name}: several features may be the image: add {choices} to the name.")
    raise ValueError(
        f"{name}: the image must be a feature called {', '.join(_IMAGES[:-1])} or {_IMAGES[-1]}, "
        f"or be named as #data=FEATURE; there is {listed}."
    )


def _is_image(content):
    try:
        image_header.read(content)
    except ValueError:
        return False
    return True


def _label(name, features, choice):
    if choice == "none":
        return None
    fitting = [
        key for key in ([choice] if choice else _LABELS)
        if features[key].WhichOneof("kind") == "int64_list" and len(_values(features, key)) == 1
    ]  # fmt: skip
    if choice and not fitting:
        raise ValueError(f"{name}: {choice} must be an int64 feature of one number, the label.")
    return fitting[0] if fitting else None


def _shape(name, features, count, choice):
    """(`Layout.sizes`, `Layout.shape`) of `count` numbers that are not an image file."""
    if choice is not None:
        sides = choice.split("x")
        if len(sides) in (2, 3) and all(side.isdecimal() and int(side) > 0 for side in sides):
            return (), tuple(map(int, sides))
        raise ValueError(f"{name}: shape must be like 28x28x1 or 28x28; received {choice!r}.")
    if len(_sizes(features, "shape")) in (2, 3):
        return ("shape",), ()
    for sides in _SIDES:
        numbers = [number for side in sides for number in _sizes(features, side)]
        if len(numbers) == len(sides):
            pixels = int(np.prod(numbers, dtype=object))
            has_colors = len(sides) == 2 and pixels > 0 and count == 3 * pixels
            return sides, (3,) if has_colors else ()
    raise ValueError(
        f"{name}: the image is not the content of an image file, and no feature holds its shape; "
        f"if it is {count:,} raw pixels, add #shape=HxWxC to the name, such as #shape=28x28x1."
    )


def _sizes(features, key):
    is_whole = key in features and features[key].WhichOneof("kind") == "int64_list"
    return list(features[key].int64_list.value) if is_whole else []


def _order(name, features, sizes, shape, count, choice):
    if choice not in (None, "hwc", "chw"):
        raise ValueError(f"{name}: layout must be hwc or chw; received {choice!r}.")
    numbers = (*(number for size in sizes for number in _sizes(features, size)), *shape)
    if min(numbers) < 1 or np.prod(numbers, dtype=object) != count:
        raise ValueError(
            f"{name}: an image of {' x '.join(map(str, numbers))} must have as many pixels, in "
            f"uint8 if they are raw; the first record has {count:,}."
        )
    if len(numbers) == 2:
        return "hw"
    if len(sizes) > 1 and choice is None:  # height, width and then channels, by their names
        return "hwc"
    return axes.recognize(name, (1, *numbers), "uint8", choice, _CHANNELS)
