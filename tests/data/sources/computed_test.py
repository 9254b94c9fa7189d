import numpy as np
import pytest

from tfgan.data import Facts, open_source, source_transforms
from tfgan.data.sources import by_name

from ..folders import write
from .numbered import first_batches

COLOR = np.random.default_rng(0).integers(0, 256, (30, 8, 12, 3), np.uint8)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("photos")
    for number, image in enumerate(COLOR):
        write(folder, f"{'ab'[number % 2]}/{number}.png", image)
    return folder


@pytest.fixture(scope="module")
def records(folder, tmp_path_factory):
    from tfgan.data.sources import prepared

    out = tmp_path_factory.mktemp("records")
    prepared.write(open_source(f"images:{folder}"), str(out), {})
    return f"tfrecord:{out}/held_out*.tfrecord#shape=8x12x3"


@pytest.mark.parametrize("name", source_transforms.TRANSFORMS)
def test_every_image_gets_its_source_in_both_ways_of_reading(folder, name):
    source = open_source(f"{name}:images:{folder}")
    transform = source_transforms.TRANSFORMS[name]
    batches = [*first_batches(source, 4, 10, seed=1), *source.examples(batch_size=7)]
    for batch in batches:
        np.testing.assert_array_equal(batch["source"], transform(batch["data"]))
    assert source.spec.conditions["source"].raw_shape == batches[0]["source"].shape[1:]


def test_all_else_is_that_of_the_images(folder):
    images, source = open_source(f"images:{folder}"), open_source(f"edges:images:{folder}")
    for each, other in ((source, images), (source.held_out, images.held_out)):
        assert (each.count, each.spec.classes) == (other.count, 2)
        assert each.decisions == other.decisions and each.jpeg_share == other.jpeg_share
        for one, two in zip(each.examples(), other.examples(), strict=True):
            np.testing.assert_array_equal(one["data"], two["data"])
            np.testing.assert_array_equal(one["label"], two["label"])
    assert source.name == f"edges:images:{folder}"


def test_options_of_reading_are_those_of_the_images(folder):
    options = {"image_size": (4, 4), "labels": "none", "skip_broken": True}
    source = open_source(f"gray:images:{folder}", **options)
    assert source.spec.shape == (4, 4, 3) and source.spec.classes is None
    assert source.spec.conditions["source"].shape == (4, 4, 1)


def test_facts_stay_those_of_the_images():
    assert open_source("edges:mnist5k").facts == Facts(extractor="digits")
    assert by_name.describe_name("edges:mnist5k") == ("images", Facts(extractor="digits"))


def test_the_fingerprint_covers_the_images_and_the_transform(folder, monkeypatch):
    def of(name):
        return open_source(name).fingerprint

    before = of(f"mask:images:{folder}")
    assert len({before, of(f"small:images:{folder}"), of(f"images:{folder}")}) == 3
    monkeypatch.setitem(source_transforms.TRANSFORMS, "mask", source_transforms.Hole(level=0))
    assert of(f"mask:images:{folder}") != before


def test_streamed_records_get_their_sources_as_well(records):
    source = open_source(f"gray:{records}")
    for batch in first_batches(source, 2, 2, seed=0):
        np.testing.assert_array_equal(batch["source"], source_transforms.Gray()(batch["data"]))


def test_a_folder_is_read_once_as_it_is_opened(folder):
    opened, stream = (
        open_with(f"gray:images:{folder}") for open_with in (open_source, by_name.open_stream)
    )
    assert opened.fingerprint == stream.fingerprint
    for one, other in zip(opened.examples(), stream.examples(), strict=True):
        for name in ("data", "source", "label"):
            np.testing.assert_array_equal(one[name], other[name])
    assert stream.held_out.count == opened.held_out.count == 3


def test_the_other_direction_reads_the_images_from_what_was_computed(folder):
    source = open_source(f"edges:images:{folder}", direction="BtoA")
    assert (source.spec.shape, source.spec.conditions["source"].shape) == ((8, 12, 1), (8, 12, 3))


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("edges:toy:ring", "edges:toy:ring must be of images; toy:ring holds points"),
        ("edges:toy:textures", "must be of images alone; toy:textures has sources"),
        ("gray:mnist5k", "gray:mnist5k must be of color images; received gray ones"),
        ("edges:gray:mnist5k", "edges must be of one source of images.*'edges:gray:mnist5k'"),
        ("edges:", "The source edges needs a name: edges:SOURCE"),
        ("edges:nowhere", "received 'nowhere'"),
    ],
)
def test_what_has_no_such_pairs_is_refused(name, sentence):
    with pytest.raises(ValueError, match=sentence):
        open_source(name)
