"""The operations that a SavedModel may have: those that compute, and no others.

Some of TensorFlow's operations read and write files, open connections or call Python, and loading
alone may run them: the graphs are searched for them before anything is loaded.
"""

import re

import tensorflow as tf
from google.protobuf.message import DecodeError
from tensorflow.core.protobuf import saved_model_pb2

from tfgan import memory

_FILE = "saved_model.pb"
_OTHER_FORMS = ("saved_model.cpb", "saved_model.pbtxt")  # which TensorFlow also loads

# Parts of names of operations, in all their versions: files, summaries, datasets (which read and
# cache files), debuggers (which write to addresses), connections, and Python.
_REFUSED = re.compile(
    "ReadFile|WriteFile|MatchingFiles|TextFile|FileSystem|Reader|Dataset|TFRecord|Snapshot|Remap|"
    "Save|Restore|Checkpoints|Summary|Debug|Rpc|Recv|Send|PyFunc"
)
# The reading and writing of the variables' own files, which the loader does not call.
_OF_VARIABLES = re.compile("ShardedFilename|SaveV2|RestoreV2|MergeV2Checkpoints")
_SAVERS = "__inference__traced_"


def check(path):
    """Refuses a SavedModel, a folder, with operations that touch files, the network or Python."""
    for name in _OTHER_FORMS:
        if tf.io.gfile.exists(f"{path}/{name}"):
            raise ValueError(f"{path} must describe its graphs in {_FILE}; it holds {name}.")
    for graph in _read(path).meta_graphs:
        if not graph.HasField("object_graph_def"):
            raise ValueError(
                f"{path} was saved by TensorFlow 1, whose models run operations when they are "
                "loaded; save it again with TensorFlow 2."
            )
        refused = next(_refused(graph), None)
        if refused:
            raise ValueError(
                f"{path} is not loaded: its operation {refused} touches files, the network or "
                "Python, and an extractor must only compute."
            )


def _read(path):
    file = f"{path}/{_FILE}"
    if not tf.io.gfile.exists(file):
        raise ValueError(f"{path} is not a SavedModel: it holds no {_FILE}.")
    memory.require(tf.io.gfile.stat(file).length, file)
    with tf.io.gfile.GFile(file, "rb") as opened:
        try:
            return saved_model_pb2.SavedModel.FromString(opened.read())
        except DecodeError as error:
            raise ValueError(f"{path} is not a SavedModel: its {_FILE} is damaged.") from error


def _refused(graph):
    """The operations of a MetaGraphDef that do more than compute: yields str."""
    called = set(graph.object_graph_def.concrete_functions)
    for function in graph.graph_def.library.function:
        called |= _functions_in(function.node_def) if not _is_saver(function) else set()
    yield from _in_nodes(graph.graph_def.node, is_saver=False)
    for function in graph.graph_def.library.function:
        is_saver = _is_saver(function) and function.signature.name not in called
        yield from _in_nodes(function.node_def, is_saver)


def _is_saver(function):
    return function.signature.name.startswith(_SAVERS)


def _functions_in(nodes):
    attributes = [each for node in nodes for each in node.attr.values()]
    lists = [function.name for each in attributes for function in each.list.func]
    return {each.func.name for each in attributes} | set(lists)


def _in_nodes(nodes, is_saver):
    for node in nodes:
        if is_saver and _OF_VARIABLES.fullmatch(node.op):
            continue
        is_print_to_file = node.op == "PrintV2" and b"://" in node.attr["output_stream"].s
        if is_print_to_file or _REFUSED.search(node.op):
            yield node.op
