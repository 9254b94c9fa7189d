import json
import math

import pytest

from tfgan import evaluation, priors
from tfgan.likelihoods import LogLikelihood
from tfgan.models import GAN
from tfgan.networks import mlp


class Density:
    """A stand-in for a model: log p(x) is minus the mean gray of x; it cannot be sampled."""

    classes = None

    def __init__(self, kind):
        self.kind, self.calls = kind, []

    def check_density(self):
        pass

    def log_prob(self, data, *, seed=0):
        self.calls.append((len(data), seed))
        return LogLikelihood(-data.mean(axis=(1, 2, 3)), self.kind, shared_error=0.3)


def results(digits, model, **options):
    return evaluation.Evaluator(digits, None, ["nll"], seed=5).evaluate(model, **options).results


def test_held_out_and_training_examples_are_told_apart(digits, arrays):
    nats, bits = results(digits, Density("exact"))
    training, _, held_out = arrays
    assert nats.score.value == pytest.approx(-held_out.mean())
    theirs = -training[:500].mean(axis=(1, 2, 3))
    assert nats.score.details["training"]["value"] == pytest.approx(theirs.mean())
    error = math.hypot(0.3, theirs.std(ddof=1) / math.sqrt(500))
    assert nats.score.details["training"]["standard_error"] == pytest.approx(error)
    assert nats.score.details["shared_error"] == 0.3
    assert bits.score.value == pytest.approx(held_out.mean() / (784 * math.log(2)))
    ratio = bits.score.standard_error / nats.score.standard_error
    assert ratio == pytest.approx(1.0 / (784 * math.log(2)))


@pytest.mark.parametrize(
    "kind, turned",
    [("exact", "exact"), ("lower bound", "upper bound"), ("estimate", "estimate")],
)
def test_the_kind_travels_to_table_and_record(digits, kind, turned):
    rows = results(digits, Density(kind))
    assert [result.score.kind for result in rows] == [kind, turned]
    lines = evaluation.table(rows).splitlines()
    assert lines[0].split() == ["500", "held-out", "500", "training"]
    assert lines[1].startswith(f"log_likelihood_nats, {kind} (higher is better)")
    assert lines[2].startswith(f"bits_per_dimension, {turned} (lower is better)")
    records = [json.loads(json.dumps(line)) for line in evaluation.records(rows, {})]
    assert [record["kind"] for record in records] == [kind, turned]
    assert records[0]["details"]["held_out"] == 500 and records[0]["n_fake"] == 0


def test_the_model_is_asked_once_with_the_seed(digits):
    model = Density("exact")
    results(digits, model)
    assert model.calls == [(1000, 5)]


def test_likelihoods_stand_below_figures_of_samples(digits, arrays, deal):
    class Both(Density, deal):
        def __init__(self):
            Density.__init__(self, "exact")
            deal.__init__(self, arrays[0])

    rows = evaluation.Evaluator(digits, None, ["nll", "swd"], count=100).evaluate(Both())
    above, below = evaluation.table(rows.results).split("\n\n")
    assert "swd" in above and "log_likelihood_nats, exact" in below


def test_an_implicit_model_says_why_it_has_no_likelihood(digits):
    shape = digits.spec.shape
    model = GAN(
        mlp.generator(shape, 2, widths=(4,)),
        mlp.discriminator(shape, widths=(4,)),
        prior=priors.Normal(2),
    )
    with pytest.raises(ValueError, match="GAN is an implicit model"):
        results(digits, model)
