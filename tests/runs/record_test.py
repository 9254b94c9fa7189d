"""recipe.json holds all that decides a run, and nothing is resumed under other values."""

import dataclasses
import json
import os
from concurrent import futures

import numpy as np
import pytest

from tfgan import recipes
from tfgan.data import DataSpec
from tfgan.runs import Checkpoints, Record, format_differences, open_model, open_record


def record(**changes):
    parameters = recipes.resolve("mixture", ["width=4", "depth=2", "batch_size=8"])
    del parameters["steps"]
    values = {
        "recipe": "mixture",
        "parameters": parameters,
        "data": {"source": "toy:ring", "flip": False, "fingerprint": "0" * 64},
        "spec": DataSpec((2,), "points").to_dict(),
        "seed": 3,
    }
    return Record(**{**values, **changes})


def test_a_record_is_read_as_it_was_written(tmp_path):
    record().write(str(tmp_path))
    assert open_record(str(tmp_path)) == record()
    assert record().differences(open_record(str(tmp_path))) == {}
    assert [path.name for path in tmp_path.iterdir()] == ["recipe.json"]


def test_versions_are_kept_but_are_no_difference(tmp_path):
    record().write(str(tmp_path))
    content = json.loads((tmp_path / "recipe.json").read_text())
    assert set(content["versions"]) == {"tfgan", "tensorflow", "keras", "numpy", "python"}
    content["versions"]["keras"] = "3.99"
    (tmp_path / "recipe.json").write_text(json.dumps(content))
    assert record().differences(open_record(str(tmp_path))) == {}


def test_models_that_are_built_in_threads_have_the_first_weights_of_their_seeds():
    records = [record(seed=seed) for seed in range(4)]
    alone = [each.build().get_weights() for each in records]
    with futures.ThreadPoolExecutor(4) as threads:
        together = [model.get_weights() for model in threads.map(Record.build, records)]
    for one, other in zip(alone, together, strict=True):
        for weight, same in zip(one, other, strict=True):
            np.testing.assert_array_equal(weight, same)


def test_a_directory_without_a_record_has_none(tmp_path):
    assert open_record(str(tmp_path)) is None


@pytest.mark.parametrize("content", ["", "{", "[]", '{"recipe": "gan"}'])
def test_a_damaged_record_is_refused(tmp_path, content):
    (tmp_path / "recipe.json").write_text(content)
    with pytest.raises(ValueError, match=r"recipe.json is not the record of a tfgan run"):
        open_record(str(tmp_path))


def test_changes_are_named_with_both_values():
    other = record(seed=4, parameters={**record().parameters, "width": 8})
    changed = format_differences(record().differences(other))
    assert set(changed) == {"seed: 3 -> 4", "parameters.width: 4 -> 8"}


def test_another_recipe_is_one_change_and_not_one_a_parameter():
    other = record(recipe="gan", parameters={"batch_size": 100})
    assert format_differences(record().differences(other)) == ["recipe: mixture -> gan"]


def test_another_source_is_one_change_and_not_one_an_option():
    other = record(
        data={"source": "toy:grid", "flip": True, "fingerprint": "1" * 64},
        spec=DataSpec((3,), "points").to_dict(),
    )
    assert format_differences(record().differences(other)) == ["data.source: toy:ring -> toy:grid"]


def test_changed_content_of_the_same_source_is_a_change():
    other = record(data={**record().data, "fingerprint": "1" * 64})
    [change] = format_differences(record().differences(other))
    assert change == "data.fingerprint: 000000000000... -> 111111111111..."


def test_data_are_the_same_wherever_they_lie():
    moved = record(data={**record().data, "source": "arrays:/elsewhere/ring.npz"})
    assert record().differences(moved) == {}
    assert record().identity == moved.identity


def with_unlabeled(place, content=None):
    """The record of a run with more examples at a place, whose content an older one lacks."""
    known = {"unlabeled": content * 64} if content else {}
    return record(
        recipe="semi_supervised",
        parameters={"unlabeled": place},
        data={**record().data, **known},
    )


def test_changed_content_of_the_examples_without_labels_is_a_change():
    of_before, other = with_unlabeled("arrays:/a.npz", "1"), with_unlabeled("arrays:/a.npz", "2")
    [change] = format_differences(of_before.differences(other))
    assert change == "data.unlabeled: 111111111111... -> 222222222222..."
    [change] = format_differences(of_before.differences(with_unlabeled("arrays:/a.npz")))
    assert change == "data.unlabeled: 111111111111... -> None"


def test_the_examples_without_labels_are_the_same_wherever_they_lie():
    moved = with_unlabeled("arrays:/elsewhere.npz", "1")
    assert with_unlabeled("arrays:/a.npz", "1").differences(moved) == {}


