"""A state that was saved comes back whole, and a broken file never ends a run silently."""

import keras
import numpy as np
import pytest
import tensorflow as tf

from tfgan import losses, priors
from tfgan.models import GAN
from tfgan.runs import Checkpoints


def model(seed=0):
    keras.utils.set_random_seed(seed)
    latent = keras.Input((2,), name="latent")
    data = keras.Input((2,), name="data")
    hidden = keras.layers.BatchNormalization()(keras.layers.Dense(4, activation="relu")(latent))
    gan = GAN(
        keras.Model({"latent": latent}, keras.layers.Dense(2)(hidden)),
        keras.Model({"data": data}, keras.layers.Dense(1)(data)),
        prior=priors.Normal(2),
    )
    gan.compile(
        loss=losses.non_saturating(),
        generator_optimizer=keras.optimizers.Adam(0.01),
        discriminator_optimizer=keras.optimizers.Adam(0.01),
        average_half_life=50.0,
    )
    return gan


def train(gan, steps):
    data = {"data": tf.random.stateless_normal([8, 2], [1, 2])}
    for _ in range(steps):
        gan.train_step(data)


def state(gan):
    optimizers = [*gan.generator_optimizer.variables, *gan.discriminator_optimizer.variables]
    return [np.array(variable) for variable in [*gan.variables, *optimizers]]


def assert_equal(one, two):
    for a, b in zip(state(one), state(two), strict=True):
        np.testing.assert_array_equal(a, b)


def damage(workdir, name, keep=0.5):
    """Cuts a file of a checkpoint in two."""
    [path] = tf.io.gfile.glob(f"{workdir}/checkpoints/{name}")
    with open(path, "rb") as file:
        content = file.read()
    with open(path, "wb") as file:
        file.write(content[: int(len(content) * keep)])


def saved_run(workdir, steps=(1, 2, 3)):
    gan = model()
    checkpoints = Checkpoints(workdir, gan)
    for _ in steps:
        train(gan, 1)
        checkpoints.save()
    return gan


def test_networks_average_both_optimizers_and_step_come_back(tmp_path):
    gan = saved_run(str(tmp_path))
    other = model(seed=9)
    assert Checkpoints(str(tmp_path), other).restore()
    assert other.steps_done == 3
    assert_equal(gan, other)


def test_a_restored_model_trains_on_as_if_nothing_had_happened(tmp_path):
    gan = saved_run(str(tmp_path))
    other = model(seed=9)
    Checkpoints(str(tmp_path), other).restore()
    train(gan, 3)
    train(other, 3)
    assert_equal(gan, other)


def test_without_a_checkpoint_nothing_is_restored(tmp_path):
    assert not Checkpoints(str(tmp_path), model()).restore()


def test_the_last_three_checkpoints_are_kept(tmp_path):
    saved_run(str(tmp_path), steps=range(5))
    kept = sorted(path.name for path in (tmp_path / "checkpoints").glob("*.index"))
    assert kept == ["step-3.index", "step-4.index", "step-5.index"]


@pytest.mark.parametrize("name", ["step-3.index", "step-3.data-*"])
def test_a_damaged_checkpoint_falls_back_to_the_one_before_and_says_so(tmp_path, caplog, name):
    saved_run(str(tmp_path))
    damage(tmp_path, name)
    gan = model(seed=9)
    with caplog.at_level("WARNING", logger="tfgan"):
        assert Checkpoints(str(tmp_path), gan).restore()
    assert gan.steps_done == 2
    assert "step-3 cannot be read" in caplog.text


def test_a_flipped_bit_is_noticed(tmp_path):
    saved_run(str(tmp_path))
    [path] = (tmp_path / "checkpoints").glob("step-3.data-*")
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(bytes(content))
    gan = model(seed=9)
    assert Checkpoints(str(tmp_path), gan).restore()
    assert gan.steps_done == 2


def test_when_no_checkpoint_can_be_read_the_run_is_refused(tmp_path):
    saved_run(str(tmp_path))
    for step in (1, 2, 3):
        damage(tmp_path, f"step-{step}.data-*", keep=0.1)
    with pytest.raises(ValueError, match="None of the 3 checkpoints in .* can be read"):
        Checkpoints(str(tmp_path), model()).restore()


def test_repairing_removes_damaged_files_and_the_remains_of_a_killed_save(tmp_path):
    saved_run(str(tmp_path))
    damage(tmp_path, "step-3.index")
    remains = tmp_path / "checkpoints" / "step-4_temp"
    remains.mkdir()
    (remains / "part-00000-of-00001").write_bytes(b"half")
    gan = model(seed=9)
    checkpoints = Checkpoints(str(tmp_path), gan)
    checkpoints.restore(repair=True)
    left = {path.name.split(".")[0] for path in (tmp_path / "checkpoints").glob("step-*")}
    assert left == {"step-1", "step-2"}
    train(gan, 1)
    checkpoints.save()
    assert Checkpoints(str(tmp_path), model()).latest_step() == 3


def test_a_run_can_be_restored_again_and_again_before_it_saves(tmp_path):
    saved_run(str(tmp_path))
    damage(tmp_path, "step-3.index")
    for _ in range(3):
        gan = model(seed=9)
        assert Checkpoints(str(tmp_path), gan).restore(repair=True)
        assert gan.steps_done == 2


def test_reading_alone_changes_no_file(tmp_path):
    saved_run(str(tmp_path))
    damage(tmp_path, "step-3.index")
    before = {path: path.read_bytes() for path in (tmp_path / "checkpoints").iterdir()}
    Checkpoints(str(tmp_path), model()).restore()
    assert before == {path: path.read_bytes() for path in (tmp_path / "checkpoints").iterdir()}


def test_a_state_with_nan_is_not_saved(tmp_path):
    gan = saved_run(str(tmp_path))
    kernel = gan.generator.trainable_variables[0]
    kernel.assign(kernel * np.nan)
    with pytest.raises(ArithmeticError, match="kernel is not finite"):
        Checkpoints(str(tmp_path), gan).save()
    assert Checkpoints(str(tmp_path), gan).latest_step() == 3


def test_a_run_may_live_on_a_remote_file_system():
    gan = saved_run("ram://checkpoints_test/run")
    other = model(seed=9)
    assert Checkpoints("ram://checkpoints_test/run", other).restore(repair=True)
    assert_equal(gan, other)
