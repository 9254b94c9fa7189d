"""HDF5 files that reach out of themselves are refused."""

import io

import h5py
import numpy as np
import pytest

from tfgan import files, memory


@pytest.fixture
def path(tmp_path):
    path = str(tmp_path / "a.h5")
    with h5py.File(path, "w") as file:
        file["layers/dense/vars/0"] = np.zeros((3, 4), np.float32)
        file["again"] = h5py.SoftLink("/layers")
        file["nothing"] = h5py.Empty("f4")
    return path


def test_a_file_of_weights_passes(path):
    files.check_hdf5(path, "weights")
    with open(path, "rb") as file:
        files.check_hdf5(io.BytesIO(file.read()), "weights")


def test_data_in_other_files_are_refused(path, tmp_path):
    with h5py.File(path, "a") as file:
        file.create_dataset("stolen", (4,), "u1", external=[(str(tmp_path / "secret"), 0, 4)])
    with pytest.raises(ValueError, match="weights: the data of /stolen are in other files"):
        files.check_hdf5(path, "weights")


def test_views_of_other_files_are_refused(path, tmp_path):
    layout = h5py.VirtualLayout((4,), "u1")
    layout[:] = h5py.VirtualSource(str(tmp_path / "secret.h5"), "x", (4,))
    with h5py.File(path, "a") as file:
        file.create_virtual_dataset("stolen", layout)
    with pytest.raises(ValueError, match="the data of /stolen are in other files"):
        files.check_hdf5(path, "weights")


def test_links_to_other_files_are_refused(path):
    with h5py.File(path, "a") as file:
        file["layers/stolen"] = h5py.ExternalLink("secret.h5", "/x")
    with pytest.raises(ValueError, match="leads to another file: secret.h5, which is not read"):
        files.check_hdf5(path, "weights")


def test_declared_sizes_are_compared_with_memory(path, monkeypatch):
    with h5py.File(path, "a") as file:
        file.create_dataset("huge", (2**40,), "f4", chunks=(2**20,))  # takes no place in the file
    monkeypatch.setattr(memory, "free", lambda: 2**30)
    with pytest.raises(ValueError, match="weights needs 4.0 TiB of memory, of which 1.0 GiB may"):
        files.check_hdf5(path, "weights")


def test_other_files_are_refused(tmp_path):
    (tmp_path / "text").write_text("hello")
    with pytest.raises(ValueError, match="weights is not an HDF5 file, or is damaged"):
        files.check_hdf5(str(tmp_path / "text"), "weights")


def test_a_group_in_itself_is_refused(path):
    with h5py.File(path, "a") as file:
        file["layers/itself"] = file["layers"]
    with pytest.raises(ValueError, match="weights is not an HDF5 file, or is damaged"):
        files.check_hdf5(path, "weights")
