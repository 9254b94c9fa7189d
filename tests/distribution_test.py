"""Roles, strategies and refusals: what each environment and each flag leads to."""

import json
import os

import numpy as np
import pytest
import tensorflow as tf

from tfgan import distribution
from tfgan.distribution import cluster as clusters

WORKERS = ["a:1", "b:1"]


def config(cluster, kind, index=0, **more):
    return {
        "TF_CONFIG": json.dumps(
            {"cluster": cluster, "task": {"type": kind, "index": index}, **more}
        )
    }


CHIEF_AND_WORKERS = {"chief": ["c:1"], "worker": WORKERS}


@pytest.mark.parametrize(
    ("environment", "kind", "index", "workers", "is_chief"),
    [
        ({}, "local", 0, 1, True),
        ({"TF_CONFIG": ""}, "local", 0, 1, True),
        ({"TF_CONFIG": "{}"}, "local", 0, 1, True),
        (config(CHIEF_AND_WORKERS, "chief"), "chief", 0, 3, True),
        (config(CHIEF_AND_WORKERS, "worker", 0), "worker", 0, 3, False),
        (config(CHIEF_AND_WORKERS, "worker", "1"), "worker", 1, 3, False),
        (config(CHIEF_AND_WORKERS, "evaluator"), "evaluator", 0, 3, False),
        (config({"master": ["c:1"], "worker": WORKERS}, "master"), "chief", 0, 3, True),
        (config({"master": ["c:1"], "worker": WORKERS}, "worker", 0), "worker", 0, 3, False),
        (config({"worker": WORKERS}, "worker", 0), "worker", 0, 2, True),
        (config({"worker": WORKERS}, "worker", 1), "worker", 1, 2, False),
        (config({"chief": ["c:1"]}, "chief"), "chief", 0, 1, True),
        (config({"worker": WORKERS, "ps": ["p:1"]}, "worker"), "worker", 0, 2, True),
        (
            config(CHIEF_AND_WORKERS, "worker", 1, environment="cloud", job={"a": 1}),
            "worker", 1, 3, False,
        ),
    ],
)  # fmt: skip
def test_a_role_is_read_from_every_shape_of_tf_config(environment, kind, index, workers, is_chief):
    role = distribution.read_role(environment)
    assert (role.kind, role.index, role.workers, role.is_chief) == (kind, index, workers, is_chief)


@pytest.mark.parametrize(
    ("environment", "sentence"),
    [
        ({"TF_CONFIG": "{worker"}, r"TF_CONFIG must be JSON such as .*: JSON is malformed"),
        ({"TF_CONFIG": "[]"}, "TF_CONFIG must be JSON such as"),
        ({"TF_CONFIG": '{"cluster": 3}'}, "TF_CONFIG must be JSON such as"),
        (config({"worker": WORKERS}, "worker", "first"), "be a number, received 'first'"),
        (config({"worker": WORKERS}, "worker", "-1"), "be a number, received '-1'"),
        (config({"worker": WORKERS}, "worker", "9" * 5000), "be a number, received '999"),
        (config({"worker": WORKERS}, "worker", 1.5), "TF_CONFIG must be JSON .* `task.index`"),
        ({"TF_CONFIG": '{"task": {"type": "worker", "index": 1e400}}'}, "must be JSON such as"),
        ({"TF_CONFIG": '{"task": ' * 100_000}, "must be JSON such as .* too deep"),
        ({"TF_CONFIG": '{"a": ' + "[" * 100_000}, "must be JSON such as .* too deep"),
        (config({"worker": "abc"}, "worker"), r"Expected `array`, got `str` - at `cluster"),
        (config({"worker": ["a:1", 2]}, "worker"), "Expected `str`, got `int` - at `cluster"),
        (config({"worker": ["a:1", "b"]}, "worker"), "gives worker 1 the address 'b'; an address"),
        (config({"worker": ["a:1", "b:0"]}, "worker"), "gives worker 1 the address 'b:0'"),
        (config({"worker": ["a:1", "b:65536"]}, "worker"), "gives worker 1 the address 'b:65536'"),
        (config({"worker": ["a:1", "b/c:2"]}, "worker"), "gives worker 1 the address 'b/c:2'"),
        (
            config({"worker": ["a:1", "b:\u0663"]}, "worker"),
            "gives worker 1 the address 'b:\u0663'",
        ),
        (config({"worker": ["a:1", "b\0:2"]}, "worker"), "gives worker 1 the address"),
        (config({"worker": ["a:1", "\u00e9:2"]}, "worker"), "gives worker 1 the address"),
        (config({"worker": ["a:1", "b..c:2"]}, "worker"), "gives worker 1 the address 'b..c:2'"),
        (config({"worker": ["a:1", 70_000 * "b" + ":2"]}, "worker"), "the address 'b{60}'; an add"),
        (config({"worker": ["a:1", 64 * "b" + ":2"]}, "worker"), "gives worker 1 the address"),
        (config({"worker": ["a:1", "b:1", "a:1"]}, "worker"), "2 processes the address a:1"),
        ({"TF_CONFIG": json.dumps({"cluster": {"worker": WORKERS}})}, "no task of this process"),
        (config({"worker": WORKERS}, "worker", 2), "worker 2, of a cluster with 2 of that kind"),
        (config({"worker": WORKERS}, "chief"), "chief 0, of a cluster with 0 of that kind"),
        (
            config({"worker": WORKERS, "ps": ["p:1"]}, "ps"),
            "role 'ps'; the roles are chief, worker",
        ),
        (config({"chief": WORKERS}, "chief"), "several chiefs"),
    ],
)
def test_a_tf_config_that_makes_no_sense_is_refused(environment, sentence):
    with pytest.raises(ValueError, match=sentence) as refusal:
        distribution.read_role(environment)
    assert "\n" not in str(refusal.value) and len(str(refusal.value)) < 400


