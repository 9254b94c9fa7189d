import pytest

from tfgan.data import source_options

KNOWN = {"data": "KEY", "range": "LOW..HIGH"}


@pytest.mark.parametrize(
    ("location", "path", "chosen"),
    [
        ("a.npz", "a.npz", {}),
        ("a.npz#x", "a.npz", {"data": "x"}),
        ("a.npz#x train", "a.npz", {"data": "x train"}),
        ("a.npz#data=x,range=-1..1", "a.npz", {"data": "x", "range": "-1..1"}),
        ("a#b/c.npz", "a#b/c.npz", {}),
        ("a#b/*.npz", "a#b/*.npz", {}),
        ("a#b/c.npz#x", "a#b/c.npz", {"data": "x"}),
        ("a.npz#", "a.npz#", {}),
    ],
)
def test_choices_stand_behind_the_last_sign(location, path, chosen):
    assert source_options.split("it", location, KNOWN) == (path, chosen)


def test_a_file_of_that_name_goes_first(tmp_path):
    (tmp_path / "a#x").touch()
    assert source_options.split("it", f"{tmp_path}/a#x", KNOWN) == (f"{tmp_path}/a#x", {})


def test_an_unknown_choice_is_refused():
    with pytest.raises(ValueError, match="must be of data=KEY, range=LOW..HIGH; received size"):
        source_options.split("it", "a#size=3", KNOWN)
