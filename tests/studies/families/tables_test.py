"""Cells say what was claimed and measured."""

import pytest

from tfgan.studies.families import tables


def test_the_lecture_s_words_stand_in_the_columns_of_its_families(results):
    rows = {row[0]: row[1:] for row in tables.claimed(results.measured)}
    assert rows["As claimed"] == ["VAE", "Adversarial autoencoder"]
    assert rows["Compute P(X)"] == ["Intractable", "(not in the table)"]
    assert rows["Samples"] == ["Ok", "(not in the table)"]


@pytest.mark.parametrize(
    ("label", "cells"),
    [
        (
            "Abstraction",
            [
                "90.0% ± 1.0% of 1,000 labels, read linearly from the code, 20 numbers",
                "No | code.",
                "90.0% ± 1.0% of 1,000 labels, read linearly from the pixels, 20 numbers",
            ],
        ),
        ("Generation", ["50 samples", "50 samples", ""]),
        ("Compute P(X)", ["-99.00 ± 1.00 nats, lower bound", "No density.", ""]),
        (
            "Sampling",
            [
                "1,234 ms for 1,000 (900 ms of CPU time); 1 pass",
                "1,234 ms for 1,000 (900 ms of CPU time); 1,000 passes one after another",
                "",
            ],
        ),
        ("Samples as stored: fd_digits, lower is better", ["7", "inf", "0.5"]),
        ("Samples as stored: modes, higher is better", ["9 of 10", "9 of 10", "9 of 10"]),
        (
            "Training",
            ["1,000 steps, 64,000 examples, 10 s (8 s of CPU time), 7 weights"] * 2 + [""],
        ),
    ],
)
def test_what_was_measured_stands_in_its_row(results, label, cells):
    rows = tables.measured(results.measured, results.reference, results.training)
    assert {row[0]: row[1:] for row in rows}[label] == cells
