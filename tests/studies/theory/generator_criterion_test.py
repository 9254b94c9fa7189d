"""The criterion of the best discriminator, and what breaks it."""

import tensorflow as tf

from tfgan import divergences, losses
from tfgan.studies.theory import generator_criterion


def test_every_check_holds(failed):
    finding = generator_criterion.measure()
    assert failed(finding) == []
    assert len(finding.checks) >= 4 and finding.charts


def test_the_optimum_of_swapped_densities_fails(monkeypatch, failed):
    correct = divergences.optimal_discriminator
    monkeypatch.setattr(divergences, "optimal_discriminator", lambda p, q: correct(q, p))
    assert failed(generator_criterion.measure()) == [
        "|argmax of V over D - D*|, searched point by point"
    ]


def test_a_divergence_of_half_the_size_fails(monkeypatch, failed):
    correct = divergences.jensen_shannon
    monkeypatch.setattr(divergences, "jensen_shannon", lambda *args: 0.5 * correct(*args))
    assert failed(generator_criterion.measure()) == [
        "|C - (-log 4 + 2 JSD)| at its largest, 81 generators"
    ]


def test_a_discriminator_loss_without_its_real_half_fails(monkeypatch, failed):
    monkeypatch.setattr(
        losses, "minimax_discriminator_loss", lambda real, fake: tf.nn.softplus(fake)
    )
    assert failed(generator_criterion.measure()) != []
