"""The callbacks of Keras do with a game what they do with any model."""

import keras
import numpy as np
import pytest
import tensorflow as tf
from tensorboard.backend.event_processing.event_accumulator import EventAccumulator

from tfgan import priors
from tfgan.models import GAN

IMAGES = np.random.default_rng(0).integers(0, 256, (16, 4, 4, 1), np.uint8)


def gan(generator=0.01, discriminator=0.04, *, momentum=0.0, **average):
    """A tiny game of two SGD optimizers; `average` are options of theirs."""
    keras.utils.set_random_seed(0)
    latent, data = keras.Input((2,), name="latent"), keras.Input((4, 4, 1), name="data")
    made = keras.layers.Reshape((4, 4, 1))(keras.layers.Dense(16, activation="tanh")(latent))
    model = GAN(
        keras.Model({"latent": latent}, made),
        keras.Model({"data": data}, keras.layers.Dense(1)(keras.layers.Flatten()(data))),
        prior=priors.Normal(2),
    )
    rates = {"generator": generator, "discriminator": discriminator}
    model.compile(
        "non_saturating",
        {name: keras.optimizers.SGD(rate, momentum, **average) for name, rate in rates.items()},
        run_eagerly=True,
    )
    return model


def fit(model, *callbacks, epochs=3, **options):
    return model.fit(
        IMAGES, batch_size=8, epochs=epochs, shuffle=False, verbose=0, callbacks=list(callbacks),
        **options,
    ).history  # fmt: skip


def rates(model):
    return [
        float(each.learning_rate)
        for each in (model.generator_optimizer, model.discriminator_optimizer)
    ]


def test_ten_callbacks_in_one_fit(tmp_path):
    model, epochs = gan(use_ema=True, ema_momentum=0.5), []
    history = fit(
        model,
        keras.callbacks.ReduceLROnPlateau("val_d_loss", 0.5, patience=1, min_delta=1e9, mode="min"),
        keras.callbacks.LearningRateScheduler(lambda epoch, rate: rate),
        keras.callbacks.SwapEMAWeights(swap_on_epoch=True),
        keras.callbacks.EarlyStopping("val_g_loss", patience=9, mode="min"),
        keras.callbacks.CSVLogger(tmp_path / "log.csv"),
        keras.callbacks.TensorBoard(tmp_path / "logs"),
        keras.callbacks.ModelCheckpoint(tmp_path / "{epoch}.weights.h5", save_weights_only=True),
        keras.callbacks.TerminateOnNaN(),
        keras.callbacks.LambdaCallback(on_epoch_end=lambda epoch, logs: epochs.append(logs)),
        keras.callbacks.BackupAndRestore(tmp_path / "backup"),
        validation_data=IMAGES[:4],
    )
    assert model.steps_done == 6 and len(epochs) == 3
    assert {"d_loss", "val_d_loss", "learning_rate"} <= set(history)
    assert rates(model) == pytest.approx([0.0025, 0.01]), "two epochs without progress"
    assert len((tmp_path / "log.csv").read_text().splitlines()) == 4
    assert {path.name for path in tmp_path.glob("*.h5")} == {f"{n}.weights.h5" for n in (1, 2, 3)}
    events = EventAccumulator(f"{tmp_path}/logs/train", size_guidance={"tensors": 0}).Reload()
    assert len(events.Tensors("epoch_d_loss")) == 3


def test_a_schedule_of_epochs_sets_the_first_players_rate_and_keeps_the_ratio():
    model, seen = gan(), []
    fit(
        model,
        keras.callbacks.LearningRateScheduler(lambda epoch: [0.01, 0.005, 0.0][epoch]),
        keras.callbacks.LambdaCallback(on_epoch_end=lambda epoch, logs: seen.append(rates(model))),
    )
    np.testing.assert_allclose(seen, [[0.01, 0.04], [0.005, 0.02], [0.0, 0.0]], rtol=1e-6)
    model.optimizer.learning_rate = 0.02
    assert rates(model) == pytest.approx([0.02, 0.08]), "from 0 the ratio is the last one known"
    assert float(model.optimizer.learning_rate) == pytest.approx(0.02)


