"""The model card shows scores with what makes them comparable, and no more than is known."""

from tfgan.export import TrainingDetails, model_card

METADATA = {
    "shape": [8, 8, 1], "classes": None, "class_names": None, "model": "GAN", "step": 3,
    "versions": {"tfgan": "0"}, "makes": "gray images of 8 x 8",
}  # fmt: skip


def card(scores):
    training = {"width": 4}, {"source": "a|b"}, (), 0, "float32", "last", scores
    details = TrainingDetails("dcgan", *training)
    samples = ("samples.png", "64 samples")
    return model_card.text(METADATA, details, weights="average", usage="", samples=samples)


def test_a_score_stands_beside_its_counts_and_that_of_real_data():
    record = {"metric": "fd_digits", "better": "lower", "value": 2.49612, "n_fake": 10, "n_real": 9}
    record |= {"seed": 0, "floor": {"value": 0.5, "n_fake": 5}}
    row = "| `fd_digits` (lower is better) | 2.496 | 10 | 9 | 0.5 | 5 |  | 0 |  |"
    assert row in card([record])


def test_a_score_without_a_better_side_and_a_missing_value_are_shown_as_such():
    record = {"metric": "authenticity", "better": "", "value": None, "n_fake": 10, "n_real": 9}
    assert "| `authenticity` |  | 10 | 9 |" in card([record])


def test_text_of_the_data_cannot_break_the_table():
    assert "| `source` | a\\|b |" in card([])
