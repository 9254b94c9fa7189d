"""Machines with accelerators on Vertex AI, checked before anything is started.

The rules are those of Compute Engine's GPU machine types: the machine's name determines the number
of GPUs, except for N1, to which GPUs are attached. https://cloud.google.com/compute/docs/gpus
"""

import re

from tfgan import words

# By machine type: the accelerators that each has.
_BUILT_IN = {
    **{f"g2-standard-{cpus}": ("NVIDIA_L4", 1) for cpus in (4, 8, 12, 16, 32)},
    "g2-standard-24": ("NVIDIA_L4", 2),
    "g2-standard-48": ("NVIDIA_L4", 4),
    "g2-standard-96": ("NVIDIA_L4", 8),
    **{f"a2-highgpu-{count}g": ("NVIDIA_TESLA_A100", count) for count in (1, 2, 4, 8)},
    "a2-megagpu-16g": ("NVIDIA_TESLA_A100", 16),
    **{f"a2-ultragpu-{count}g": ("NVIDIA_A100_80GB", count) for count in (1, 2, 4, 8)},
    **{f"a3-highgpu-{count}g": ("NVIDIA_H100_80GB", count) for count in (1, 2, 4, 8)},
    "a3-edgegpu-8g": ("NVIDIA_H100_80GB", 8),
    "a3-megagpu-8g": ("NVIDIA_H100_MEGA_80GB", 8),
    "a3-ultragpu-8g": ("NVIDIA_H200_141GB", 8),
    "a4-highgpu-8g": ("NVIDIA_B200", 8),
}
# By accelerator: how many of it can be attached to a machine of the N1 family.
_ATTACHED = {
    "NVIDIA_TESLA_T4": (1, 2, 4),
    "NVIDIA_TESLA_P4": (1, 2, 4),
    "NVIDIA_TESLA_P100": (1, 2, 4),
    "NVIDIA_TESLA_V100": (1, 2, 4, 8),
}
_GPU_FAMILIES = {machine.split("-")[0] for machine in _BUILT_IN}
ACCELERATORS = sorted({name for name, _ in _BUILT_IN.values()} | set(_ATTACHED))
TPUS = {
    "v2-8": {"machineType": "cloud-tpu", "acceleratorType": "TPU_V2", "acceleratorCount": 8},
    "v3-8": {"machineType": "cloud-tpu", "acceleratorType": "TPU_V3", "acceleratorCount": 8},
    "v5e-1": {"machineType": "ct5lp-hightpu-1t", "tpuTopology": "1x1"},
    "v5e-4": {"machineType": "ct5lp-hightpu-4t", "tpuTopology": "2x2"},
    "v5e-8": {"machineType": "ct5lp-hightpu-8t", "tpuTopology": "2x4"},
}


def machine_spec(machine, accelerator, count):
    """A machine of a request: dict, a `MachineSpec` in JSON.

    Args:
      machine: str, such as "g2-standard-8".
      accelerator: str, one of ACCELERATORS, or "".
      count: int, GPUs of each machine, 0 without.
    """
    if not re.fullmatch(r"[a-z]+\d+[a-z]*-[a-z]+(-\d+[gt]?)?", machine):
        raise ValueError(
            f"--machine takes a machine type, such as n1-standard-8; received {machine!r}."
        )
    if accelerator and not count:
        raise ValueError(f"--accelerator={accelerator} needs --accelerator_count.")
    if count and not accelerator:
        raise ValueError(f"--accelerator_count={count} needs --accelerator.")
    _check_built_in(machine, accelerator, count)
    if not accelerator:
        return {"machineType": machine}
    if accelerator not in ACCELERATORS:
        raise words.unknown("--accelerator", accelerator, ACCELERATORS)
    if machine not in _BUILT_IN:
        _check_attached(machine, accelerator, count)
    return {"machineType": machine, "acceleratorType": accelerator, "acceleratorCount": count}


def tpu_spec(tpu):
    """The machine of a TPU, named as "v5e-4": dict, a `MachineSpec` in JSON."""
    if tpu in TPUS:
        return TPUS[tpu]
    generation = re.match(r"v(\d+)", tpu)
    if generation and int(generation[1]) >= 6:
        raise ValueError(
            f"--tpu={tpu}: Vertex AI runs no TensorFlow on TPUs from v6e on; take one of "
            f"{', '.join(TPUS)}."
        )
    raise words.unknown("--tpu", tpu, TPUS)


def cores(spec):
    """The devices of a machine that share a batch: int, 1 for a CPU."""
    if "tpuTopology" in spec:
        rows, columns = spec["tpuTopology"].split("x")
        return int(rows) * int(columns)
    return spec.get("acceleratorCount", 1)


def _check_built_in(machine, accelerator, count):
    if machine in _BUILT_IN:
        if _BUILT_IN[machine] != (accelerator, count):
            name, number = _BUILT_IN[machine]
            raise ValueError(
                f"--machine={machine} has {number} {name}: give --accelerator={name} "
                f"--accelerator_count={number}."
            )
    elif machine.split("-")[0] in _GPU_FAMILIES:
        family = [name for name in _BUILT_IN if name.split("-")[0] == machine.split("-")[0]]
        raise words.unknown("--machine", machine, family)


def _check_attached(machine, accelerator, count):
    if accelerator not in _ATTACHED:
        own = [built_in for built_in, (name, _) in _BUILT_IN.items() if name == accelerator]
        raise ValueError(
            f"--accelerator={accelerator} comes with its own machines, not with {machine}: "
            f"{', '.join(own)}."
        )
    if not machine.startswith("n1-"):
        raise ValueError(
            f"--accelerator={accelerator} can be attached to machines of the N1 family only, such "
            f"as n1-standard-8; received --machine={machine}."
        )
    if count not in _ATTACHED[accelerator]:
        subject = f"--accelerator_count for {accelerator}"
        counts = ", ".join(map(str, _ATTACHED[accelerator]))
        raise ValueError(f"{subject} is one of {counts}; received {count}.")
