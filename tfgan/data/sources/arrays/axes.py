"""Which axis of an array is which: channels last or first, frames before or after them."""

import numpy as np

LAYOUTS = {3: ("hw",), 4: ("hwc", "chw", "thw"), 5: ("thwc", "tchw", "cthw")}
FORM = "|".join(layout for layouts in LAYOUTS.values() for layout in layouts)

_NAMES = {"h": "height", "w": "width", "c": "channels", "t": "frames"}
CHANNELS = (1, 3, 4)  # gray, RGB, RGB and alpha
_LEAST_SIDE = 4  # a smaller side is more likely something else


def recognize(name, shape, dtype, choice=None, channels=CHANNELS):
    """The layout of pictures, by the only axis that can be the channels.

    >>> recognize("a.npz", (100, 3, 32, 32), "uint8")
    'chw'

    Args:
      name: str, how messages call the array.
      shape: tuple of int, `[count, ...]`.
      dtype: str, how messages call the type.
      choice: str, the layout that the user gives, or None.
      channels: tuple of int, how many channels a picture may have.
    Returns: str: "hw", "hwc" or "chw" of images, "thw", "thwc", "tchw" or "cthw" of videos.
    Raises: ValueError for shapes of other data, and those that fit several layouts.
    """
    known = LAYOUTS.get(len(shape), ())
    if choice in known:
        return choice
    if choice is not None:
        allowed = " or ".join(known) or "left out"
        raise ValueError(
            f"{name}: layout must be {allowed} for {list(shape)}; received {choice!r}."
        )
    possible = [layout for layout in known if _fits(layout, shape, channels)]
    likely = [layout for layout in possible if _is_likely(layout, shape)] or possible
    if len(likely) == 1:
        return likely[0]
    if not likely:
        raise ValueError(_refusal(name, shape, dtype))
    meanings = " or ".join(f"#layout={layout} for {_in_words(layout)}" for layout in likely)
    raise ValueError(f"{name}: {list(shape)} is ambiguous: add {meanings}.")


def to_channels_last(array, layout):
    """`[count, height, width, channels]` or `[count, frames, ...]`, contiguous, perhaps a view."""
    if "c" not in layout:
        return np.ascontiguousarray(array)[..., None]
    order = [letter for letter in "thwc" if letter in layout]
    moved = np.transpose(array, [0, *(1 + layout.index(letter) for letter in order)])
    return np.ascontiguousarray(moved)


def _fits(layout, shape, channels):
    sizes = dict(zip(layout, shape[1:], strict=True))
    if layout == "hw":  # else it is more likely one image with channels
        return sizes["w"] != 3
    if sizes.get("c") not in channels:
        return False
    return sizes["c"] in (1, 3) or _is_likely(layout, shape)


def _is_likely(layout, shape):
    sizes = dict(zip(layout, shape[1:], strict=True))
    return min(sizes["h"], sizes["w"]) >= _LEAST_SIDE


def _refusal(name, shape, dtype):
    chosen = LAYOUTS.get(len(shape), ())
    hint = f"; #layout={'|'.join(chosen)} says otherwise" if chosen else ""
    return (
        f"{name} must hold images [n, height, width] or [n, height, width, channels] or videos [n, "
        "frames, height, width, channels], with 1, 3 or 4 channels, or float points [n, d]; "
        f"received {dtype} {list(shape)}{hint}. Arrays of other numbers are #kind=latents."
    )


def _in_words(layout):
    return "[n, " + ", ".join(_NAMES[letter] for letter in layout) + "]"
