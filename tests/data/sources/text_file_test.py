import numpy as np
import pytest

from tfgan import memory, text
from tfgan.data import open_source


def opened(tmp_path, content):
    path = tmp_path / "lines.txt"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return open_source(f"text:{path}")


def test_a_line_is_an_example_without_its_margins(tmp_path):
    source = opened(tmp_path, "  no end \n\nzürich\r\nno\n")
    assert source.spec.modality.lines(source.data) == ["no end", "zürich", "no"]
    assert source.data.dtype == np.int32 and source.data.shape == (3, 6)
    assert source.spec.shape == (6, len(source.spec.modality.symbols))


def test_batches_hold_the_numbers_of_the_symbols(tmp_path):
    source = opened(tmp_path, "ab\nb\n")
    batch = next(iter(source.batches(2, seed=0)))["data"].numpy()
    assert batch.dtype == np.int32
    assert sorted(source.spec.modality.lines(batch)) == ["ab", "b"]


def test_a_tenth_is_held_out(tmp_path):
    lines = [f"line {number}" for number in range(50)]
    source = opened(tmp_path, "\n".join(lines))
    seen = [side.spec.modality.lines(side.data[side.rows]) for side in (source, source.held_out)]
    assert [len(each) for each in seen] == [45, 5]
    assert sorted(seen[0] + seen[1]) == sorted(lines)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("\n \n", "holds no text"),
        ("a\n" + "b" * 1025, "line 2 must have at most 1,024 characters; received 1,025"),
        (b"ab\xff", "must be text in UTF-8; byte 2 is 0xff"),
        (
            "".join(map(chr, range(0x4E00, 0x5000))),
            "at most 511 different characters; received",
        ),
    ],
)
def test_what_cannot_be_learned_is_refused(tmp_path, content, message):
    with pytest.raises(ValueError, match=f"lines.txt.*{message}"):
        opened(tmp_path, content)


def test_a_missing_file_is_refused(tmp_path):
    with pytest.raises(ValueError, match="there is no such file"):
        open_source(f"text:{tmp_path}/none.txt")
    with pytest.raises(ValueError, match="image_size and channels are for images"):
        open_source(f"text:{tmp_path}/none.txt", image_size=(4, 4))


def test_one_long_line_among_many_is_refused_before_all_get_its_length(tmp_path, monkeypatch):
    monkeypatch.setattr(text, "encode", lambda *_: pytest.fail("it was allocated"))
    monkeypatch.setattr(memory, "free", lambda: 2 * 3_999_999)
    with pytest.raises(ValueError, match="1,000 texts.* 1,000 characters, needs 3.8 MiB of memory"):
        opened(tmp_path, "b" * 1000 + "\n" + "a\n" * 999)