def spec(pools, pool, index=0):
    """CLUSTER_SPEC as Vertex AI writes it."""
    return {
        "CLUSTER_SPEC": json.dumps(
            {
                "cluster": pools,
                "environment": "cloud",
                "task": {"type": pool, "index": index, "trial": "1"},
                "job": {"worker_pool_specs": []},
            }
        )
    }


POOLS = {"workerpool0": ["c:1"], "workerpool1": WORKERS}


@pytest.mark.parametrize(
    ("environment", "kind", "index", "workers", "is_chief"),
    [
        (spec({"workerpool0": ["c:1"]}, "workerpool0"), "chief", 0, 1, True),
        (spec(POOLS, "workerpool0"), "chief", 0, 3, True),
        (spec(POOLS, "workerpool1", 1), "worker", 1, 3, False),
        (spec(POOLS | {"workerpool3": ["e:1"]}, "workerpool3"), "evaluator", 0, 3, False),
        (spec(POOLS, "workerpool0") | {"TF_CONFIG": ""}, "chief", 0, 3, True),
        # TF_CONFIG is never overruled.
        (
            spec(POOLS, "workerpool0") | config({"worker": WORKERS}, "worker", 1),
            "worker", 1, 2, False,
        ),
        (spec(POOLS, "workerpool0") | {"TF_CONFIG": "{}"}, "local", 0, 1, True),
    ],
)  # fmt: skip
def test_without_tf_config_a_role_is_read_from_cluster_spec(
    environment, kind, index, workers, is_chief
):
    role = distribution.read_role(environment)
    assert (role.kind, role.index, role.workers, role.is_chief) == (kind, index, workers, is_chief)


@pytest.mark.parametrize(
    ("environment", "sentence"),
    [
        ({"CLUSTER_SPEC": "pool"}, "CLUSTER_SPEC must be JSON such as .*: JSON is malformed"),
        (spec({"workerpool0": "abc"}, "workerpool0"), "CLUSTER_SPEC must be JSON such as"),
        (spec(POOLS, "workerpool1", 2), "CLUSTER_SPEC calls this process worker 2, of a cluster"),
        (spec(POOLS | {"workerpool2": ["p:1"]}, "workerpool2"), "CLUSTER_SPEC .* the role 'ps'"),
    ],
)
def test_a_cluster_spec_that_makes_no_sense_is_refused(environment, sentence):
    with pytest.raises(ValueError, match=sentence):
        distribution.read_role(environment)


