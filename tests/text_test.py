import numpy as np
import pytest

from tfgan import text

SYMBOLS = text.alphabet(["bad", "cab"])


def test_an_alphabet_begins_with_the_end_of_the_line():
    assert SYMBOLS == "\nabcd"
    assert text.alphabet(["a\nb"]) == "\nab"


def test_texts_are_numbers_filled_up_with_ends():
    assert text.encode(["cab", ""], SYMBOLS, 4).tolist() == [[3, 1, 2, 0], [0, 0, 0, 0]]


def test_decoding_stops_at_the_first_end():
    assert text.decode([[3, 1, 2, 0], [1, 0, 2, 2], [0, 1, 1, 1]], SYMBOLS) == ["cab", "a", ""]


def test_decoding_in_tensorflow_is_the_same_for_any_character():
    symbols = text.alphabet(["ü.*\\€"])
    data = np.random.default_rng(0).integers(0, len(symbols), (50, 6))
    decoded = [each.decode() for each in text.decoded(data, symbols).numpy()]
    assert decoded == text.decode(data, symbols)


def test_a_text_that_does_not_fit_is_refused():
    with pytest.raises(ValueError, match="4 characters, more than 3: 'abba'"):
        text.encode(["abba"], SYMBOLS, 3)
    with pytest.raises(ValueError, match="'x' is not a symbol: 'ax'"):
        text.encode(["ax"], SYMBOLS, 3)
    with pytest.raises(ValueError, match="is not a symbol"):
        text.encode(["a\nb"], SYMBOLS, 3)


def test_symbols_come_back_from_their_one_hot_rows():
    data = text.encode(["cab", "d"], SYMBOLS, 4)
    rows = text.to_float(data, len(SYMBOLS))
    assert rows.shape == (2, 4, 5) and rows.numpy().sum() == 8
    np.testing.assert_array_equal(text.to_symbols(rows), data)


def test_a_file_has_a_text_a_line(tmp_path):
    path = tmp_path / "texts.txt"
    text.write(str(path), ["cab", "", "d"])
    assert path.read_text() == "cab\n\nd\n"
    assert [each.name for each in tmp_path.iterdir()] == ["texts.txt"]
