"""Reads the tensors of a PyTorch .pth file without PyTorch, and without running its code.

A .pth file is a pickle, in a zip archive or, formerly, before the raw storages. The names of
tensors, element types and ordered dicts are resolved to stand-ins, any other name is refused.
"""

import collections
import dataclasses
import io
import math
import pickle
import pickletools
import struct

import numpy as np

from tfgan import files, memory

_TYPES = {
    "FloatStorage": np.float32,
    "DoubleStorage": np.float64,
    "HalfStorage": np.float16,
    "LongStorage": np.int64,
    "IntStorage": np.int32,
    "ShortStorage": np.int16,
    "CharStorage": np.int8,
    "ByteStorage": np.uint8,
    "BoolStorage": np.bool_,
}
_MAGIC = 0x1950A86A20F9469CFC6C


def read_tensors(path):
    """The tensors of a saved state dict, a local or remote file: dict of NumPy arrays by name.

    Raises: ValueError for a file of another kind, a damaged one, or one with more than tensors.
    """
    with files.open_binary(path, path) as file:
        is_zip = file.read(2) == b"PK"
        file.seek(0)
        try:
            if is_zip:
                return _from_zip(files.Archive("the zip", file))
            return _from_stream(io.BytesIO(file.read()))
        except _ERRORS as error:
            raise ValueError(
                f"{path} is not a PyTorch file of tensors, or is damaged ({error})."
            ) from error


_ERRORS = (
    pickle.UnpicklingError,
    struct.error,
    ArithmeticError,
    RecursionError,
    EOFError,
    KeyError,
    IndexError,
    ValueError,
    TypeError,
    AttributeError,
    MemoryError,
)


@dataclasses.dataclass(frozen=True)
class _Storage:
    key: str
    dtype: type
    count: int


@dataclasses.dataclass(frozen=True)
class _Tensor:
    """A view of a storage."""

    storage: _Storage
    offset: int
    shape: tuple
    strides: tuple

    def read(self, storages):
        flat = storages[self.storage.key]
        last = self.offset + sum(
            (size - 1) * step for size, step in zip(self.shape, self.strides, strict=True)
        )
        sizes = (self.offset, *self.shape, *self.strides)
        if any(type(size) is not int or size < 0 for size in sizes) or last >= len(flat):
            raise ValueError("a tensor reaches beyond its storage")
        memory.require(math.prod(self.shape) * flat.itemsize, "a tensor")
        steps = [step * flat.itemsize for step in self.strides]
        return np.lib.stride_tricks.as_strided(flat[self.offset :], self.shape, steps).copy()


def _rebuild_tensor(storage, offset, shape, strides, *_):
    return _Tensor(storage, offset, tuple(shape), tuple(strides))


def _rebuild_parameter(data, *_):
    return data


_ALLOWED = {
    ("collections", "OrderedDict"): collections.OrderedDict,
    ("torch._utils", "_rebuild_tensor_v2"): _rebuild_tensor,
    ("torch._utils", "_rebuild_parameter"): _rebuild_parameter,
    **{("torch", name): name for name in _TYPES},
}


class _Unpickler(pickle.Unpickler):
    def find_class(self, module, name):
        if (module, name) not in _ALLOWED:
            raise pickle.UnpicklingError(f"it refers to {module}.{name}, which is never loaded")
        return _ALLOWED[module, name]

    def persistent_load(self, identity):
        kind, storage, key, _, count, *_ = identity
        if kind != "storage":
            raise pickle.UnpicklingError(f"it refers to {kind!r}")
        return _Storage(str(key), _TYPES[storage], count)


def _unpickled(file):
    """The object of the next pickle in a `BytesIO`.

    A pickle numbers its repeated objects, and Python allocates a table up to the largest number.
    """
    start, most = file.tell(), len(file.getbuffer())
    for instruction, argument, _ in pickletools.genops(file):
        if instruction.name.endswith("PUT") and argument > most:
            raise pickle.UnpicklingError(f"it numbers an object {argument}")
    file.seek(start)
    return _Unpickler(file).load()


def _from_zip(archive):
    [index] = [name for name in archive.names if name.endswith("/data.pkl")]
    root = index.removesuffix("data.pkl")
    order = "<"
    if f"{root}byteorder" in archive.names:
        order = {b"little": "<", b"big": ">"}[archive.read(f"{root}byteorder")]
    tensors = _tensors(_unpickled(io.BytesIO(archive.read(index))))
    storages = {
        storage.key: np.frombuffer(
            archive.read(f"{root}data/{storage.key}"), np.dtype(storage.dtype).newbyteorder(order)
        )
        for storage in {tensor.storage for tensor in tensors.values()}
    }
    return {name: tensor.read(storages) for name, tensor in tensors.items()}


def _from_stream(file):
    if _unpickled(file) != _MAGIC:
        raise ValueError("it does not begin as one")
    _unpickled(file)  # the version of the layout
    _unpickled(file)  # the machine that wrote it
    tensors = _tensors(_unpickled(file))
    kinds = {tensor.storage.key: tensor.storage for tensor in tensors.values()}
    storages = {}
    for key in _unpickled(file):
        (count,) = struct.unpack("<q", file.read(8))
        dtype = np.dtype(kinds[key].dtype)
        storages[key] = np.frombuffer(file.read(count * dtype.itemsize), dtype)
    return {name: tensor.read(storages) for name, tensor in tensors.items()}


def _tensors(state):
    if not isinstance(state, dict) or not state:
        raise ValueError("it does not hold a dict of tensors")
    for name, value in state.items():
        if type(name) is not str or not isinstance(value, _Tensor):
            raise ValueError(f"{name if type(name) is str else 'a value'} is not a tensor")
    return dict(state)
