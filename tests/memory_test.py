"""What needs more memory than there is, is refused before it is taken."""

import psutil
import pytest
import tensorflow as tf

from tfgan import memory


@pytest.fixture
def container(tmp_path, monkeypatch):
    """Function (limit, bytes in use): a container with that limit."""
    monkeypatch.setattr(memory, "_CGROUP", tmp_path)

    def limit(most, used):
        (tmp_path / "memory.max").write_text(f"{most}\n")
        (tmp_path / "memory.current").write_text(f"{used}\n")

    return limit


def test_a_container_has_what_its_limit_leaves(container):
    container(10_000, 4_000)
    assert memory.free() == 6_000
    assert memory.budget() == 3_000
    assert memory.budget(500) == 500


def test_without_a_limit_the_machine_decides(container):
    container("max", 4_000)
    assert 0.5 < memory.free() / psutil.virtual_memory().available < 2.0


def test_too_large_is_refused_with_both_numbers_and_advice(container):
    container(3 * 2**30, 2**30)
    memory.require(2**31, "faces.npz")
    sentence = r"^faces.npz needs 7\.5 GiB of memory, of which 2\.0 GiB may be taken; prepare it\.$"
    with pytest.raises(ValueError, match=sentence):
        memory.require(7.5 * 2**30, "faces.npz", advice="prepare it")


@pytest.mark.parametrize(
    ("count", "words"),
    [(0, "0 bytes"), (1023, "1023 bytes"), (1536, "1.5 KiB"), (2**40 * 1234, "1,234.0 TiB")],
)
def test_bytes_are_told_in_the_unit_that_fits(count, words):
    assert memory.format_bytes(count) == words


@pytest.mark.parametrize(
    ("error", "amount"),
    [
        (MemoryError(), ""),
        (
            MemoryError(
                "Unable to allocate 7.28 TiB for an array with shape (1000000, 1000000) and data "
                "type float64"
            ),
            ": 7.28 TiB more are needed",
        ),
        (
            tf.errors.ResourceExhaustedError(
                None, None, "Graph execution error:\n\nOOM when allocating tensor with shape[64,"
                "50000,50000,3] and type float on /job:localhost/device:CPU:0 by allocator cpu",
            ),
            ": 1.7 TiB more are needed",
        ),
        (
            tf.errors.ResourceExhaustedError(
                None, None, "Out of memory while trying to allocate 2147483648 bytes."
            ),
            ": 2.0 GiB more are needed",
        ),
    ],
)  # fmt: skip
def test_memory_that_ran_out_is_one_sentence_with_the_amount(container, error, amount):
    container(3 * 2**30, 2**30)
    assert memory.shortage(error) == (
        f"Memory does not suffice{amount}, and 2.0 GiB are free; choose a smaller batch, smaller "
        "images or a smaller network."
    )


def test_a_full_disk_is_not_a_shortage_of_memory():
    disk = tf.errors.ResourceExhaustedError(None, None, "a.tfrecord; No space left on device")
    assert memory.shortage(disk) is None and memory.shortage(ValueError("x")) is None


@pytest.mark.parametrize(
    ("text", "count"),
    [("2GB", 2**31), ("512 MiB", 2**29), (".5g", 2**29), ("1.5tb", 3 * 2**39), ("7K", 7168)],
)
def test_a_number_of_bytes_is_read_as_people_write_it(text, count):
    assert memory.parse_bytes(text) == count


@pytest.mark.parametrize("text", ["", "12", "GB", "-1GB", "0MB", "2 GB free", "1e3MB", "nanGB"])
def test_other_texts_are_no_number_of_bytes(text):
    with pytest.raises(ValueError, match="memory must be a number with a unit, such as 2GB"):
        memory.parse_bytes(text)
