"""The role of a process in its cluster, from the environment variable TF_CONFIG.

    {"cluster": {"chief": ["host:port"], "worker": ["host:port", ...]},
     "task": {"type": "worker", "index": 0}}

Vertex AI and Kubernetes' TFJob set it for jobs of several replicas. The chief (formerly `master`)
is optional; without one the first worker is the chief. An `evaluator` is in none of the lists.
Other keys are ignored.

Without TF_CONFIG, CLUSTER_SPEC counts, which Vertex AI sets on every replica, with worker pools
(`workerpool0`, ...) instead of roles.

>>> config = '{"cluster": {"worker": ["a:80", "b:80"]}, "task": {"type": "worker", "index": 1}}'
>>> role = read_role({"TF_CONFIG": config})
>>> role.name, role.workers, role.is_chief
('worker 1', 2, False)
"""

import collections
import dataclasses
import re

import msgspec

from tfgan import files

_SYNONYMS = {
    "master": "chief",
    "workerpool0": "chief",
    "workerpool1": "worker",
    "workerpool2": "ps",
    "workerpool3": "evaluator",
}
_EXAMPLES = {
    "TF_CONFIG": '{"cluster": {"worker": ["host:port", "host:port"]}, '
    '"task": {"type": "worker", "index": 0}}',
    "CLUSTER_SPEC": '{"cluster": {"workerpool0": ["host:port"]}, '
    '"task": {"type": "workerpool0", "index": 0}}',
}
_ADDRESS = re.compile(
    r"(?:(?=[^:]{1,253}:)[A-Za-z0-9_-]{1,63}(?:\.[A-Za-z0-9_-]{1,63})*\.?|"
    r"\[[0-9A-Fa-f:.]{2,45}(?:%[A-Za-z0-9_.-]{1,15})?\]):(?P<port>[0-9]{1,5})"
)


class _Task(msgspec.Struct):
    type: str = "local"
    index: int | str = 0  # some programs write a string


class _Config(msgspec.Struct):
    cluster: dict[str, list[str]] = {}
    task: _Task = msgspec.field(default_factory=_Task)


@dataclasses.dataclass(frozen=True)
class Role:
    """The role of one process.

    Attributes:
      kind: str, "chief", "worker", "evaluator", or "local" outside of a cluster.
      index: int, among the processes of its kind.
      addresses: dict of lists of host:port by kind, of the processes that train; empty outside of a
        cluster.
    """

    kind: str = "local"
    index: int = 0
    addresses: dict = dataclasses.field(default_factory=dict)

    @property
    def name(self):
        """The name of this process in messages, such as "worker 1"."""
        return f"{self.kind} {self.index}"

    @property
    def members(self):
        """The processes that train: dict of host:port by name, the chief first."""
        return {
            f"{kind} {index}": address
            for kind in ("chief", "worker")
            for index, address in enumerate(self.addresses.get(kind, []))
        }

    @property
    def workers(self):
        """The number of processes that train one model: int, 1 outside of a cluster."""
        return max(1, len(self.members))

    @property
    def is_chief(self):
        """Whether this is the one process that writes files."""
        if self.kind == "worker":
            return self.index == 0 and not self.addresses.get("chief")
        return self.kind != "evaluator"


def read_role(environment):
    """The `Role` of this process according to a mapping such as `os.environ`.

    Raises: ValueError for a TF_CONFIG, or else a CLUSTER_SPEC, of another form, with invalid
      addresses, or with a role that synchronous training does not have, such as `ps`.
    """
    name = next((name for name in _EXAMPLES if environment.get(name, "").strip()), None)
    if name is None:
        return Role()
    refusal = f"{name} must be JSON such as {_EXAMPLES[name]}"
    config = files.parse_json(environment[name], _Config, refusal)
    addresses = {}
    for kind, hosts in config.cluster.items():
        kind = _SYNONYMS.get(kind, kind)
        if kind in ("chief", "worker") and hosts:
            addresses[kind] = addresses.get(kind, []) + hosts
    kind = _SYNONYMS.get(config.task.type, config.task.type)
    role = Role(kind, _index(config.task.index, refusal), addresses)
    _check_role(role, name)
    _check_addresses(role, name)
    return role


def port(address):
    """The port of a host:port: int, 1 to 65535; None if the text is not an address.

    A host is a name of at most 253 characters, or an IPv6 address in brackets.
    """
    parts = _ADDRESS.fullmatch(address)
    number = int(parts["port"]) if parts else 0
    return number if 0 < number < 2**16 else None


def _index(value, refusal):
    if isinstance(value, int):
        return value
    if not re.fullmatch(r"\d{1,9}", value, re.ASCII):
        raise ValueError(
            f"{refusal}: the index of the task must be a number, received {value[:60]!r}."
        )
    return int(value)


def _check_role(role, name):
    if role.kind == "local" and role.addresses:
        raise ValueError(f"{name} names a cluster but no task for this process.")
    if role.kind not in ("local", "chief", "worker", "evaluator"):
        raise ValueError(
            f"{name} gives this process the role {role.kind!r}; the roles are chief, worker and "
            "evaluator."
        )
    members = role.addresses.get(role.kind, [])
    if role.kind in ("chief", "worker") and not 0 <= role.index < len(members):
        raise ValueError(
            f"{name} calls this process {role.name}, of a cluster with {len(members)} of that kind."
        )
    if len(role.addresses.get("chief", [])) > 1:
        raise ValueError(f"{name} names several chiefs; there can be one.")


def _check_addresses(role, name):
    for member, address in role.members.items():
        if port(address) is None:
            raise ValueError(
                f"{name} gives {member} the address {address[:60]!r}; an address is host:port."
            )
    address, count = collections.Counter([*role.members.values(), ""]).most_common(1)[0]
    if count > 1:
        raise ValueError(
            f"{name} gives {count} processes the address {address}; each needs its own."
        )
