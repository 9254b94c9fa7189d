import base64
import importlib.util
import io
import pathlib
import pickle
import zipfile
import zlib

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tfgan import memory
from tfgan.extractors import torch_file

_SPEC = importlib.util.spec_from_file_location(
    "torch_files", pathlib.Path(__file__).with_name("torch_files.py")
)
torch_files = importlib.util.module_from_spec(_SPEC)
_SPEC.loader.exec_module(torch_files)

ZIP, STREAM = (
    zlib.decompress(base64.b64decode(text)) for text in (torch_files.ZIP, torch_files.STREAM)
)


def written(folder, content):
    path = folder / "weights.pth"
    path.write_bytes(content)
    return str(path)


@pytest.mark.parametrize("content", [ZIP, STREAM], ids=["zip", "stream"])
def test_tensors_are_read_with_their_shapes_types_and_views(tmp_path, content):
    found = torch_file.read_tensors(written(tmp_path, content))
    expected = {
        "a": np.arange(6, dtype=np.float32).reshape(2, 3).T,
        "b": np.array([1.5, -2.0]),
        "c": np.array([7]),
        "d": np.array([[0.25]], np.float32),
        "e": np.array([2.0, 3.0], np.float32),
    }
    assert list(found) == list(expected)
    for name, value in expected.items():
        np.testing.assert_array_equal(found[name], value)
        assert found[name].dtype == value.dtype


class Malicious:
    """Creates a file when it is unpickled by a reader that runs code."""

    def __init__(self, path):
        self.path = path

    def __reduce__(self):
        return pathlib.Path.touch, (pathlib.Path(self.path),)


def zipped(pickled):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("archive/data.pkl", pickled)
    return buffer.getvalue()


@pytest.mark.parametrize("wrap", [zipped, lambda pickled: pickled], ids=["zip", "stream"])
def test_code_in_a_file_is_never_run(tmp_path, wrap):
    trace = tmp_path / "trace"
    content = wrap(pickle.dumps({"a": Malicious(str(trace))}, protocol=2))
    with pytest.raises(ValueError, match="which is never loaded"):
        torch_file.read_tensors(written(tmp_path, content))
    assert not trace.exists()
    pickle.loads(pickle.dumps({"a": Malicious(str(trace))}))
    assert trace.exists()  # so the file above would have done harm


@pytest.mark.parametrize(
    "content",
    [b"", b"PK", b"hello", ZIP[:900], STREAM[:600], zipped(pickle.dumps({"a": 1}))],
    ids=["empty", "no zip", "text", "cut zip", "cut stream", "no tensor"],
)
def test_other_and_damaged_files_are_refused(tmp_path, content):
    sentence = "weights.pth is not a PyTorch file of tensors, or is damaged"
    with pytest.raises(ValueError, match=sentence):
        torch_file.read_tensors(written(tmp_path, content))


def test_a_tensor_that_reaches_beyond_its_storage_is_refused():
    storage = torch_file._Storage("0", np.float32, 4)
    tensor = torch_file._Tensor(storage, 0, (2, 3), (3, 1))
    with pytest.raises(ValueError, match="beyond its storage"):
        tensor.read({"0": np.zeros(4, np.float32)})


def test_a_tensor_larger_than_memory_is_refused(monkeypatch):
    tensor = torch_file._Tensor(torch_file._Storage("0", np.float32, 1), 0, (2**20, 2**20), (0, 0))
    with pytest.raises(ValueError, match="a tensor needs 4.0 TiB of memory"):
        tensor.read({"0": np.zeros(1, np.float32)})


@pytest.mark.parametrize("wrap", [zipped, lambda pickled: pickled], ids=["zip", "stream"])
def test_a_pickle_with_a_huge_table_is_refused(tmp_path, wrap):
    content = wrap(b"\x80\x02}r\xff\xff\xff\x7f.")  # an empty dict with the number 2**31 - 1
    with pytest.raises(ValueError, match="it numbers an object 2147483647"):
        torch_file.read_tensors(written(tmp_path, content))


def test_a_storage_that_unpacks_to_more_than_memory_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(memory, "free", lambda: 1)
    with pytest.raises(ValueError, match="the zip: .* needs 6 bytes of memory, of which 1"):
        torch_file.read_tensors(written(tmp_path, ZIP))


def test_a_missing_file_is_refused(tmp_path):
    with pytest.raises(ValueError, match="weights.pth: there is no such file"):
        torch_file.read_tensors(str(tmp_path / "weights.pth"))


@settings(max_examples=150, deadline=None)
@given(st.sampled_from([ZIP, STREAM]), st.integers(0, 2000), st.binary(min_size=1, max_size=4))
def test_a_mutated_file_gives_tensors_or_one_sentence(tmp_path_factory, content, place, piece):
    place %= len(content)
    content = content[:place] + piece + content[place + len(piece) :]
    path = written(tmp_path_factory.getbasetemp(), content)
    try:
        found = torch_file.read_tensors(path)
    except ValueError as error:
        assert str(error).startswith(path) and "\n" not in str(error)
    else:
        assert all(isinstance(array, np.ndarray) for array in found.values())
