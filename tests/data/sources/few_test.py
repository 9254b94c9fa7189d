"""A few examples of a set."""

import numpy as np
import pytest

from tfgan import data
from tfgan.data import ArraySource, source_names
from tfgan.data.sources.few import open_few

IMAGES = np.random.RandomState(0).randint(0, 256, (40, 3, 4, 1)).astype("uint8")


def whole(order=slice(None), **options):
    return ArraySource("set", IMAGES[order], np.arange(40)[order] % 4, **options)


def rows(source):
    batch = next(source.examples(batch_size=source.count))
    return {
        (row.tobytes(), label) for row, label in zip(batch["data"], batch["label"], strict=True)
    }


def test_the_examples_are_of_the_set_with_their_labels_in_any_order_of_it():
    few = open_few("12", whole())
    assert (few.count, few.name) == (12, "few:12:set")
    assert rows(few) < rows(whole())
    assert rows(open_few("12", whole(slice(None, None, -1)))) == rows(few)
    assert rows(open_few("5", whole())) < rows(few)


def test_held_out_examples_are_those_of_the_set():
    held_out = ArraySource("rest", IMAGES[:2], np.array([0, 1]))
    assert open_few("3", whole(open_held_out=lambda: held_out)).held_out is held_out
    assert open_few("3", whole()).held_out is None


def test_each_count_has_a_fingerprint():
    assert len({open_few(count, whole()).fingerprint for count in ("3", "4", "40")}) == 3


def test_a_name_gives_a_few_digits():
    few = data.open_source("few:100:mnist5k")
    assert (few.count, few.held_out.count, few.facts.extractor) == (100, 500, "digits")
    assert set(next(few.examples(batch_size=100))["label"]) == set(range(10))  # of all classes


def test_names_of_a_few_name_what_they_are_of(monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    assert source_names.absolute_name("few:3:images:photos") == f"few:3:images:{tmp_path}/photos"
    assert source_names.has_sources("few:3:edges:mnist5k")
    assert not source_names.has_sources("few:3:mnist5k")
    assert data.describe_name("few:10:toy:ring")[0] == "points"


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("few:mnist5k", "few must be few:COUNT:SOURCE, such as few:100:mnist5k"),
        ("few:x:mnist5k", "few must be few:COUNT:SOURCE"),
        ("few:9:faces", "The source of data"),
        ("few:0:mnist5k", "few must be of 1 to 4,500 training examples of mnist5k; received '0'"),
        ("few:4501:mnist5k", "of 1 to 4,500 training examples"),
        (
            "few:3:edges:mnist5k",
            "few must be of a dataset in memory; edges:mnist5k is not in memory",
        ),
    ],
)
def test_other_names_are_refused(name, sentence):
    with pytest.raises(ValueError, match=sentence):
        data.open_source(name)