def test_an_older_record_names_the_examples_without_labels_by_their_place_alone():
    older = with_unlabeled("arrays:/a.npz")
    assert older.differences(with_unlabeled("arrays:/a.npz", "1")) == {}
    other = with_unlabeled("arrays:/other.npz", "1")
    assert set(older.differences(other)) == {"parameters.unlabeled"}
    relative = with_unlabeled("arrays:a.npz")
    assert relative.differences(with_unlabeled(f"arrays:{os.path.abspath('a.npz')}", "1")) == {}


def test_how_a_run_is_carried_out_is_no_difference():
    other = record(flags={"checkpoint_every": 10})
    assert record().differences(other) == {}
    assert record().identity == other.identity


def test_a_parameter_that_an_older_record_lacks_has_its_default():
    older = {name: value for name, value in record().parameters.items() if name != "r1_weight"}
    assert record(parameters=older).differences(record()) == {}
    other = record(parameters={**record().parameters, "r1_weight": 0.5})
    assert record(parameters=older).differences(other) == {"parameters.r1_weight": (0.1, 0.5)}


@pytest.mark.parametrize(
    "change",
    [
        {"seed": 4},
        {"recipe": "gan"},
        {"parameters": {**record().parameters, "width": 8}},
        {"data": {**record().data, "fingerprint": "1" * 64}},
        {"data": {**record().data, "flip": True}},
        {"precision": "bfloat16"},
    ],
    ids=str,
)
def test_runs_that_began_otherwise_have_other_identities(change):
    assert record().identity != record(**change).identity


def test_the_history_keeps_every_change_and_the_identity_is_that_of_the_beginning(tmp_path):
    slower = record(parameters={**record().parameters, "learning_rate": 1e-4}, flags={"steps": 50})
    first = record().changed_to(slower, step=20)
    more = dataclasses.replace(slower, data={**slower.data, "fingerprint": "1" * 64})
    second = first.changed_to(more, step=30)
    assert second.history == (
        {"step": 20, "name": "parameters.learning_rate", "old": 0.002, "new": 1e-4},
        {"step": 20, "name": "flags.steps", "new": 50},
        {"step": 30, "name": "data.fingerprint", "old": "0" * 64, "new": "1" * 64},
    )
    second.write(str(tmp_path))
    read = open_record(str(tmp_path))
    assert read == second
    assert read.identity == record().identity == first.identity
    assert read.changed_to(more, step=40).history == second.history


def test_one_seed_builds_one_model():
    one, two = record().build(), record().build()
    other = record(seed=4).build()
    for a, b in zip(one.get_weights(), two.get_weights(), strict=True):
        np.testing.assert_array_equal(a, b)
    assert not np.array_equal(one.get_weights()[1], other.get_weights()[1])


def test_a_run_opens_with_the_weights_of_its_last_checkpoint(tmp_path):
    written = record()
    written.write(str(tmp_path))
    model = written.build()
    model.generator.set_weights([weight + 1.0 for weight in model.generator.get_weights()])
    model.step.assign(5)
    Checkpoints(str(tmp_path), model).save()
    opened, found = open_model(str(tmp_path))
    assert found == written
    assert opened.steps_done == 5
    np.testing.assert_array_equal(
        opened.use_weights("last").sample(4)["data"], model.use_weights("last").sample(4)["data"]
    )


def test_a_run_without_a_checkpoint_is_refused(tmp_path):
    record().write(str(tmp_path))
    with pytest.raises(ValueError, match="has no checkpoint yet"):
        open_model(str(tmp_path))


def test_a_record_of_another_format_is_refused(tmp_path):
    record().write(str(tmp_path))
    path = tmp_path / "recipe.json"
    path.write_text(path.read_text().replace('"format": 2', '"format": 1'))
    with pytest.raises(ValueError, match="has format 1; this version of tfgan reads format 2"):
        open_record(str(tmp_path))


def test_precision_is_part_of_a_run_and_float32_where_an_older_record_has_none(tmp_path):
    record().write(str(tmp_path))
    path = tmp_path / "recipe.json"
    content = json.loads(path.read_text())
    assert content.pop("precision") == "float32"
    path.write_text(json.dumps(content))
    assert open_record(str(tmp_path)) == record()
    other = record(precision="bfloat16")
    assert record().differences(other) == {"precision": ("float32", "bfloat16")}


def test_networks_are_built_in_the_precision_of_the_run():
    layers = record(precision="bfloat16").build().generator.layers
    assert "bfloat16" in {layer.compute_dtype for layer in layers}
