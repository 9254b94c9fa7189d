"""Callbacks count the steps of the model: over epochs, calls of `fit` and several at once."""

import re

import keras
import numpy as np
import pytest
import tensorflow as tf

from tfgan import evaluation, priors
from tfgan.models import GAN
from tfgan.runs import Checkpoints, MetricsFile
from tfgan.training import callbacks

IMAGES = np.random.default_rng(0).integers(0, 256, (20, 4, 4, 1), np.uint8)  # 5 batches of 4


def model(**options):
    keras.utils.set_random_seed(0)
    latent, data = keras.Input((2,), name="latent"), keras.Input((4, 4, 1), name="data")
    made = keras.layers.Reshape((4, 4, 1))(keras.layers.Dense(16, activation="tanh")(latent))
    gan = GAN(
        keras.Model({"latent": latent}, made),
        keras.Model({"data": data}, keras.layers.Dense(1)(keras.layers.Flatten()(data))),
        prior=priors.Normal(2),
    )
    gan.compile("non_saturating", "sgd", **options)
    return gan


def fit(gan, *watchers, epochs=3, **options):
    gan.fit(IMAGES, batch_size=4, epochs=epochs, verbose=0, callbacks=list(watchers), **options)


class Steps(callbacks.periodic.EveryNSteps):
    """Keeps the steps at which it acts."""

    def __init__(self, every):
        super().__init__(every)
        self.acted = []

    def act(self, step, logs):
        assert step == self.model.steps_done
        self.acted.append(step)


@pytest.mark.parametrize(
    ("at_once", "acted"), [(1, [4, 8, 12]), (2, [4, 9, 12]), (3, [5, 8, 13]), (7, [5, 10, 15])]
)
def test_every_n_steps_goes_on_over_epochs_whatever_one_execution_takes(at_once, acted):
    watcher = Steps(4)
    fit(model(steps_per_execution=at_once), watcher)
    assert watcher.acted == acted and watcher.step == 15


def test_every_n_steps_goes_on_over_calls_of_fit():
    gan, watcher = model(), Steps(4)
    for _ in range(3):
        fit(gan, watcher, epochs=1)
    assert watcher.acted == [4, 8, 12]


def test_a_grid_of_each_multiple_is_kept_without_a_run_directory(tmp_path):
    gan = model()
    fit(gan, callbacks.SampleGrid(f"{tmp_path}/out", every=4))
    fit(gan, callbacks.SampleGrid(f"{tmp_path}/out", every=4), epochs=1)
    names = sorted(path.name for path in (tmp_path / "out").iterdir())
    assert names == [f"step-{step:08d}.png" for step in (0, 4, 8, 12, 15, 16, 20)]


def test_the_records_of_an_epoch_follow_those_of_the_one_before(tmp_path):
    gan, file = model(), MetricsFile(str(tmp_path))
    scalars = callbacks.Scalars(file, every=2, examples_per_step=4)
    fit(gan, scalars, epochs=2)
    fit(gan, scalars, epochs=1)
    records = file.read()
    assert [record["step"] for record in records] == [2, 4, 6, 8, 10, 12, 14]
    assert all(record["images_per_second"] > 0 for record in records if record["step"] not in
               (2, 12))  # fmt: skip
    assert "images_per_second" not in records[5], "the time between two calls is nobody's speed"


def test_scalars_without_a_number_of_examples_leave_out_what_needs_it(tmp_path):
    file = MetricsFile(str(tmp_path))
    fit(model(), callbacks.Scalars(file, every=2), epochs=1)
    assert set(file.read()[1]) == {"step", "d_loss", "g_loss", "d_real", "d_fake"}


@pytest.mark.parametrize("at_once", [1, 2])
def test_the_bar_of_several_epochs_ends_full_and_begins_anew_with_fit(capsys, at_once):
    gan = model(steps_per_execution=at_once)
    for end in (15, 30):
        fit(gan, callbacks.ProgressBar())
        assert re.findall(r"(\d+/\d+) \|", capsys.readouterr().out)[-1] == f"{end}/{end}"


def test_lines_of_progress_count_on_to_the_end_of_all_epochs(capsys):
    fit(model(), callbacks.ProgressLines(6))
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[1] for line in lines] == ["6/15", "12/15", "15/15"]


def test_progress_whose_end_nobody_knows_asks_for_it():
    data = tf.data.Dataset.from_generator(
        lambda: iter(IMAGES[:, None]), output_signature=tf.TensorSpec((1, 4, 4, 1), tf.uint8)
    )
    with pytest.raises(ValueError, match="ProgressBar must know where fit ends: give it steps"):
        model().fit(data, verbose=0, callbacks=[callbacks.ProgressBar()])


class Falling:
    """An evaluator whose figure falls with every evaluation."""

    def __init__(self):
        self.steps = []

    def evaluate(self, model):
        self.steps.append(model.steps_done)
        figure = evaluation.Score("fd_points", -len(self.steps), "lower")
        return evaluation.Evaluation([evaluation.Result(figure, 90, 100)], None)


def test_an_evaluation_over_epochs_needs_neither_files_nor_a_last_step():
    evaluator = Falling()
    watcher = callbacks.PeriodicEvaluation(evaluator, every=4)
    fit(model(), watcher)
    assert evaluator.steps == [4, 8, 12, 15]
    assert watcher.best == (-4, 15)


def test_checkpoints_bear_the_steps_of_all_epochs(tmp_path):
    gan = model()
    checkpoints = Checkpoints(str(tmp_path), gan, keep=9)
    fit(gan, callbacks.Checkpointing(checkpoints, every=4))
    assert checkpoints.steps() == [4, 8, 12, 15]


def test_the_guard_names_the_step_of_the_model():
    gan = model()
    fit(gan, epochs=2)
    weights = gan.generator.get_weights()
    gan.generator.set_weights([np.full_like(weight, np.nan) for weight in weights])
    with pytest.raises(callbacks.NonFiniteError, match="finite at step 11 "):
        fit(gan, callbacks.TerminateOnNonFinite())


def test_an_interruption_ends_one_call_of_fit_and_not_the_next():
    signals = iter([None, 2])
    gan, interruption = model(), callbacks.Interruption(lambda: next(signals, None))
    fit(gan, interruption)
    assert gan.steps_done == 2 and interruption.signal == 2
    fit(gan, interruption)
    assert gan.steps_done == 17 and interruption.signal is None


def test_a_state_that_another_callback_puts_back_is_what_the_end_shows(tmp_path):
    gan = model()
    best = keras.callbacks.EarlyStopping(
        "d_loss", min_delta=1e9, patience=1, mode="min", restore_best_weights=True
    )
    grid = callbacks.SampleGrid(f"{tmp_path}/out", every=0)
    fit(gan, best, grid)
    names = sorted(path.name for path in (tmp_path / "out").iterdir())
    assert gan.steps_done == 5 and names == ["step-00000000.png", "step-00000005.png"]
