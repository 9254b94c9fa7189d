import os

import numpy as np
import pytest

from tfgan.data.decoding import cache as store


def examples(count, broken=(), labelled=True):
    for index in range(count):
        image = "it is cut" if index in broken else np.full((2, 3, 1), index, np.uint8)
        yield f"{index}.png", image, index % 2 if labelled else None


@pytest.fixture
def cache(tmp_path):
    return store.Cache(str(tmp_path / "cache"), {"images": "a"})


def collect(examples, count, cache, limit=0, **options):
    return store.collect("a", examples, count, cache, limit, **options)


def values(images):
    return images.data[:, 0, 0, 0].tolist()


def test_a_small_set_is_in_memory(cache):
    images = collect(examples(5), 5, cache, limit=30)
    assert values(images) == [0, 1, 2, 3, 4] and images.label.tolist() == [0, 1, 0, 1, 0]
    assert not os.path.exists(cache.directory) and cache.find() is None


def test_a_large_set_is_in_a_file_with_equal_content(cache, monkeypatch):
    monkeypatch.setattr(store, "_MAPPED", 12)  # memory is given back after every second image
    decided = {"alpha": "one"}
    inside = collect(examples(5, broken=[1]), 5, cache, limit=30, decisions=decided)
    mapped = collect(examples(5, broken=[1]), 5, cache, limit=29, decisions=decided)
    assert isinstance(mapped.data, np.memmap) and not isinstance(inside.data, np.memmap)
    for images in (mapped, cache.find()):
        assert values(images) == values(inside) == [0, 2, 3, 4]
        assert images.label.tolist() == [0, 0, 1, 0] and images.left_out == {"1.png": "it is cut"}
        assert images.decisions == decided
    assert sorted(name.split(".", 1)[1] for name in os.listdir(cache.directory)) == ["json", "npy"]


def test_no_labels_stay_no_labels(cache):
    assert collect(examples(2, labelled=False), 2, cache).label is None


def test_other_facts_are_another_file(cache):
    collect(examples(2), 2, cache)
    assert store.Cache(cache.directory, {"images": "b"}).find() is None


def test_a_failure_leaves_nothing_behind(cache):
    def failing():
        yield from examples(2)
        raise ValueError("broken")

    with pytest.raises(ValueError, match="broken"):
        collect(failing(), 3, cache)
    assert os.listdir(cache.directory) == [] and cache.find() is None


def test_pixels_without_the_record_are_not_found(cache):
    collect(examples(2), 2, cache)
    record = next(name for name in os.listdir(cache.directory) if name.endswith(".json"))
    os.remove(os.path.join(cache.directory, record))
    assert cache.find() is None


@pytest.mark.parametrize(
    ("other", "message"),
    [
        ((4, 3, 1), r"several sizes, such as 2 x 3 \(0.png\) and 4 x 3 \(b.png\); give --image_si"),
        (
            (2, 3, 3),
            r"gray and color images, such as 0.png \(gray\) and b.png \(color\); give --",
        ),
    ],
)
def test_images_of_two_kinds_are_named(cache, other, message):
    mixed = [*examples(1), ("b.png", np.zeros(other, np.uint8), None)]
    with pytest.raises(ValueError, match=message):
        collect(mixed, 2, cache)


def test_nothing_but_broken_images_is_refused(cache):
    with pytest.raises(ValueError, match="a holds no image that can be decoded"):
        collect(examples(2, broken=[0, 1]), 2, cache)


def test_a_full_disk_is_refused(cache, monkeypatch):
    usage = store.disk_space.shutil.disk_usage(os.path.expanduser("~"))
    monkeypatch.setattr(store.disk_space.shutil, "disk_usage", lambda path: usage._replace(free=3))
    with pytest.raises(
        ValueError, match="12 bytes are needed in .* has 3 bytes left: choose another --c"
    ):
        collect(examples(2), 2, cache)


def test_half_of_a_limit_is_for_images_that_are_kept(monkeypatch):
    assert store.memory_limit(2**40) == 2**39
    assert store.memory_limit() == store.MEMORY_LIMIT
    monkeypatch.setattr(store.memory_, "free", lambda: 100)
    assert store.memory_limit() == 50


def test_a_damaged_record_is_not_believed(cache):
    collect(examples(2), 2, cache)
    [record] = [name for name in os.listdir(cache.directory) if name.endswith(".json")]
    with open(os.path.join(cache.directory, record), "w") as file:
        file.write('{"count": "2"}')
    assert cache.find() is None


def test_a_remote_cache_is_refused():
    with pytest.raises(ValueError, match="cache_dir must be a local directory; received 'gs://b'"):
        store.Cache("gs://b", {})


def test_a_long_decoding_is_reported(cache, monkeypatch):
    lines = []
    monkeypatch.setattr(store, "_REPORT_SECONDS", 0.0)
    monkeypatch.setattr(store._LOG, "info", lambda text, *values: lines.append(text % values))
    collect(examples(2), 2, cache)
    assert lines == ["a: decoded 1 of 2 images", "a: decoded 2 of 2 images"]
