import numpy as np
import pytest

from tfgan.data import ArraySource, DataSpec, Source, binarization, held_out, open_source


def grays(count):
    """A source of random gray images with labels, one of ten held out."""
    data = np.random.default_rng(1).integers(0, 256, (count, 4, 4, 1), np.uint8)
    return held_out.split(ArraySource("grays", data, np.arange(count) % 3))


def rows(source, **options):
    """All images of a source, in the one order of `examples`."""
    return np.concatenate([batch["data"] for batch in source.examples(**options)])


def test_static_images_are_black_and_white_and_the_same_in_any_batch():
    source = binarization.static(grays(100), seed=3)
    drawn = rows(source)
    assert set(np.unique(drawn)) == {0, 255} and drawn.dtype == np.uint8
    np.testing.assert_array_equal(drawn, rows(source, batch_size=7))
    np.testing.assert_array_equal(drawn, rows(binarization.static(grays(100), seed=3)))
    assert (drawn != rows(binarization.static(grays(100), seed=4))).any()


def test_every_epoch_and_every_worker_sees_the_same_static_image():
    source = binarization.static(grays(40), seed=0)
    known = {image.tobytes() for image in rows(source)}
    assert len(known) == source.count == 36
    for worker in ((0, 1), (1, 3)):
        batches = source.batches(12, seed=5, worker=worker).take(9).as_numpy_iterator()
        seen = {image.tobytes() for batch in batches for image in batch["data"]}
        assert seen <= known
    assert {
        image.tobytes()
        for batch in source.batches(12, seed=5).take(6).as_numpy_iterator()
        for image in batch["data"]
    } == known


def test_a_static_pixel_is_white_as_often_as_it_is_gray():
    data = np.broadcast_to(np.array([0, 51, 204, 255], np.uint8), (10_000, 1, 4))[..., None]
    drawn = rows(binarization.static(ArraySource("steps", data), seed=0)) / 255.0
    np.testing.assert_allclose(drawn.mean(axis=(0, 1, 3)), [0.0, 0.2, 0.8, 1.0], atol=0.016)  # 4 se


def test_held_out_images_are_binarized_too_and_labels_stay():
    gray = grays(100)
    source = binarization.static(gray, seed=0)
    assert set(np.unique(rows(source.held_out))) == {0, 255}
    assert binarization.static(gray.held_out, seed=0).held_out is None
    for ours, theirs in zip(source.examples(), gray.examples(), strict=True):
        np.testing.assert_array_equal(ours["label"], theirs["label"])
    assert source.fingerprint != gray.fingerprint
    assert source.fingerprint != binarization.static(gray, seed=1).fingerprint


def test_points_and_sequential_sources_are_refused():
    with pytest.raises(ValueError, match="toy:ring holds points"):
        open_source("toy:ring", binarise="static")

    class Sequence(Source):
        fingerprint = ""
        _examples = _batches = None

    with pytest.raises(ValueError, match="needs random access"):
        binarization.static(Sequence("tape", DataSpec((4, 4, 1), "images"), 3), seed=0)
    with pytest.raises(ValueError, match="binarise must be one of static"):
        open_source("mnist5k", binarise="dynamic")


def test_the_fingerprint_of_runs_on_static_images_stays():
    digest = "5139205f81a65e14e81a31cbcc7367986557db0d72bbcc6955983e1d3fa25a14"
    assert open_source("mnist5k", binarise="static").fingerprint == digest
