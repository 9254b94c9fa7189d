"""Environments of processes in a cluster."""

import json

from tfgan.training import distribution

WORKERS = ["a:1", "b:1"]


def config(cluster, kind, index=0, **more):
    return {
        "TF_CONFIG": json.dumps(
            {"cluster": cluster, "task": {"type": kind, "index": index}, **more}
        )
    }


CHIEF_AND_WORKERS = {"chief": ["c:1"], "worker": WORKERS}


def role_of(cluster, kind, index=0):
    return distribution.read_role(config(cluster, kind, index))
