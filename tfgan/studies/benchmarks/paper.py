"""The time of a training step on many devices, on paper: the largest of three times.

A step takes as long as its arithmetic, its traffic to memory, or the sum of its gradients over the
network, whichever is largest, if all are at their peaks and overlap. No run is as fast; what the
numbers show is which of the three is in the way, and from which number of devices on.

The counts of the steps are those of the compiler of TPUs (`step_counts.json`, which a test of the
mark `tpu_compiler` compares with the compiler), on digits, at the recipes' presets for a CPU:
arithmetic grows with the examples on a device; traffic does too, on top of that of the weights.
"""

import dataclasses
import importlib.resources
import json

BATCHES = (16, 64, 256, 1024)  # examples per device

_COUNTED = (16, 64)  # examples per device in step_counts.json


@dataclasses.dataclass(frozen=True)
class Device:
    """Peak rates of a device, and what connects several.

    Attributes:
      name: str.
      flops: float, per second, of matrix products in bfloat16.
      memory: float, bytes per second.
      links: sequence of (devices that it connects, bytes per second of each device in one
        direction, seconds of latency of a sum), innermost first.
      counts: sequence of int, numbers of devices.
    """

    name: str
    flops: float
    memory: float
    links: tuple[tuple[int, float, float], ...]
    counts: tuple[int, ...]


# Rates: https://cloud.google.com/tpu/docs/v5e (1,600 Gb/s of links per chip, all-reduce 51.2 TB/s
# per pod of 256) and the data sheet of NVIDIA's H100 SXM (NVLink of 900 GB/s in both directions
# together), with one network card of 400 Gb/s per GPU. Latencies are assumed, 1 us per hop on the
# torus, 20 us for a sum in a machine and 40 us between machines.
TPU_V5E = Device("TPU v5e", 197e12, 819e9, ((256, 200e9, 30e-6),), (1, 4, 16, 64, 256))
H100 = Device("H100", 989e12, 3.35e12, ((8, 450e9, 20e-6), (256, 50e9, 40e-6)), (1, 8, 16, 64, 256))


@dataclasses.dataclass(frozen=True)
class Counts:
    """What a step of a recipe takes.

    Attributes:
      flops: float, per example on a device.
      fixed_bytes, example_bytes: float, read and written in memory: in any step, and per example.
      gradient_bytes: int, summed over the devices.
    """

    flops: float
    fixed_bytes: float
    example_bytes: float
    gradient_bytes: int


def counts():
    """The `Counts` of recipes by name."""
    return {name: _fitted(entry) for name, entry in json.loads(step_counts())["recipes"].items()}


def step_counts():
    """The text of step_counts.json."""
    return importlib.resources.files(__package__).joinpath("step_counts.json").read_text()


def _fitted(entry):
    few, many = _COUNTED
    low, high = entry["bytes_accessed"]
    per_example = (high - low) / (many - few)
    return Counts(
        flops=(entry["flops"][1] - entry["flops"][0]) / (many - few),
        fixed_bytes=max(low - few * per_example, 0.0),
        example_bytes=per_example,
        gradient_bytes=entry["gradient_bytes"],
    )


def seconds(step, device, batch, devices):
    """The times of a step: dict of seconds by "compute", "memory" and "network".

    Args:
      step: Counts.
      device: Device.
      batch: int, examples per device.
      devices: int.
    """
    return {
        "compute": step.flops * batch / device.flops,
        "memory": (step.fixed_bytes + step.example_bytes * batch) / device.memory,
        "network": _sum_seconds(step.gradient_bytes, device.links, devices),
    }


def _sum_seconds(size, links, devices):
    """A ring's time, 2 (n - 1) / n size / rate, and the latency; level by level."""
    total, inside = 0.0, 1
    for reach, rate, latency in links:
        members = min(-(-devices // inside), reach // inside)
        if members > 1:
            total += 2 * (members - 1) / members * size / rate + latency
            size /= members
        inside = reach
    return total


def run(variants=(), progress=None):
    """The times of recipes on devices.

    Args:
      variants: sequence of recipes' names; empty for all that are counted.
      progress: ignored: nothing is measured.
    Returns: dict that JSON can hold: `rows`, dicts of `recipe`, `device`, `devices`, `batch` (per
      device), `seconds` by cause, and `examples_per_second`.
    Raises: ValueError for a recipe without counts.
    """
    del progress
    known = counts()
    for name in variants:
        if name not in known:
            raise ValueError(f"--variant must be one of {', '.join(known)}; received {name!r}.")
    return {
        "rows": [
            _row(name, device, devices, batch)
            for name in variants or known
            for device in (TPU_V5E, H100)
            for batch in BATCHES
            for devices in device.counts
        ]
    }


def _row(name, device, devices, batch):
    times = seconds(counts()[name], device, batch, devices)
    return {
        "recipe": name,
        "device": device.name,
        "devices": devices,
        "batch": batch,
        "seconds": times,
        "examples_per_second": devices * batch / max(times.values()),
    }


def lines(results):
    """The results as lines of text: for each recipe, device and batch the efficiency by devices."""
    yield "examples per second on paper, and the cause of a step's time: compute, memory, network"
    by_line = {}
    for row in results["rows"]:
        key = row["recipe"], row["device"], row["batch"]
        by_line.setdefault(key, []).append(row)
    for (name, device, batch), rows in by_line.items():
        cells = "".join(f"{row['devices']:>6}: {_cell(row)}" for row in rows)
        yield f"{name:<10} {device:<8} {batch:>5} per device{cells}"


def _cell(row):
    cause = max(row["seconds"], key=row["seconds"].get)
    return f"{row['examples_per_second'] / 1e6:8.2f} M {cause:<7}"
