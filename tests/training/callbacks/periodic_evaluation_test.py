"""While a model trains: figures are written, the best state is kept, and training may stop."""

import numpy as np
import pytest
import tensorflow as tf
from tensorboard.backend.event_processing.event_accumulator import EventAccumulator

from tfgan import evaluation
from tfgan.runs import MetricsFile, best_checkpoints
from tfgan.training import callbacks

from ...games import linear_gan


class Scripted:
    """An evaluator whose figures are given: one value an evaluation."""

    def __init__(self, values, better="lower", count=100):
        self.values, self.better, self.count = list(values), better, count
        self.steps = []

    def evaluate(self, model):
        value = self.values[len(self.steps)]
        self.steps.append(model.steps_done)
        figure = evaluation.Score("fd_points", value, self.better)
        floor = evaluation.Score("fd_points", 0.5, self.better)
        other = evaluation.Score("precision", 0.25, "higher")
        results = [
            evaluation.Result(figure, 90, self.count, floor, figure, 10),
            evaluation.Result(other, 90, self.count),
        ]
        return evaluation.Evaluation(results, None)


def train(workdir, evaluator, steps, *, gan=None, end=None, **options):
    """Trains a model to `steps` updates, evaluating after every second: (model, callback)."""
    gan = gan or linear_gan()
    callback = callbacks.PeriodicEvaluation(
        evaluator,
        MetricsFile(str(workdir)),
        tf.summary.create_file_writer(f"{workdir}/logs"),
        best_checkpoints(str(workdir), gan),
        every=2,
        steps=end or steps,
        provenance={"extractor": {"name": "points"}, "seed": 0},
        **options,
    )
    batches = tf.data.Dataset.from_tensors({"data": tf.ones([4, 2])}).repeat()
    gan.fit(
        batches, steps_per_epoch=steps - gan.steps_done, shuffle=False, verbose=0,
        callbacks=[callback],
    )  # fmt: skip
    return gan, callback


def best_step(workdir):
    gan = linear_gan()
    assert best_checkpoints(str(workdir), gan).restore()
    return gan.steps_done


def test_the_state_with_the_lowest_value_is_kept_beside_the_last(tmp_path):
    evaluator = Scripted([5.0, 3.0, 4.0])
    _, callback = train(tmp_path, evaluator, 6)
    assert evaluator.steps == [2, 4, 6]
    assert callback.best == (3.0, 4) and callback.decisive == "fd_points"
    assert best_step(tmp_path) == 4


def test_the_highest_value_is_best_where_higher_is_better(tmp_path):
    _, callback = train(tmp_path, Scripted([0.2, 0.4, 0.3], better="higher"), 6)
    assert callback.best == (0.4, 4)
    assert best_step(tmp_path) == 4


def test_a_figure_that_is_no_number_is_never_the_best(tmp_path):
    _, callback = train(tmp_path, Scripted([np.nan, 3.0, np.nan]), 6)
    assert callback.best == (3.0, 4)
    assert MetricsFile(str(tmp_path)).read()[0]["value"] is None


def test_training_stops_after_evaluations_without_a_better_one(tmp_path, capsys):
    evaluator = Scripted([5.0, 4.0, 4.0, 6.0, 1.0])
    gan, _ = train(tmp_path, evaluator, 10, stop_after=2)
    assert gan.steps_done == 8
    assert "No better fd_points in 2 evaluations: stopping." in capsys.readouterr().out


def test_the_last_step_is_evaluated_once(tmp_path):
    evaluator = Scripted([5.0, 4.0, 3.0])
    train(tmp_path, evaluator, 5)
    assert evaluator.steps == [2, 4, 5]


def test_an_interrupted_run_is_not_evaluated_at_its_end(tmp_path):
    evaluator = Scripted([5.0, 4.0])
    train(tmp_path, evaluator, 5, end=20)
    assert evaluator.steps == [2, 4]


def test_figures_reach_the_metrics_file_and_tensorboard_with_their_floor(tmp_path):
    _, callback = train(tmp_path, Scripted([5.0, 3.0]), 4)
    records = MetricsFile(str(tmp_path)).read()
    assert [(r["step"], r["metric"], r["value"]) for r in records] == [
        (2, "fd_points", 5.0), (2, "precision", 0.25), (4, "fd_points", 3.0), (4, "precision", 0.25)
    ]  # fmt: skip
    assert all(r["during"] == "training" and r["seed"] == 0 for r in records)
    events = EventAccumulator(f"{tmp_path}/logs", size_guidance={"tensors": 0}).Reload()
    scalars = {
        tag: [(e.step, float(tf.make_ndarray(e.tensor_proto))) for e in events.Tensors(tag)]
        for tag in events.Tags()["tensors"]
    }
    assert scalars["evaluation/fd_points"] == [(2, 5.0), (4, 3.0)]
    assert scalars["floor/fd_points"] == [(2, 0.5), (4, 0.5)]
    [_, (_, share)] = scalars["evaluation/share_of_time"]
    assert 0.0 < share < 1.0 and share == pytest.approx(callback.share, abs=0.5)


def test_a_resumed_run_remembers_the_best_value_and_how_long_ago_it_was(tmp_path):
    gan, _ = train(tmp_path, Scripted([3.0, 5.0]), 4)
    evaluator = Scripted([4.0, 1.0])
    gan, callback = train(tmp_path, evaluator, 8, gan=gan, stop_after=2)
    assert callback.best == (3.0, 2)
    assert gan.steps_done == 6  # the second evaluation in a row without a better one
    assert best_step(tmp_path) == 2


def test_a_resumed_run_does_not_compare_with_values_at_another_count(tmp_path):
    gan, _ = train(tmp_path, Scripted([3.0]), 2)
    _, callback = train(tmp_path, Scripted([4.0], count=200), 4, gan=gan)
    assert callback.best == (4.0, 4)
    assert best_step(tmp_path) == 4
