"""The compiler of TPUs without a TPU: JAX's compile-only client of libtpu, for StableHLO.

These are private names of JAX, of the version that the extra `tpu_compiler` has.
"""

import dataclasses
import math
import os
import re

import numpy as np

_TOPOLOGY = "v5e:2x2"
_SIZES = {"f32": 4, "bf16": 2, "f16": 2, "s32": 4, "u32": 4, "s64": 8, "u64": 8, "pred": 1, "u8": 1}


@dataclasses.dataclass(frozen=True)
class Program:
    """A training step compiled for some chips; all numbers are those of one chip.

    Attributes:
      flops, bytes_accessed: float, as the compiler counts them.
      argument_bytes, temporary_bytes: int.
      reduced_bytes: tuple of int, what each all-reduce sums, largest first.
    """

    flops: float
    bytes_accessed: float
    argument_bytes: int
    temporary_bytes: int
    reduced_bytes: tuple[int, ...]


def compile_step(text, chips, batch_arguments):
    """Compiles a step: `Program`.

    Args:
      text: str, StableHLO.
      chips: int, 1, 2 or 4; the batch is divided among them, the weights are on each.
      batch_arguments: int, the first arguments, which are the batch.
    """
    os.environ.update(TPU_SKIP_MDS_QUERY="1", JAX_PLATFORMS="cpu")
    os.environ.pop("XLA_FLAGS", None)  # of `conftest.py`, for TensorFlow, which has read them
    from jax._src import compiler
    from jax._src.interpreters import mlir
    from jax._src.lib import xla_client
    from jax._src.lib.mlir import ir
    from jax.experimental import topologies

    topology = topologies.get_topology_desc(platform="tpu", topology_name=_TOPOLOGY)
    devices = topology.devices[:chips]
    assignment = np.array([[device.id for device in devices]])
    options = compiler.get_compile_options(1, chips, device_assignment=assignment)
    options.executable_build_options.use_spmd_partitioning = chips > 1
    options.executable_build_options.use_shardy_partitioner = False
    with mlir.make_ir_context():
        module = ir.Module.parse(_divided(text, chips, batch_arguments))
        executable = devices[0].client.compile(
            module,
            executable_devices=xla_client.DeviceList(tuple(devices)),
            compile_options=options,
        )
    costs, memory = executable.cost_analysis(), executable.get_compiled_memory_stats()
    return Program(
        flops=costs["flops"],
        bytes_accessed=costs["bytes accessed"],
        argument_bytes=memory.argument_size_in_bytes,
        temporary_bytes=memory.temp_size_in_bytes,
        reduced_bytes=_reduced_bytes(executable.hlo_modules()[0].to_string()),
    )


def _divided(text, chips, batch_arguments):
    """StableHLO that JAX parses, with the division of the batch among chips."""
    text = re.sub(r"mhlo\.copy (%\S+) :", r"stablehlo.optimization_barrier \1 :", text)
    if chips == 1:
        return text
    arguments = re.search(r"func\.func (?:public )?@main\((.*?)\) ->", text, re.DOTALL)[1]

    def annotate(match):
        number, form = int(match[1]), match[2]
        sharding = "{replicated}"
        if number < batch_arguments:
            ones = "".join(",1" for _ in form.split("x")[1:-1])
            sharding = f"{{devices=[{chips}{ones}]<=[{chips}]}}"
        return f'%arg{number}: tensor<{form}> {{mhlo.sharding = "{sharding}"}}'

    annotated = re.sub(r"%arg(\d+): tensor<([^>]*)>", annotate, arguments)
    return text.replace(arguments, annotated, 1)


def _reduced_bytes(text):
    """The bytes of the results of all all-reduces of a compiled module, largest first."""
    results = re.findall(r"= (.*?) all-reduce(?:-start)?\(", text)
    return tuple(sorted(map(_bytes, results), reverse=True))


def _bytes(form):
    """The bytes of a type such as "(f32[64,3]{1,0}, f32[])"."""
    tensors = re.findall(r"(\w+)\[([\d,]*)\]", form)
    return sum(
        _SIZES[kind] * math.prod(map(int, filter(None, sizes.split(","))))
        for kind, sizes in tensors
    )
