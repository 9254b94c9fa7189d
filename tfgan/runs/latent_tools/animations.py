"""Animations: GIF and WebP by Pillow, MP4 by ffmpeg (extra `video`).

>>> frames = np.zeros((3, 8, 8, 1), np.uint8)
>>> encode(frames, ".gif", 10)[:6]
b'GIF89a'
"""

import io
import tempfile

import numpy as np
import PIL.Image

from tfgan import extras

SUFFIXES = (".gif", ".webp", ".mp4")
_MOST_PER_SECOND = 50  # of a GIF file, whose clock ticks in hundredths of a second


def encode(frames: np.ndarray, suffix: str, per_second: int) -> bytes:
    """The file of an animation, which is repeated forever (MP4: as the player decides).

    Args:
      frames: uint8 `[n, height, width, channels]`, 1, 3 or 4 channels; MP4 files show
        transparent pixels in their own color.
      suffix: str, of `SUFFIXES`.
      per_second: int, 1 to 50.
    Raises: ValueError for a suffix or speed out of range, and MP4 without the extra `video`.
    """
    if suffix not in SUFFIXES:
        raise ValueError(f"suffix must be one of {', '.join(SUFFIXES)}; received {suffix!r}.")
    if not 1 <= per_second <= _MOST_PER_SECOND:
        raise ValueError(f"per_second must be 1 to {_MOST_PER_SECOND}; received {per_second}.")
    if suffix == ".mp4":
        return _mp4(frames, per_second)
    first, *others = (PIL.Image.fromarray(x[..., 0] if x.shape[-1] == 1 else x) for x in frames)
    buffer = io.BytesIO()
    options = {"lossless": True} if suffix == ".webp" else {"disposal": 2}
    first.save(
        buffer, suffix[1:], save_all=True, append_images=others, loop=0,
        duration=_durations(len(frames), per_second, 10 if suffix == ".gif" else 1), **options,
    )  # fmt: skip
    return buffer.getvalue()


def _durations(count, per_second, tick):
    """Milliseconds of each frame, multiples of a tick whose sums are as near as can be: list."""
    ends = np.round(np.arange(count + 1) * 1000.0 / per_second / tick) * tick
    return np.diff(ends).astype(int).tolist()


def _mp4(frames, per_second):
    with extras.require("video", "An MP4 file"):
        import imageio_ffmpeg
    if frames.shape[-1] == 1:
        frames = np.repeat(frames, 3, axis=-1)
    # H.264 with colors at half the resolution has even sides.
    odd = [(0, side % 2) for side in frames.shape[1:3]]
    frames = np.pad(frames[..., :3], [(0, 0), *odd, (0, 0)], mode="edge")
    with tempfile.TemporaryDirectory() as folder:
        path = f"{folder}/animation.mp4"
        size = frames.shape[2], frames.shape[1]
        writer = imageio_ffmpeg.write_frames(path, size, fps=per_second, macro_block_size=2)
        writer.send(None)
        for frame in frames:
            writer.send(np.ascontiguousarray(frame))
        writer.close()
        with open(path, "rb") as file:
            return file.read()