def test_exactly_one_process_of_a_cluster_is_chief():
    for cluster in (CHIEF_AND_WORKERS, {"worker": ["a:1", "b:1", "c:1"]}):
        roles = [
            distribution.read_role(config(cluster, kind, index))
            for kind, hosts in cluster.items()
            for index in range(len(hosts))
        ]
        assert [role.is_chief for role in roles] == [True, False, False]


def role_of(cluster, kind, index=0):
    return distribution.read_role(config(cluster, kind, index))


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
        ("many", {}, "strategy must be one of auto, one, .* received 'many'"),
        ("multi_worker", {}, "multi_worker needs TF_CONFIG in the environment"),
        ("mirrored", {}, "mirrored finds no GPU here; devices=2"),
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
        "from tfgan import distribution\n"
        f"try: distribution.open_strategy('tpu', tpu={tpu!r})\n"
        "except ValueError as error: print(error)\n"
    )
    environment = {name: value for name, value in os.environ.items() if name != "TPU_NAME"}
    said = programs.start(code=code, environment=environment).end()[1].splitlines()
    assert len(said) == 1
    assert said[0].startswith(f"There is no TPU {tpu!r} (") and said[0].endswith("called local.")


def test_a_batch_must_divide_among_the_replicas(two_replicas):
    distribution.check_batch_size(two_replicas, 8)
    with pytest.raises(ValueError, match="multiple of the 2 replicas; received 7"):
        distribution.check_batch_size(two_replicas, 7)


def test_the_pieces_of_the_replicas_laid_end_to_end_are_the_batch(two_replicas):
    rows = tf.reshape(tf.range(24), [3, 8])

    def batches(worker):
        assert worker == (0, 1)
        return tf.data.Dataset.from_tensor_slices({"data": rows})

    pieces = iter(distribution.distribute(two_replicas, 8, batches))
    for row in rows:
        each = two_replicas.experimental_local_results(next(pieces)["data"])
        assert [piece.shape for piece in each] == [(4,), (4,)]
        np.testing.assert_array_equal(np.concatenate(each), row)


def test_the_numbers_of_all_replicas_are_exchanged(two_replicas):
    said = distribution.Exchange(two_replicas)([3, 2**40])
    np.testing.assert_array_equal(said, [[3, 2**40]] * 2)


@pytest.mark.parametrize(
    ("error", "who"),
    [
        (tf.errors.UnavailableError(None, None, "Connection reset by peer"), "another worker"),
        (
            tf.errors.UnavailableError(
                None, None, "Collective ops is aborted by: /job:worker/replica:0/task:1 is down"
            ),
            "worker 1",
        ),
        (
            tf.errors.InternalError(
                None, None, "Collective ops is aborted by: target /job:chief/replica:0/task:0"
            ),
            "chief 0",
        ),
        (tf.errors.InvalidArgumentError(None, None, "shapes differ"), None),
        (ValueError("Collective ops is aborted"), None),
    ],
)
def test_a_lost_worker_is_told_from_other_errors(error, who):
    assert distribution.lost_worker(error) == who


@pytest.mark.parametrize(
    ("gpus", "on_tpu", "expected"),
    [
        ([], False, "float32"),
        ([], True, "bfloat16"),
        ([(8, 0), (9, 0)], False, "bfloat16"),
        ([(8, 0), (7, 5)], False, "float32"),
        ([None], False, "float32"),
    ],
)
def test_the_suitable_precision_is_what_all_devices_are_made_for(
    gpus, on_tpu, expected, monkeypatch
):
    details = [{} if each is None else {"compute_capability": each} for each in gpus]
    monkeypatch.setattr(tf.config, "list_physical_devices", lambda kind: range(len(gpus)))
    monkeypatch.setattr(tf.config.experimental, "get_device_details", details.__getitem__)
    assert distribution.suitable_precision(on_tpu) == expected


@pytest.mark.parametrize(
    "host",
    ["a", "127.0.0.1", "job-worker-0.ns.svc.cluster.local", "a_b.", "[::1]", "[fe80::1%eth0]"],
)
def test_hosts_of_every_network_are_addresses(host):
    assert clusters.port(f"{host}:2222") == 2222
