"""The model card tells figures with what makes them comparable, and no more than is known."""

from tfgan.export import About
from tfgan.export import model_card as cards

FACTS = {
    "shape": [8, 8, 1], "classes": None, "class_names": None, "model": "GAN", "step": 3,
    "versions": {"tfgan": "0"}, "makes": "gray images of 8 x 8",
}  # fmt: skip


def card(figures):
    about = About("dcgan", {"width": 4}, {"source": "a|b"}, (), 0, "float32", "last", figures)
    return cards.write(
        FACTS, about, weights="average", clients="", samples=("samples.png", "64 samples")
    )


def test_a_figure_stands_beside_its_counts_and_the_floor():
    record = {"metric": "fd_digits", "better": "lower", "value": 2.49612, "n_fake": 10, "n_real": 9}
    record |= {"seed": 0, "floor": {"value": 0.5, "n_fake": 5}}
    assert "| `fd_digits` (lower is better) | 2.496 | 10 | 9 | 0.5 | 5 |  | 0 |  |" in card(
        [record]
    )


def test_a_figure_without_a_better_side_and_a_value_that_is_none_are_told_so():
    record = {"metric": "authenticity", "better": "", "value": None, "n_fake": 10, "n_real": 9}
    assert "| `authenticity` |  | 10 | 9 |" in card([record])


def test_text_of_the_data_cannot_break_the_table():
    assert "| `source` | a\\|b |" in card([])
