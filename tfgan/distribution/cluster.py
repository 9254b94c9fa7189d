"""Which part a process has in its cluster, as the environment variable TF_CONFIG tells it.

    {"cluster": {"chief": ["host:port"], "worker": ["host:port", ...]},
     "task": {"type": "worker", "index": 0}}

Vertex AI and Kubernetes' TFJob set it for jobs of several replicas. The first process is the
`chief` (once called `master`), or else the first worker. An `evaluator` is in no list. Other keys
are ignored.
"""

import dataclasses
import json

_CHIEFS = ("chief", "master")
_OTHERS = ("worker", "evaluator")


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
    Raises: ValueError for a TF_CONFIG that is not of the form above, or with a role that does not
      exist in synchronous training, such as `ps`.
    """
    text = environment.get("TF_CONFIG", "").strip()
    try:
        config = json.loads(text or "{}")
        cluster = {kind: list(hosts) for kind, hosts in config.get("cluster", {}).items()}
        task = config.get("task", {})
        kind, index = str(task.get("type", "local")), int(task.get("index", 0))
    except (AttributeError, TypeError, ValueError) as error:
        raise ValueError(
            'TF_CONFIG must be JSON such as {"cluster": {"worker": ["host:port", "host:port"]}, '
            f'"task": {{"type": "worker", "index": 0}}}}; received {text[:200]!r}.'
        ) from error
    addresses = {
        "chief": [host for name in _CHIEFS for host in cluster.get(name, [])],
        "worker": cluster.get("worker", []),
    }
    addresses = {name: hosts for name, hosts in addresses.items() if hosts}
    kind = "chief" if kind in _CHIEFS else kind
    role = Role(kind, index, addresses)
    _check(role)
    return role


def _check(role):
    if role.kind == "local" and role.addresses:
        raise ValueError("TF_CONFIG names a cluster and no task of this process in it.")
    if role.kind not in ("local", "chief", *_OTHERS):
        raise ValueError(
            f"TF_CONFIG gives this process the role {role.kind!r}; the roles are chief, worker and "
            "evaluator."
        )
    members = role.addresses.get(role.kind, [])
    if role.kind in ("chief", "worker") and not 0 <= role.index < len(members):
        raise ValueError(
            f"TF_CONFIG calls this process {role.kind} {role.index}, of a cluster with "
            f"{len(members)} of that kind."
        )
    if len(role.addresses.get("chief", [])) > 1:
        raise ValueError("TF_CONFIG names several chiefs; there can be one.")