def test_a_rate_of_zero_from_the_beginning_has_no_ratio():
    with pytest.raises(ValueError, match="learning rate of 0, which no factor changes"):
        gan(generator=0.0).optimizer.learning_rate = 0.1


def test_a_schedule_of_steps_cannot_be_set_and_nothing_is_half_set():
    schedule = keras.optimizers.schedules.CosineDecay(0.1, 10)
    model = gan(discriminator=schedule)
    with pytest.raises(TypeError, match="created with a `LearningRateSchedule`"):
        fit(model, keras.callbacks.LearningRateScheduler(lambda epoch: 0.5))
    assert float(model.generator_optimizer.learning_rate) == pytest.approx(0.01)


def test_averages_of_the_optimizers_are_swapped_in_at_the_end_of_each_epoch():
    model, kept = gan(use_ema=True, ema_momentum=0.5), {}

    def keep(epoch, logs):
        kept[epoch] = [model.generator.get_weights()[0], model.discriminator.get_weights()[0]]

    swap = keras.callbacks.SwapEMAWeights(swap_on_epoch=True)
    fit(model, swap, keras.callbacks.LambdaCallback(on_epoch_end=keep), epochs=1)
    other, steps = gan(), []
    for _ in range(2):
        steps.append([other.generator.get_weights()[0], other.discriminator.get_weights()[0]])
        other.fit(IMAGES[8 * len(steps) - 8 :][:8], batch_size=8, verbose=0)
    steps.append([other.generator.get_weights()[0], other.discriminator.get_weights()[0]])
    for averaged, _, one, two in zip(kept[0], *steps, strict=True):
        np.testing.assert_allclose(averaged, (one + two) / 2.0, atol=1e-6)


def test_swapping_needs_an_average():
    with pytest.raises(ValueError, match="must be used when `use_ema=True` is set"):
        fit(gan(), keras.callbacks.SwapEMAWeights(swap_on_epoch=True))


def test_one_player_with_an_average_is_swapped_alone():
    model = gan()
    model.compile(
        "non_saturating",
        {"generator": keras.optimizers.SGD(0.1, use_ema=True), "discriminator": "sgd"},
    )
    swapped = model.optimizer._trainable_variables
    assert [id(v) for v in swapped] == [id(v) for v in model.generator.trainable_variables]


def test_a_fit_that_was_killed_goes_on_from_its_backup(tmp_path):
    class Kill(keras.callbacks.Callback):
        def on_epoch_end(self, epoch, logs=None):
            if epoch == 1:
                raise KeyboardInterrupt

    backup = tmp_path / "backup"
    with pytest.raises(KeyboardInterrupt):
        fit(gan(momentum=0.9), keras.callbacks.BackupAndRestore(backup), Kill())
    model = gan(momentum=0.9)
    history = fit(model, keras.callbacks.BackupAndRestore(backup))
    whole = gan(momentum=0.9)
    fit(whole)
    assert model.steps_done == 6 and len(history["d_loss"]) == 1
    for one, same in zip(model.get_weights(), whole.get_weights(), strict=True):
        np.testing.assert_array_equal(one, same)


def test_the_best_state_of_a_validation_is_restored():
    model, seen = gan(generator=5.0, discriminator=5.0), {}

    def keep(epoch, logs):
        seen[epoch] = (logs["val_g_loss"], model.get_weights())

    stop = keras.callbacks.EarlyStopping(
        "val_g_loss", patience=4, mode="min", restore_best_weights=True
    )
    keeping = keras.callbacks.LambdaCallback(on_epoch_end=keep)
    fit(model, stop, keeping, epochs=5, validation_data=IMAGES[:4])
    best = min(seen, key=lambda epoch: seen[epoch][0])
    for one, same in zip(model.get_weights(), seen[best][1], strict=True):
        np.testing.assert_array_equal(one, same)


def test_the_optimizer_for_callbacks_is_no_part_of_the_model(tmp_path):
    model = gan(momentum=0.9)
    path = tf.train.Checkpoint(model).save(f"{tmp_path}/state")
    roots = {name.split("/")[0] for name, _ in tf.train.list_variables(path)}
    assert "generator_optimizer" in roots and not roots & {"optimizer", "_means"}
    assert len(model.variables) == 1 + 2 + 2 + 2  # the step, two networks and the average
