"""One model on several devices: strategies, roles in a cluster, slices of a batch, agreement.

A *replica* is a copy of the model on one device; a *worker* is a process with one or more replicas.
N replicas take the same steps as one device on the same global batch, up to rounding.
"""

from tfgan.training.distribution.all_gather import AllGather, lost_worker
from tfgan.training.distribution.batch_sharding import check_batch_size, distribute
from tfgan.training.distribution.cluster import Role, read_role
from tfgan.training.distribution.precision import suitable_precision
from tfgan.training.distribution.rendezvous import MeetingError, meeting
from tfgan.training.distribution.strategies import choose_strategy, open_strategy

__all__ = [
    "AllGather", "MeetingError", "Role", "check_batch_size", "choose_strategy", "distribute",
    "lost_worker", "meeting", "open_strategy", "read_role", "suitable_precision",
]  # fmt: skip
