"""Roles: which part of a cluster each environment makes a process."""

import json

import pytest

from tfgan.training import distribution
from tfgan.training.distribution import cluster as clusters

from .environments import CHIEF_AND_WORKERS, WORKERS, config


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
        (config({"worker": "abc"}, "worker"), r"`cluster.* must be a list; received a string"),
        (
            config({"worker": ["a:1", 2]}, "worker"),
            r"`cluster.* must be a string; received a whole number",
        ),
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
        ({"TF_CONFIG": json.dumps({"cluster": {"worker": WORKERS}})}, "no task for this process"),
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


@pytest.mark.parametrize(
    "host",
    ["a", "127.0.0.1", "job-worker-0.ns.svc.cluster.local", "a_b.", "[::1]", "[fe80::1%eth0]"],
)
def test_hosts_of_every_network_are_addresses(host):
    assert clusters.port(f"{host}:2222") == 2222
