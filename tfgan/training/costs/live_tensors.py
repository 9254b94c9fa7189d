"""An estimate of the memory that the tensors of a traced function take.

The operations run one after another in the order in which they were traced. A tensor takes memory
from its operation to the last one that reads it: so the results of a forward pass that the gradient
reads, the activations, accumulate until the backward pass has come to them. Views (reshapes, reads
of variables) take none of their own.

Not counted is the workspace of kernels, and that devices which run several operations at once need
more; compilers, which join operations, need less.
"""

import math

from tfgan.training.costs import traced_graph

# Their results are a view of the first input, or of each input.
_VIEWS = {
    *("Identity", "IdentityN", "Reshape", "Squeeze", "ExpandDims", "StopGradient", "EnsureShape"),
    *("PreventGradient", "CheckNumerics", "ReadVariableOp", "OptionalFromValue"),
    *("OptionalGetValue", "Snapshot"),
}


def peak_bytes(graph):
    """The most bytes of tensors that are needed at once: int.

    Inputs of the function, such as the batch, count all the time. Of two branches the larger one
    counts.

    Args:
      graph: `FuncGraph` with static shapes; an unknown dimension counts 1.
    """
    return _inputs_bytes(graph) + _peak(graph)


def _inputs_bytes(graph):
    return sum(_bytes(tensor) for tensor in graph.inputs)


def _peak(graph):
    """The same without the inputs, which the caller holds."""
    operations = traced_graph.operations(graph)
    last = _last_readers(graph, operations)
    released = {}
    for owner, place in last.items():
        released.setdefault(place, []).append(owner)
    live = peak = 0
    sizes = {}
    for place, operation in enumerate(operations):
        inside = max((_peak(each) for each in traced_graph.called(operation)), default=0)
        own = 0
        if operation.type not in _VIEWS and operation.type != "Placeholder":
            for tensor in operation.outputs:
                sizes[tensor.ref()] = _output_bytes(operation, tensor)
                own += sizes[tensor.ref()]
        # The results of a called function are among what is live inside it.
        peak = max(peak, live + max(own, inside))
        live += own
        live -= sum(sizes.get(owner, 0) for owner in released.get(place, ()))
    return peak


def _last_readers(graph, operations):
    """The place of the last operation that reads each tensor or a view of it, by `tensor.ref()`."""
    owners, last = {}, {}
    for place, operation in enumerate(operations):
        for number, tensor in enumerate(operation.outputs):
            owner = tensor.ref()
            if operation.type in _VIEWS and operation.inputs:
                source = operation.inputs[min(number, len(operation.inputs) - 1)]
                owner = owners.get(source.ref(), source.ref())
            owners[tensor.ref()] = owner
            last[owner] = max(place, last.get(owner, 0))
        for tensor in operation.inputs:
            last[owners.get(tensor.ref(), tensor.ref())] = place
    for tensor in graph.outputs:
        last[owners.get(tensor.ref(), tensor.ref())] = len(operations)
    return last


def _output_bytes(operation, tensor):
    """The bytes of a result; those of a branch that are kept for its gradient are inside it."""
    if tensor.dtype.name != "variant":
        return _bytes(tensor)
    results = [each.outputs[tensor.value_index] for each in traced_graph.called(operation)]
    return max((_kept_bytes(each) for each in results), default=0)


def _kept_bytes(result):
    operation = result.op
    while operation.type == "Identity":
        operation = operation.inputs[0].op
    if operation.type != "OptionalFromValue":
        return 0
    return sum(map(_bytes, operation.inputs))


def _bytes(tensor):
    if tensor.dtype.name in ("resource", "variant", "string"):
        return 0
    if tensor.shape.rank is None:
        return 0
    sizes = [1 if size is None else size for size in tensor.shape.as_list()]
    return math.prod(sizes) * tensor.dtype.size
