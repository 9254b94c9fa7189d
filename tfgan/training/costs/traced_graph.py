"""The operations of a traced function that really run, and the functions that they call."""

import re

import tensorflow as tf

_BRANCHES = {
    "If": ("then_branch", "else_branch"),
    "StatelessIf": ("then_branch", "else_branch"),
    "PartitionedCall": ("f",),
    "StatefulPartitionedCall": ("f",),
    "While": ("body",),
    "StatelessWhile": ("body",),
}
_LISTS = {"Case": "branches", "StatelessCase": "branches"}
_LAZY = re.compile(r"(?:^|/)every_(\d+)(?:_\d+)?(?:/(?:StatelessIf|If)(?:_\d+)?)?$")


def operations(graph):
    """The operations of a function that outputs or side effects need, in the order of tracing.

    The others, such as gradients that are not used, are removed before a function runs.

    Args:
      graph: the `FuncGraph` of a `tf.function`.
    Returns: list of `tf.Operation`.
    """
    waiting = [tensor.op for tensor in graph.outputs] + list(graph.control_outputs)
    needed = set()
    while waiting:
        operation = waiting.pop()
        if operation in needed:
            continue
        needed.add(operation)
        waiting += [tensor.op for tensor in operation.inputs] + list(operation.control_inputs)
    return [operation for operation in graph.get_operations() if operation in needed]


def called(operation):
    """The graphs of the functions that an operation may call: list of `FuncGraph`.

    Two or more are alternatives, of which one runs, except that a condition of a loop is left out.
    """
    names = [operation.get_attr(name).name for name in _BRANCHES.get(operation.type, ())]
    if operation.type in _LISTS:
        names = [each.name for each in operation.get_attr(_LISTS[operation.type])]
    return [operation.graph._get_function(name).graph for name in names]


def rounds(operation):
    """How often a loop runs its body: int, 1 for a loop without a fixed number, and without one."""
    if "While" not in operation.type:
        return 1
    most = tf.get_static_value(operation.inputs[1])
    return 1 if most is None or most < 0 else int(most)


def period(operation):
    """k of a branch that is taken in every k-th step, see `terms.Term.value`: int; 1 for others."""
    lazy = _LAZY.search(operation.name)
    return int(lazy[1]) if lazy and "If" in operation.type else 1
