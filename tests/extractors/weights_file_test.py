import h5py
import keras
import pytest

from tfgan.extractors import weights_file


def network(*units):
    return keras.Sequential([keras.Input((2,)), *(keras.layers.Dense(size) for size in units)])


def test_a_whole_file_is_read(tmp_path):
    one, other = network(3, 4), network(3, 4)
    one.save_weights(f"{tmp_path}/a.weights.h5")
    weights_file.load(other, f"{tmp_path}/a.weights.h5", "it")
    assert all((a == b).all() for a, b in zip(one.get_weights(), other.get_weights(), strict=True))


@pytest.mark.parametrize("units", [(3,), (3, 5)], ids=["a layer less", "another size"])
def test_a_file_that_lacks_a_weight_is_refused(tmp_path, units):
    network(*units).save_weights(f"{tmp_path}/a.weights.h5")
    with pytest.raises(ValueError, match=r"a.weights.h5 does not hold weights of it \("):
        weights_file.load(network(3, 4), f"{tmp_path}/a.weights.h5", "it")


def test_a_missing_file_is_refused(tmp_path):
    with pytest.raises(ValueError, match="does not hold weights of it"):
        weights_file.load(network(3), f"{tmp_path}/none.weights.h5", "it")


def test_weights_in_other_files_are_refused(tmp_path):
    path = f"{tmp_path}/a.weights.h5"
    network(3).save_weights(path)
    with h5py.File(path, "a") as file:
        file["layers/stolen"] = h5py.ExternalLink("secret.h5", "/x")
    with pytest.raises(ValueError, match=r"weights of it \(it leads to another file: secret.h5"):
        weights_file.load(network(3), path, "it")
