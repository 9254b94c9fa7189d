"""Animations, read by Pillow and by ffmpeg."""

import io
import sys

import numpy as np
import PIL.Image
import pytest

from tfgan.runs.latent_tools import animations

FRAMES = np.uint8([0, 100, 200])[:, None, None, None] * np.ones((1, 17, 24, 1), np.uint8)


@pytest.mark.parametrize("suffix", [".gif", ".webp"])
@pytest.mark.parametrize("channels", [1, 3, 4])
def test_pillow_reads_the_frames_again(suffix, channels):
    frames = np.repeat(FRAMES, channels, axis=-1)
    frames[..., 3:] = 255
    with PIL.Image.open(io.BytesIO(animations.encode(frames, suffix, 20))) as image:
        assert (image.n_frames, image.size, image.info["loop"]) == (3, (24, 17), 0)
        for index, gray in enumerate([0, 100, 200]):
            image.seek(index)
            image.load()
            assert image.info["duration"] == 50
            pixels = np.asarray(image.convert("RGB"))
            assert np.abs(pixels.astype(int) - gray).max() <= 1


@pytest.mark.parametrize(("suffix", "tolerance"), [(".gif", 10), (".webp", 1)])
@pytest.mark.parametrize("per_second", [7, 21, 24, 30, 45])
def test_frames_last_as_long_as_the_speed_says(suffix, tolerance, per_second):
    frames = np.arange(60, dtype=np.uint8)[:, None, None, None] * np.ones((1, 4, 4, 1), np.uint8)
    with PIL.Image.open(io.BytesIO(animations.encode(4 * frames, suffix, per_second))) as image:
        total = 0
        for index in range(image.n_frames):
            image.seek(index)
            image.load()
            total += image.info["duration"]
    assert total == pytest.approx(60_000 / per_second, abs=tolerance)


def test_an_mp4_has_even_sides_and_all_frames(tmp_path):
    imageio_ffmpeg = pytest.importorskip("imageio_ffmpeg")
    (tmp_path / "x.mp4").write_bytes(animations.encode(FRAMES, ".mp4", 10))
    reader = imageio_ffmpeg.read_frames(str(tmp_path / "x.mp4"))
    about = next(reader)
    assert about["size"] == (24, 18) and about["fps"] == 10.0
    gray = [np.frombuffer(frame, np.uint8).mean() for frame in reader]
    np.testing.assert_allclose(gray, [0, 100, 200], atol=4)


def test_an_mp4_without_its_extra_names_the_command(monkeypatch):
    monkeypatch.setitem(sys.modules, "imageio_ffmpeg", None)
    with pytest.raises(ValueError, match=r"An MP4 file needs the extra video .*tfgan\[video\]"):
        animations.encode(FRAMES, ".mp4", 10)


def test_other_suffixes_and_speeds_are_refused():
    with pytest.raises(ValueError, match="suffix must be one of .gif, .webp, .mp4"):
        animations.encode(FRAMES, ".avi", 10)
    with pytest.raises(ValueError, match="per_second must be 1 to 50; received 0"):
        animations.encode(FRAMES, ".gif", 0)
