import pytest

from tfgan.data import SOURCES, open_source


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("minst5k", r"no data source 'minst5k'; did you mean mnist5k\?"),
        ("image:/data", r"did you mean images:FOLDER\|FILE.zip\?"),
        (
            "/data/faces",
            "no data source '/data/faces'. The sources are arrays:FILE.npz.FILE.npy, im",
        ),
        ("images", "The source images needs a name: images:FOLDER"),
        ("tfds:", r"The source tfds needs a name: tfds:NAME\[@SPLIT\]"),
        ("mnist5k:train", "The source mnist5k takes no name; received 'mnist5k:train'"),
    ],
)
def test_other_names_are_refused(name, message):
    with pytest.raises(ValueError, match=message):
        open_source(name)


def test_an_unknown_source_is_told_all_sources():
    with pytest.raises(ValueError) as caught:
        open_source("nothing at all")
    assert all(form in str(caught.value) for form in SOURCES.values())


@pytest.mark.parametrize(
    ("name", "options", "message"),
    [
        ("toy:ring", {"image_size": (4, 4)}, "are for images; toy:ring holds none"),
        ("toy:ring", {"channels": 1}, "are for images; toy:ring holds none"),
        (
            "mnist5k",
            {"skip_broken": True},
            r"skip_broken is for images:FOLDER\|FILE.zip; received it with mni",
        ),
        ("mnist5k", {"labels": "a.csv"}, r"labels is for images:FOLDER\|FILE.zip; received it"),
        ("mnist5k", {"image_size": (4,)}, "image_size must be height and width"),
        ("mnist5k", {"crop": "top"}, "crop must be one of center, stretch; received 'top'"),
        ("mnist5k", {"channels": 2}, "channels must be 1, 3 or 4; received 2"),
    ],
)
def test_options_that_do_not_suit_are_refused(name, options, message):
    with pytest.raises(ValueError, match=message):
        open_source(name, **options)


@pytest.mark.parametrize("name", ["toy:ring", "mnist5k"])
def test_a_source_keeps_its_name(name):
    assert open_source(name).name == name
