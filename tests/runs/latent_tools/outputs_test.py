"""The files of walks: a picture and latents that make it again."""

import numpy as np
import PIL.Image
import pytest

from tfgan import modalities
from tfgan.runs.latent_tools import outputs
from tfgan.runs.latent_tools.walks import Walk

LATENTS = {"latent": np.zeros((6, 4), np.float32)}


def arrays(path):
    with np.load(path, allow_pickle=False) as file:
        return dict(file)


@pytest.mark.parametrize("name", ["x.png", "x.JPG"])
def test_latents_lie_beside_a_picture(tmp_path, name):
    picture = np.full((5, 7, 1), 128, np.uint8)
    path = outputs.write(
        f"{tmp_path}/{name}", lambda: picture, LATENTS, data=picture, scores=np.ones(2)
    )
    assert path == f"{tmp_path}/{name}.npz" and set(arrays(path)) == {"latent", "scores"}
    assert PIL.Image.open(tmp_path / name).size == (7, 5)


def test_arrays_hold_the_data_too(tmp_path):
    path = outputs.write(f"{tmp_path}/x.npz", None, LATENTS, data=np.arange(3))
    assert arrays(path)["data"].tolist() == [0, 1, 2] and set(arrays(path)) == {"latent", "data"}


def test_an_animation_shows_the_frames_enlarged(tmp_path):
    data = np.arange(6, dtype=np.uint8)[:, None, None, None] * np.full((1, 28, 28, 1), 40, np.uint8)
    walk = Walk(data.reshape(2, 3, 28, 28, 1), {"latent": np.zeros((2, 3, 4))}, {})
    path = outputs.write_animation(f"{tmp_path}/a/x.gif", walk, modalities.Images(), 10)
    image = PIL.Image.open(tmp_path / "a" / "x.gif")
    assert (image.n_frames, image.size) == (5, (168, 168))
    assert path.endswith("/x.gif.npz") and arrays(path)["latent"].shape == (6, 4)


def test_paths_are_checked_before_the_work():
    images, texts = modalities.Images(), modalities.by_kind("texts")
    for name in ("a.png", "a.jpeg", "a.npz"):
        outputs.check(name, images)
    outputs.check("a.mp4", images, animated=True)
    outputs.check("a.npz", modalities.Points())
    assert outputs.is_animation("a.GIF") and not outputs.is_animation("a.png")
    with pytest.raises(ValueError, match="--out must end with .png, .jpg, .jpeg or .npz; received"):
        outputs.check("a.gif", images)
    with pytest.raises(ValueError, match="--out must end with .npz for texts, which have no"):
        outputs.check("a.png", texts)


@pytest.mark.parametrize("taken", ["x.png", "x.png.npz"])
def test_a_folder_at_either_path_is_refused_before_the_work(tmp_path, taken):
    (tmp_path / taken).mkdir()
    with pytest.raises(ValueError, match=f"--out must not lead to a folder; .*/{taken} is one"):
        outputs.check(f"{tmp_path}/x.png", modalities.Images())


@pytest.mark.parametrize("name", ["x.png", "x.png.npz", "link.png"])
def test_a_file_that_the_command_reads_is_never_replaced(tmp_path, name):
    (tmp_path / name.replace("link", "x")).write_text("")
    (tmp_path / "link.png").symlink_to(tmp_path / "x.png")
    inputs = {"--image": f"{tmp_path}/./{name}", "--recipe": ""}
    with pytest.raises(ValueError, match="--out must not replace what --image names; received"):
        outputs.check(f"{tmp_path}/x.png", modalities.Images(), inputs=inputs)
    outputs.check(f"{tmp_path}/y.png", modalities.Images(), inputs=inputs)


def test_a_picture_does_not_appear_without_its_latents(tmp_path):
    (tmp_path / "x.png.npz" / "file").mkdir(parents=True)
    with pytest.raises(IsADirectoryError):
        outputs.write(f"{tmp_path}/x.png", lambda: np.zeros((5, 7, 1), np.uint8), LATENTS)
    assert [path.name for path in tmp_path.iterdir()] == ["x.png.npz"]
