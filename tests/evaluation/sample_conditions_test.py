"""Samples are drawn under the conditions of held-out examples, each once."""

import types

import numpy as np
import pytest

from tfgan.data.sources.pairs import Swapped
from tfgan.evaluation import Evaluator, sample_conditions

from .translating import MASKS, Translator, pairs, unpaired


def held_out(source, entry):
    [batch] = source.held_out.examples()
    return batch[entry]


def test_each_held_out_source_is_translated_once_beside_its_target():
    source = pairs()
    model = Translator(lambda masks: 255 * masks)
    evaluator = Evaluator(source, None, ["l1"], count=1000)
    fake = evaluator.evaluate(model).fake
    assert fake.count == evaluator.sample_count(model) == 7 and model.calls == [(7, 0)]
    np.testing.assert_array_equal(fake.conditions["source"], held_out(source, "source"))
    np.testing.assert_array_equal(fake.target, held_out(source, "data"))
    np.testing.assert_array_equal(fake.data, 255 * held_out(source, "source"))
    assert fake.condition_modalities == {"source": MASKS}


def test_a_smaller_count_takes_the_first_sources_and_batches_change_nothing():
    source = pairs(held_out=250)
    model = Translator(lambda masks: 255 * masks)
    fakes = [
        Evaluator(source, None, ["l1"], count=230, batch_size=size).evaluate(model).fake
        for size in (1, 1000)
    ]
    assert model.calls == [(100, 0), (100, 100), (30, 200), (230, 0)]
    np.testing.assert_array_equal(fakes[0].data, fakes[1].data)
    np.testing.assert_array_equal(fakes[0].target, held_out(source, "data")[:230])


def test_training_examples_take_the_place_of_held_out_ones_that_are_missing():
    source = pairs(count=9, held_out=0)
    evaluated = Evaluator(source, None, ["l1"]).evaluate(Translator(lambda masks: 255 * masks))
    [batch] = source.examples()
    np.testing.assert_array_equal(evaluated.fake.target, batch["data"])
    assert evaluated.results[0].real_baseline is None


def test_errors_to_targets_keep_no_training_images():
    evaluator = Evaluator(pairs(), None, ["l1"])
    assert evaluator.real.data is None and evaluator.real.count == 20
    assert evaluator.held_out.data is evaluator.held_out.target is not None


def test_of_two_domains_no_example_is_taken_twice():
    source = unpaired()
    evaluator = Evaluator(source, None, ["segmentation"])
    model = Translator(lambda images: 255 - images)
    assert (source.distinct("data"), source.distinct("source")) == (20, 12)
    assert (evaluator.real.count, evaluator.held_out.count) == (20, 5)
    assert evaluator.sample_count(model) == 7
    assert len(np.unique(held_out(source, "source"), axis=0)) == 7
    assert evaluator.real.target is None
    back = Swapped(source)
    assert (back.distinct("data"), back.distinct("source")) == (12, 20)


def test_samples_have_the_label_of_the_example_whose_source_they_translate():
    source = pairs(labels=3)
    drawn = sample_conditions.draw(
        Translator(lambda masks: masks), source.held_out, ["source"], 7, 4, seed=0
    )
    labels = np.concatenate([batch["label"] for batch in drawn])
    np.testing.assert_array_equal(labels, held_out(source, "label"))


def test_a_model_with_classes_gets_the_label_of_the_example():
    class Labelled(Translator):
        classes = 3

        def sample(self, count, *, label, **options):
            labels = np.broadcast_to(np.int32(label), count)
            return super().sample(count, **options) | {"label": labels}

    source = pairs(labels=3)
    model = Labelled(lambda masks: masks)
    drawn = sample_conditions.draw(model, source.held_out, ["source"], 7, 4, seed=0)
    labels = np.concatenate([batch["label"] for batch in drawn])
    np.testing.assert_array_equal(labels, held_out(source, "label"))
    fake = Evaluator(source, None, ["l1"]).evaluate(model, label=2).fake
    assert set(fake.label) == {2} and fake.target is not None  # a label that is given is kept


def test_conditions_are_taken_by_place_and_begin_again_after_the_last():
    source = pairs().held_out
    conditions, target = sample_conditions.take(source, ["source"], [8, 1, 0])
    [batch] = source.examples()
    np.testing.assert_array_equal(conditions["source"], batch["source"][[1, 1, 0]])
    np.testing.assert_array_equal(target, batch["data"][[1, 1, 0]])
    _, without = sample_conditions.take(unpaired(), ["source"], [0])
    assert without is None
    none, _ = sample_conditions.take(source, ["source"], [])
    assert none["source"].shape == (0, 12, 12, 1)


def test_the_first_conditions_are_those_of_held_out_examples_and_there_may_be_fewer():
    source, model = pairs(), Translator(None)
    conditions, target = sample_conditions.first(source, model, 100)
    np.testing.assert_array_equal(conditions["source"], held_out(source, "source"))
    np.testing.assert_array_equal(target, held_out(source, "data"))
    plain = types.SimpleNamespace(condition_specs={})
    assert sample_conditions.first(source, plain, 100) == ({}, None)
    assert sample_conditions.first(None, model, 100) == ({}, None)


def test_examples_are_read_again_by_their_place(digits, arrays):
    rows = np.array([7, 3999, 0, 7])
    images = sample_conditions.examples_at(digits, rows)["data"]
    np.testing.assert_array_equal(images, arrays[0][rows])


def test_conditions_that_the_data_do_not_have_are_left_to_the_model():
    model = types.SimpleNamespace(condition_specs={"source": None, "other": None})
    assert sample_conditions.names(model, pairs().spec) == ["source"]
    with pytest.raises(KeyError):
        sample_conditions.take(pairs(), ["other"], [0])
