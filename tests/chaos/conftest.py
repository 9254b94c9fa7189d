"""Commands, and the data that they read."""

import numpy as np
import pytest
import tensorflow as tf

from .commands import SMALL, Command, digests, evaluated, exported, trained


@pytest.fixture(scope="module")
def sources(tmp_path_factory):
    """Images to read, and files that nobody should touch, on the machine's own disk."""
    folder = tmp_path_factory.mktemp("sources")
    images = np.random.default_rng(0).integers(0, 256, (60, 8, 8, 1), np.uint8)
    np.savez(folder / "images.npz", data=images)
    (folder / "folder").mkdir()
    for number, image in enumerate(images[:30]):
        png = tf.io.encode_png(image).numpy()
        (folder / "folder" / f"{number}.png").write_bytes(png)
    return folder


@pytest.fixture(scope="module")
def commands(sources):
    """{name: Command}."""
    train = ["train", *SMALL, f"--data=arrays:{sources}/images.npz"]
    return {
        "train": Command(lambda at: [*train, f"--workdir={at}/run"], trained),
        "workers": Command(
            lambda at: [
                *train, f"--workdir={at}/run", "--strategy=multi_worker", "--join_timeout=30",
            ],
            trained,
            workers=2,
        ),
        "evaluate": Command(
            lambda at: [
                "evaluate", f"--workdir={at}/run", "--metrics=swd", "--count=100",
                f"--data=arrays:{sources}/images.npz",
            ],
            evaluated,
            needs_run=True,
        ),
        "export": Command(
            lambda at: ["export", f"--workdir={at}/run", f"--out={at}/exported"],
            exported,
            needs_run=True,
        ),
        "prepare": Command(
            lambda at: [
                "prepare", f"--data=images:{sources}/folder", "--image_size=8",
                f"--out={at}/prepared",
            ],
            lambda at: digests(at / "prepared"),
        ),
    }  # fmt: skip
