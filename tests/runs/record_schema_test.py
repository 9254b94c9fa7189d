"""recipe.json may have been edited by anyone: what is not a record is refused in one sentence."""

import copy
import json
import pathlib
import re

import pytest

from tfgan import recipes
from tfgan.data import DataSpec
from tfgan.runs import Record, open_record

FORMAT_2 = pathlib.Path(__file__).parent / "format_2"  # a run as the first release wrote it
CONTENT = json.loads((FORMAT_2 / "recipe.json").read_text())

DELETE = object()
EDITS = {
    "format": [None, "2", 2.5, 1, 3],
    "recipe": [None, 5, "", "unknown", "../mixture", "mixture/", [], DELETE],
    "parameters": [None, [], 3, {"wdith": 4}, DELETE],
    "parameters.width": [None, "4", 4.5, True, -4, 0, 10**9, 10**30, [4], {"a": 1}],
    "parameters.learning_rate": ["fast", -1, 0, None, 10**400, True],
    "parameters.loss": ["unknown", 3, None, ["hinge"]],
    "parameters.unknown": [3],
    "data": [None, "toy:grid", [], {}, DELETE],
    "data.source": [None, 5, ["toy:grid"], DELETE],
    "data.fingerprint": [None, 5, DELETE],
    "data.image_size": [32, "32", [32], [0, 32], [32, 32, 3], [32.5, 32], [[32], 32]],
    "data.crop": ["middle", 5],
    "data.channels": ["1", 0, -1, 1.5],
    "data.flip": ["yes", 1, None],
    "data.binarise": ["dynamic", 1],
    "spec": [None, [], {}, DELETE],
    "spec.shape": [None, 2, [], ["2"], [0], [-2], [2.5], [2, 2], [1] * 9, DELETE],
    "spec.dtype": ["float64", None, 3, DELETE],
    "spec.classes": ["25", 0, -1, 24, DELETE],
    "spec.class_names": [None, ["a"], [1] * 25, DELETE],
    "spec.symbols": ["abc", 3],
    "spec.unknown": [1],
    "seed": [None, "0", 0.5, True, DELETE],
    "precision": ["float8", 32, None],
    "flags": [None, [], {"steps": {}}, {"steps": [3]}],
    "history": [None, {}, [1], [{}], [{"step": -1, "name": "a"}], [{"step": 1, "name": 2}]],
    "versions": [None, [], {"keras": 3}],
    "unknown": [None, 1],
}
CASES = [(name, value) for name, values in EDITS.items() for value in values]


def edited(name, value):
    content = copy.deepcopy(CONTENT)
    part, _, entry = name.rpartition(".")
    place = content[part] if part else content
    if value is DELETE:
        del place[entry]
    else:
        place[entry] = value
    return json.dumps(content)


@pytest.mark.parametrize(("name", "value"), CASES, ids=lambda value: str(value)[:20])
def test_an_edit_that_makes_no_sense_is_refused_in_one_sentence(tmp_path, name, value):
    (tmp_path / "recipe.json").write_text(edited(name, value))
    with pytest.raises(ValueError) as refused:
        open_record(str(tmp_path))
    sentence = str(refused.value)
    assert sentence.startswith(f"{tmp_path}/recipe.json ") and "\n" not in sentence
    assert "is not the record of a tfgan run: " in sentence or "has format" in sentence
    assert not re.search(r"`(int|str|float|object|array)\b|Expected|enum", sentence)


@pytest.mark.parametrize(
    "content",
    [b"", b"{", b"[]", b"5", b"\xff\xfe", b"[" * 100_000, b'{"format": 2', b'{"format": 2}'],
)
def test_a_file_that_is_cut_or_something_else_is_refused(tmp_path, content):
    (tmp_path / "recipe.json").write_bytes(content)
    with pytest.raises(ValueError, match=r"recipe.json is not the record of a tfgan run: "):
        open_record(str(tmp_path))


def test_a_record_without_the_newer_entries_is_read_with_their_defaults():
    record = open_record(str(FORMAT_2))
    assert (record.recipe, record.seed, record.precision) == ("mixture", 0, "float32")
    assert record.flags == {}
    assert record.parameters["learning_rate_schedule"] == "recipe"
    assert record.history == (
        {"step": 0, "name": "parameters.learning_rate_schedule", "new": "recipe"},
        {"step": 0, "name": "parameters.augment", "new": "none"},
        {"step": 0, "name": "parameters.average_snapshots", "new": 0},
    )


def test_a_parameter_that_is_missing_is_said_and_has_its_default(tmp_path, caplog):
    (tmp_path / "recipe.json").write_text(edited("parameters.decay_steps", DELETE))
    with caplog.at_level("WARNING", logger="tfgan"):
        record = open_record(str(tmp_path))
    assert "decay_steps" not in record.parameters
    # Of a run of before these parameters, too.
    missing = (
        "discriminator_learning_rate=0.002, decay_steps=0, pack=1, minibatch_features=0, "
        "unrolled_steps=0"
    )
    assert f"lacks {missing}: the recipe's defaults are taken" in caplog.text


def test_a_run_that_began_before_its_decay_was_a_parameter_keeps_it(tmp_path):
    parameters = recipes.resolve("made", ["width=4"])
    for name in ("steps", "decay_steps", "learning_rate_schedule", "augment"):
        del parameters[name]
    spec = DataSpec((4, 4, 1), "images").to_dict()
    source = {"source": "toy:none", "fingerprint": "0" * 64}
    began = Record("made", parameters, source, spec, 0, flags={"steps": 9})
    began.write(str(tmp_path))
    opened = open_record(str(tmp_path))
    assert opened.parameters["decay_steps"] == 3000
    assert opened.identity == began.identity  # its checkpoints are still its own
    optimizer = opened.build().network_optimizer
    optimizer.iterations.assign(1500)
    assert float(optimizer.learning_rate) == pytest.approx(1e-3)


def test_whole_numbers_where_numbers_are_taken_change_no_identity(tmp_path):
    (tmp_path / "recipe.json").write_text(edited("parameters.average_half_life", 10_000))
    assert open_record(str(tmp_path)) == open_record(str(FORMAT_2))
    assert open_record(str(tmp_path)).identity == open_record(str(FORMAT_2)).identity
