"""Pictures of the same latents, on time."""

import keras
import numpy as np
import tensorflow as tf
from tensorboard.backend.event_processing.event_accumulator import EventAccumulator

from tfgan import modalities, priors
from tfgan.models import GAN
from tfgan.training import callbacks

from .toy_fit import fit, model


def test_grids_are_written_before_the_first_step_every_n_steps_and_at_the_end(tmp_path):
    gan = model(shape=(4, 4, 1))
    writer = tf.summary.create_file_writer(str(tmp_path / "logs"))
    data = tf.data.Dataset.from_tensors({"data": tf.zeros([4, 4, 4, 1], tf.uint8)}).repeat()
    fit(gan, 5, callbacks.SampleGrid(f"{tmp_path}/samples", writer, every=2), data=data)
    names = sorted(path.name for path in (tmp_path / "samples").iterdir())
    assert names == [f"step-0000000{step}.png" for step in (0, 2, 4, 5)]
    events = EventAccumulator(str(tmp_path / "logs"), size_guidance={"tensors": 0}).Reload()
    assert [event.step for event in events.Tensors("samples")] == [0, 2, 4, 5]


def test_a_grid_shows_the_same_latents_every_time(tmp_path):
    gan = model(shape=(4, 4, 1))
    one, other = (callbacks.sample_grid.draw(gan).picture for _ in range(2))
    np.testing.assert_array_equal(one, other)


def test_a_conditional_grid_has_a_column_a_label():
    label = keras.Input((), dtype="int32", name="label")
    latent = keras.Input((2,), name="latent")
    shade = keras.ops.reshape(keras.ops.cast(label, "float32"), (-1, 1, 1, 1)) * 0.4 - 1.0
    data = keras.Input((4, 4, 1), name="data")
    gan = GAN(
        keras.Model(
            {"latent": latent, "label": label},
            shade + 0.0 * keras.layers.Reshape((4, 4, 1))(keras.layers.Dense(16)(latent)),
        ),
        keras.Model({"data": data}, keras.layers.Dense(1)(keras.layers.Flatten()(data))),
        prior=priors.Normal(2),
        classes=3,
    )
    picture = callbacks.sample_grid.draw(gan).picture
    shades = [picture[2, 2 + column * 6, 0] for column in range(3)]
    assert shades == [0, 51, 102]  # 0.4 of 127.5 a label
    assert (picture[2::6, 2] == shades[0]).all()


def test_a_grid_of_translations_has_source_result_and_target_in_a_row():
    source, data = (keras.Input((4, 4, 1), name=name) for name in ("source", "data"))
    gan = GAN(
        keras.Model({"source": source}, -source + 0.0 * keras.layers.Dense(1)(source)),
        keras.Model({"data": data}, keras.layers.Dense(1)(keras.layers.Flatten()(data))),
        prior=None,
        conditions={"source": modalities.Images()},
    )
    sources = (
        np.full((6, 4, 4, 1), 55, np.uint8) + np.arange(6, dtype=np.uint8)[:, None, None, None]
    )
    conditions = {"source": sources}
    picture = callbacks.sample_grid.draw(gan, conditions, sources - np.uint8(40)).picture
    cells = picture[4::70, 4:-4:66, 0].reshape(6, 3)
    assert cells.tolist() == [[55 + i, 200 - i, 15 + i] for i in range(6)]
    alone = callbacks.sample_grid.draw(gan, conditions).picture
    assert alone.shape == (3 * 70 + 2, 2 * 136 + 2, 1)  # two examples in a row
    assert alone[4, 4:-4:66, 0].tolist()[:2] == cells[0, :2].tolist()
