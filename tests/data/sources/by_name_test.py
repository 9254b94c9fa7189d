import pytest

from tfgan.data import Facts, describe_name, open_source


@pytest.mark.parametrize(
    ("name", "options", "message"),
    [
        ("toy:ring", {"image_size": (4, 4)}, "are for images; toy:ring holds points"),
        ("toy:ring", {"channels": 1}, "are for images; toy:ring holds points"),
        (
            "mnist5k",
            {"skip_broken": True},
            r"skip_broken is for images:FOLDER\|FILE.zip; received it with mni",
        ),
        ("mnist5k", {"labels": "a.csv"}, r"labels is for images:FOLDER\|FILE.zip; received it"),
        ("mnist5k", {"image_size": (4,)}, "image_size must be a whole number of pixels"),
        (
            "mnist5k",
            {"image_size": 100_000, "memory": 2**30},
            r"image_size must be so small .* 512.0 MiB; received 100,000 x 100,000, which needs 18",
        ),
        ("mnist5k", {"crop": "top"}, "crop must be one of center, stretch; received 'top'"),
        ("mnist5k", {"channels": 2}, "channels must be 1, 3 or 4; received 2"),
    ],
)
def test_options_that_do_not_suit_are_refused(name, options, message):
    with pytest.raises(ValueError, match=message):
        open_source(name, **options)


@pytest.mark.parametrize("size", [14, (14, 14), [14, 14]])
def test_a_size_is_a_number_or_a_pair(size):
    assert open_source("mnist5k", image_size=size).spec.shape == (14, 14, 1)


@pytest.mark.parametrize("name", ["toy:ring", "mnist5k"])
def test_a_source_keeps_its_name(name):
    assert open_source(name).name == name


@pytest.mark.parametrize(
    ("name", "kind", "extractor"),
    [
        ("mnist5k", "images", "digits"),
        ("tfds:mnist@test", "images", "digits"),
        ("tfds:cifar10", "images", ""),
        ("toy:ring", "points", ""),
        ("toy:bouncing", "videos", ""),
        ("text:poems.txt", "texts", ""),
        ("arrays:codes.npz#kind=latents", "latents", ""),
        ("arrays:codes.npz", "images", ""),
        ("images:gs://bucket/faces", "images", ""),
        ("gray:tfds:mnist", "images", "digits"),
        ("pairs:facades", "images", ""),
    ],
)
def test_a_name_says_the_kind_of_data_before_they_are_there(name, kind, extractor):
    assert describe_name(name) == (kind, Facts(extractor=extractor))
