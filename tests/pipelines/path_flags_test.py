"""Every flag that takes a path replaces ~ and $NAME, whichever program it belongs to."""

import pytest
from absl import flags
from tfgan.pipelines import main, path_flags

# Texts that are not paths. A new flag of text belongs here or is defined by `path_flags`.
READING = {"image_size", "background", "memory"}
NOT_PATHS = {
    "train": {"learning_rate_schedule", "evaluate_metrics", "tpu", *READING},
    "sample": {"checkpoint", "seed", "label"},
    "export": {"checkpoint"},
    "evaluate": {"checkpoint", *READING},
    "compare": {"budget", "families", *READING},
    "prepare": {"augment", *READING},
    "serve": {"name", "host"},
    "pipeline": {
        *("recipe", "metric", "checkpoint", "image"),
        *("prepare_flags", "train_flags", "evaluate_flags"),
    },
    "benchmark": {"image_size"},
    "launch": {
        *("project", "location", "base_output", "name", "service_account", "image", "machine"),
        *("accelerator", "tpu", "tensorboard"),
    },
    "tune": {
        *("project", "location", "base_output", "name", "service_account", "image", "machine"),
        *("accelerator", "tpu", "tensorboard", "metric"),
    },
    "theory": set(),
    "translate": {"checkpoint", "background", "memory"},
    "interpolate": {"checkpoint", "label", "between"},
    "arithmetic": {"checkpoint", "label"},
    "directions": {"checkpoint", "label"},
    "project": {"checkpoint", "label"},
    "recipes": set(),
}


def flags_of(verb):
    values = main._define(verb)[1]
    return {name: values[name] for name in values}


@pytest.mark.parametrize("verb", sorted(main.VERBS))
def test_a_flag_of_text_is_a_path_flag_or_known_not_to_be_one(verb):
    plain = {
        name
        for name, flag in flags_of(verb).items()
        if type(flag.parser) is flags.ArgumentParser and not isinstance(flag, flags.MultiFlag)
    }
    assert plain == NOT_PATHS[verb]


@pytest.mark.parametrize("verb", sorted(main.VERBS))
def test_home_and_variables_are_replaced_in_every_path_flag(verb, monkeypatch):
    monkeypatch.setenv("HOME", "/home/ada")
    monkeypatch.setenv("SET", "my photos")
    for name, flag in flags_of(verb).items():
        if isinstance(flag.parser, path_flags._Path):
            values = main._define(verb)[1]
            values([verb, f"--{name}=~/a/$SET"])
            assert values[name].value == "/home/ada/a/my photos"


def test_the_path_after_a_word_and_a_colon_is_replaced_as_well(monkeypatch):
    monkeypatch.setenv("HOME", "/home/ada")
    read = path_flags._Source().parse
    assert read("images:~/photos") == "images:/home/ada/photos"
    assert read("tfrecord:$HOME/*.tfrecord") == "tfrecord:/home/ada/*.tfrecord"
    assert read("gray:images:~/photos") == "gray:images:/home/ada/photos"
    assert read("~/photos") == "/home/ada/photos"
    for other in ("mnist5k", "toy:ring", "tfds:mnist@train", "", "images:gs://b/$HOME", "gs://b/~"):
        assert read(other) == other


def test_what_is_unknown_or_remote_stays_as_it_is(monkeypatch):
    monkeypatch.delenv("NOWHERE", raising=False)
    assert path_flags.expand("$NOWHERE/photos") == "$NOWHERE/photos"
    assert path_flags.expand("gs://bucket/$HOME") == "gs://bucket/$HOME"


def test_a_run_trains_from_and_into_folders_under_home(capsys, monkeypatch):
    monkeypatch.setenv("HOME", "/home/ada")
    argv = ["train", "--data=images:~/photos", "--workdir=$HOME/run", "--dry_run=recipe"]
    assert main._run(argv) == 0
    out = capsys.readouterr().out
    assert '"source": "images:/home/ada/photos"' in out
    assert '"workdir": "/home/ada/run"' in out
