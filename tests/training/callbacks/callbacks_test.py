"""What happens around the steps: figures, pictures, checkpoints, stops."""

import os
import re
import signal

import keras
import numpy as np
import pytest
import tensorflow as tf
from tensorboard.backend.event_processing.event_accumulator import EventAccumulator

from tfgan import losses, priors
from tfgan.models import GAN
from tfgan.runs import Checkpoints, MetricsFile
from tfgan.training import callbacks


def model(shape=(2,), classes=None):
    keras.utils.set_random_seed(0)
    latent = keras.Input((2,), name="latent")
    data = keras.Input(shape, name="data")
    inputs = {"latent": latent}
    if classes:
        inputs["label"] = keras.Input((), dtype="int32", name="label")
    made = keras.layers.Reshape(shape)(keras.layers.Dense(int(np.prod(shape)))(latent))
    gan = GAN(
        keras.Model(inputs, made),
        keras.Model({"data": data}, keras.layers.Dense(1)(keras.layers.Flatten()(data))),
        prior=priors.Normal(2),
        classes=classes,
    )
    gan.compile(
        loss=losses.non_saturating(),
        optimizers={p: keras.optimizers.SGD(0.01) for p in ("generator", "discriminator")},
    )
    return gan


def points(bad_from=None):
    """Batches of 4 points; those from number `bad_from` on are NaN."""

    def batch(number):
        value = tf.random.stateless_normal([4, 2], tf.stack([number, 0]))
        bad = False if bad_from is None else number >= bad_from
        return {"data": tf.where(bad, np.nan, value)}

    return tf.data.Dataset.counter().map(batch)


def fit(gan, steps, *watchers, data=None):
    gan.fit(
        data or points(), steps_per_epoch=steps, shuffle=False, verbose=0, callbacks=list(watchers)
    )


def test_the_guard_stops_at_the_first_loss_that_is_not_finite_and_tells_the_figures():
    gan = model()
    fit(gan, 2, callbacks.TerminateOnNonFinite())
    with pytest.raises(callbacks.NonFiniteError) as caught:
        fit(gan, 9, callbacks.TerminateOnNonFinite(), data=points(bad_from=3))
    assert "stopped being finite at step 6" in str(caught.value)  # 2 + batches 0, 1, 2 + this one
    assert re.search(r"d_loss nan.*the step before: .*d_loss \d", str(caught.value))
    assert gan.steps_done == 6


def test_after_the_guard_stopped_the_last_good_checkpoint_is_there(tmp_path):
    gan = model()
    checkpoints = Checkpoints(str(tmp_path), gan)
    watchers = [callbacks.TerminateOnNonFinite(), callbacks.Checkpointing(checkpoints, every=2)]
    with pytest.raises(callbacks.NonFiniteError):
        fit(gan, 9, *watchers, data=points(bad_from=5))
    other = model()
    assert Checkpoints(str(tmp_path), other).restore()
    assert other.steps_done == 4
    assert all(np.isfinite(value).all() for value in other.get_weights())


def test_checkpoints_are_written_every_n_steps_and_at_the_end(tmp_path):
    gan = model()
    fit(gan, 5, callbacks.Checkpointing(Checkpoints(str(tmp_path), gan), every=2))
    saved = {path.stem for path in (tmp_path / "checkpoints").glob("*.index")}
    assert saved == {"step-2", "step-4", "step-5"}


def test_scalars_reach_tensorboard_and_the_metrics_file(tmp_path):
    gan = model()
    writer = tf.summary.create_file_writer(str(tmp_path / "logs"))
    fit(gan, 6, callbacks.Scalars(MetricsFile(str(tmp_path)), writer, every=2, examples_per_step=4))
    records = MetricsFile(str(tmp_path)).read()
    assert [record["step"] for record in records] == [2, 4, 6]
    assert [record["kimg"] for record in records] == [0.008, 0.016, 0.024]
    assert "images_per_second" not in records[0]  # the first steps are compiled in that time
    assert records[1]["images_per_second"] > 0
    events = EventAccumulator(str(tmp_path / "logs"), size_guidance={"tensors": 0}).Reload()
    for name in ("d_loss", "g_loss", "d_real", "d_fake"):
        logged = {event.step: tf.make_ndarray(event.tensor_proto) for event in events.Tensors(name)}
        assert set(logged) == {2, 4, 6}
        assert logged[6] == pytest.approx(records[2][name])


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


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_ends_the_run_after_its_step_with_the_state_saved(tmp_path, number):
    gan = model()

    class Kill(keras.callbacks.Callback):
        def on_train_batch_begin(self, batch, logs=None):
            if batch == 3:
                os.kill(os.getpid(), number)

    before = signal.getsignal(number)
    interruption = callbacks.Interruption()
    checkpointing = callbacks.Checkpointing(Checkpoints(str(tmp_path), gan), every=100)
    fit(gan, 50, Kill(), checkpointing, interruption)
    assert interruption.signal == number
    assert gan.steps_done == 4
    assert Checkpoints(str(tmp_path), model()).latest_step() == 4
    assert signal.getsignal(number) is before


def test_progress_lines_tell_step_losses_and_speed(capsys):
    fit(model(), 6, callbacks.ProgressLines(2, 6, examples_per_step=4))
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[1] for line in lines] == ["2/6", "4/6", "6/6"]
    assert all(re.search(r"d_loss \d+\.\d+", line) for line in lines)
    assert "images/s" in lines[1]


def test_the_progress_bar_ends_full(capsys):
    fit(model(), 6, callbacks.ProgressBar(6, examples_per_step=4))
    assert "6/6" in capsys.readouterr().out
