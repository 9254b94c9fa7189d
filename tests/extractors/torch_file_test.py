import base64
import importlib.util
import io
import pathlib
import pickle
import zipfile
import zlib

import numpy as np
import pytest

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
    with pytest.raises(
        ValueError, match="weights.pth is not a PyTorch file of tensors, or is damaged"
    ):
        torch_file.read_tensors(written(tmp_path, content))


def test_a_tensor_that_reaches_beyond_its_storage_is_refused():
    storage = torch_file._Storage("0", np.float32, 4)
    tensor = torch_file._Tensor(storage, 0, (2, 3), (3, 1))
    with pytest.raises(ValueError, match="beyond its storage"):
        tensor.read({"0": np.zeros(4, np.float32)})
