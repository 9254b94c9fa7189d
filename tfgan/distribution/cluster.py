"""Which part a process has in its cluster, as the environment variable TF_CONFIG tells it.

    {"cluster": {"chief": ["host:port"], "worker": ["host:port", ...]},
     "task": {"type": "worker", "index": 0}}

Vertex AI and Kubernetes' TFJob set it for jobs of several replicas. The first process is the
`chief` (once called `master`), or else the first worker. An `evaluator` is in no list. Other keys
are ignored.

Where there is no TF_CONFIG, CLUSTER_SPEC says the same. Vertex AI sets it on every replica, with
the number of the worker pool in place of the role:

    {"cluster": {"workerpool0": ["host:port"], "workerpool1": ["host:port", ...]},
     "task": {"type": "workerpool1", "index": 0}}
"""

import dataclasses
import json

_CHIEFS = ("chief", "master")
_OTHERS = ("worker", "evaluator")
_POOLS = {
    "workerpool0": "chief",
    "workerpool1": "worker",
    "workerpool2": "ps",
    "workerpool3": "evaluator",
}
_FORMS = {
    "TF_CONFIG": '{"cluster": {"worker": ["host:port", "host:port"]}, '
    '"task": {"type": "worker", "index": 0}}',
    "CLUSTER_SPEC": '{"cluster": {"workerpool0": ["host:port"]}, '
    '"task": {"type": "workerpool0", "index": 0}}',
}


@dataclasses.dataclass(frozen=True)
class Role:
    """The part of one process.

    Attributes:
      kind: str, "chief", "worker", "evaluator", or "local" outside of a cluster.
      index: int, among those of its kind.
      addresses: dict of the lists of host:port by kind, of those that train; empty outside of a
        cluster.
    """

    kind: str = "local"
    index: int = 0
    addresses: dict = dataclasses.field(default_factory=dict)

    @property
    def workers(self):
        """How many processes train one model together: int, 1 outside of a cluster."""
        return max(1, sum(map(len, self.addresses.values())))

    @property
    def is_chief(self):
        """Whether this is the one process that writes: the chief, or else the first worker."""
        if self.kind == "worker":
            return self.index == 0 and not self.addresses.get("chief")
        return self.kind != "evaluator"


def read_role(environment):
    """The role that an environment gives to this process.

    Args:
      environment: mapping of str, such as `os.environ`.
    Returns: Role.
    Raises: ValueError for a TF_CONFIG, or else a CLUSTER_SPEC, that is not of the form above, or
      with a role that does not exist in synchronous training, such as `ps`.
    """
    told = [name for name in _FORMS if environment.get(name, "").strip()]
    if not told:
        return Role()
    name, text = told[0], environment[told[0]]
    try:
        config = json.loads(text)
        cluster = {
            _POOLS.get(kind, kind): list(hosts) for kind, hosts in config.get("cluster", {}).items()
        }
        task = config.get("task", {})
        kind, index = str(task.get("type", "local")), int(task.get("index", 0))
    except (AttributeError, TypeError, ValueError) as error:
        raise ValueError(
            f"{name} must be JSON such as {_FORMS[name]}; received {text[:200]!r}."
        ) from error
    addresses = {
        "chief": [host for chief in _CHIEFS for host in cluster.get(chief, [])],
        "worker": cluster.get("worker", []),
    }
    addresses = {kind: hosts for kind, hosts in addresses.items() if hosts}
    kind = _POOLS.get(kind, kind)
    role = Role("chief" if kind in _CHIEFS else kind, index, addresses)
    _check(role, name)
    return role


def _check(role, name):
    if role.kind == "local" and role.addresses:
        raise ValueError(f"{name} names a cluster and no task of this process in it.")
    if role.kind not in ("local", "chief", *_OTHERS):
        raise ValueError(
            f"{name} gives this process the role {role.kind!r}; the roles are chief, worker and "
            "evaluator."
        )
    members = role.addresses.get(role.kind, [])
    if role.kind in ("chief", "worker") and not 0 <= role.index < len(members):
        raise ValueError(
            f"{name} calls this process {role.kind} {role.index}, of a cluster with "
            f"{len(members)} of that kind."
        )
    if len(role.addresses.get("chief", [])) > 1:
        raise ValueError(f"{name} names several chiefs; there can be one.")
