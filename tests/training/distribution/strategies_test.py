"""Strategies: which devices each flag leads to, and how a batch is shared among them."""

import os

import pytest
import tensorflow as tf

from tfgan.training import distribution

from .environments import WORKERS, config, role_of


def test_without_more_than_one_device_auto_is_the_default_strategy():
    assert distribution.open_strategy() is tf.distribute.get_strategy()
    assert distribution.open_strategy("one") is tf.distribute.get_strategy()


def test_gpus_that_a_program_hides_are_not_used(monkeypatch):
    monkeypatch.setattr(tf.config, "list_physical_devices", lambda kind: range(2))
    assert tf.config.get_visible_devices("GPU") == []
    assert distribution.open_strategy() is tf.distribute.get_strategy()


@pytest.mark.parametrize("name", ["auto", "mirrored"])
def test_devices_split_the_cpu(name):
    strategy = distribution.open_strategy(name, devices=2)
    assert isinstance(strategy, tf.distribute.MirroredStrategy)
    assert strategy.num_replicas_in_sync == 2


@pytest.mark.parametrize("text", ["", config({"chief": ["c:1"]}, "chief")["TF_CONFIG"]])
def test_tensorflow_does_not_take_tf_config_for_a_list_of_devices(monkeypatch, text):
    monkeypatch.setenv("TF_CONFIG", text)
    assert distribution.open_strategy("mirrored", devices=2).num_replicas_in_sync == 2
    assert os.environ["TF_CONFIG"] == text


@pytest.mark.parametrize("name", ["auto", "multi_worker"])
def test_a_cluster_of_one_is_a_machine_of_its_own(name):
    alone = role_of({"chief": ["c:1"]}, "chief")
    assert distribution.open_strategy(name, role=alone) is tf.distribute.get_strategy()


@pytest.mark.parametrize(
    ("name", "options", "sentence"),
    [
        ("many", {}, "strategy must be one of auto, .* received 'many'"),
        ("multi_worker", {}, "multi_worker needs TF_CONFIG in the environment"),
        ("mirrored", {}, "mirrored found no GPU; devices=2"),
        ("one", {"devices": 2}, "devices is for strategy mirrored; received 2 with one"),
        ("mirrored", {"devices": 1}, "devices must be 2 or more; received 1"),
        ("mirrored", {"tpu": "local"}, "tpu is for strategy tpu; received 'local' with mirrored"),
        ("mirrored", {"devices": 9}, "cannot be split into 9 devices any more"),
    ],
)
def test_options_that_contradict_one_another_are_refused(name, options, sentence):
    tf.config.list_logical_devices()  # the CPU is in use from here on
    with pytest.raises(ValueError, match=sentence):
        distribution.open_strategy(name, **options)


@pytest.mark.parametrize("name", ["one", "tpu"])
def test_workers_are_not_left_to_train_apart(name):
    worker = role_of({"worker": WORKERS}, "worker")
    with pytest.raises(ValueError, match="TF_CONFIG names 2 workers"):
        distribution.open_strategy(name, role=worker)


@pytest.mark.parametrize("tpu", ["", "local"])
def test_a_tpu_that_is_not_there_gets_one_sentence(programs, tpu):
    """In a process of its own: it connects TensorFlow to a cluster of another kind."""
    code = (
        "from tfgan.training import distribution\n"
        f"try: distribution.open_strategy('tpu', tpu={tpu!r})\n"
        "except ValueError as error: print(error)\n"
    )
    environment = {name: value for name, value in os.environ.items() if name != "TPU_NAME"}
    said = programs.start(code=code, environment=environment).end()[1].splitlines()
    assert len(said) == 1
    assert said[0].startswith(f"There is no TPU {tpu!r} (") and said[0].endswith("called local.")
