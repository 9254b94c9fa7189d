import pytest
from absl import flags
from tfgan.pipelines import data_flags


def parsed(*argv):
    """The flags of a program that reads data."""
    values = flags.FlagValues()
    data_flags.define(values)
    values(["tfgan", *argv])
    return values


def test_by_default_nothing_is_asked_for():
    assert data_flags.reading(parsed()) == {
        "image_size": None,
        "crop": "center",
        "channels": None,
        "background": [255, 255, 255],
        "labels": None,
        "data_dir": None,
        "cache_dir": None,
        "skip_broken": False,
        "memory": None,
    }


def test_texts_become_numbers():
    argv = ["--image_size=48x64", "--channels=1", "--background=0,128,255", "--memory=2GB"]
    assert data_flags.numbers(parsed(*argv)) == {
        "image_size": [48, 64],
        "channels": 1,
        "background": [0, 128, 255],
        "memory": 2 * 2**30,
    }
    assert data_flags.size("32") == [32, 32]
    assert data_flags.background("Black") == [0, 0, 0]


@pytest.mark.parametrize("text", ["big", "0", "3x", "1x2x3", "-4"])
def test_another_size_is_refused(text):
    with pytest.raises(ValueError, match=f"--image_size takes 32 or 48x64 .* received '{text}'"):
        data_flags.size(text)


@pytest.mark.parametrize("text", ["red", "1,2", "1,2,256", "1,2,-3"])
def test_another_color_is_refused(text):
    with pytest.raises(
        ValueError, match=f"--background takes white, black or .* received '{text}'"
    ):
        data_flags.background(text)


def test_help_lists_every_source():
    about = parsed()["data"].help
    for form in ("mnist5k", "tfds:NAME", "images:FOLDER|FILE.zip", "swiss_roll|sentences"):
        assert form in about
