"""Terms on a share of the batch: which examples they see, under which conditions."""

import keras
import numpy as np
import pytest
import tensorflow as tf

from tfgan import layers, losses, penalties, priors, terms
from tfgan.models import GAN

from .games import batch, discriminator, gan, generator, of_the_bias, weights


def in_a_step(model, data, check):
    """Calls a check with the turn that a term of a quarter sees in a step."""
    turns = []

    def term(turn):
        check(turn)
        turns.append(turn)
        return turn.fake_outputs["logits"]

    model.terms = (*model.terms, terms.Term(term, "discriminator", share=0.25))
    model.train_step(data)
    assert len(turns) == 1


def test_a_quarter_is_every_fourth_example_with_its_conditions_and_logits():
    model = gan(conditions=("label",))
    data = batch(label=tf.constant([0, 1, 2, 0, 1, 2, 0, 1]))

    def check(part):
        np.testing.assert_array_equal(part.real["data"], data["data"][::4])
        np.testing.assert_array_equal(part.real["label"], [0, 1])
        assert part.fake.shape == (2, 2)
        made = model.generator({"latent": part.latents["latent"], "label": part.real["label"]})
        np.testing.assert_allclose(part.fake, made, rtol=1e-5, atol=1e-6)
        computed = part.fake_outputs["logits"]  # by the loss, of the whole batch
        np.testing.assert_allclose(computed, part.critic(part.fake), rtol=1e-5, atol=1e-6)

    in_a_step(model, data, check)


def test_the_critic_of_a_part_has_the_labels_of_the_part():
    """The logits are the labels."""
    data = keras.Input((2,), name="data")
    label = keras.Input((), dtype="int32", name="label")
    table = keras.layers.Embedding(3, 1)
    logits = table(label) + 0.0 * keras.layers.Dense(1)(data)
    judge = keras.Model({"data": data, "label": label}, logits)
    table.embeddings.assign([[0.0], [1.0], [2.0]])
    model = gan(conditions=("label",), networks=(generator(("label",)), judge))

    def check(part):
        np.testing.assert_array_equal(part.critic(part.fake), [[2.0], [0.0]])

    in_a_step(model, batch(label=tf.constant([2, 1, 1, 1, 0, 1, 1, 1])), check)


def test_the_weight_of_a_share_is_that_of_the_whole():
    """A mean that all examples agree on moves the generator as far."""
    ends = []
    for share in (1.0, 0.5):
        model = gan(terms.Term(of_the_bias, "generator", 0.3, share=share))
        model.train_step(batch())
        ends.append(weights(model.generator)[-1])
    np.testing.assert_allclose(*ends, rtol=1e-6)


def test_a_penalty_on_a_share_is_that_of_the_share():
    model = gan(penalties=[penalties.Penalty(penalties.r1, 1.0, share=0.5)])
    data = batch()
    exact = penalties.r1(
        lambda x: model.discriminator({"data": x})["logits"], data["data"], None, None
    )
    logs = model.train_step(data)
    assert float(logs["penalty"]) == pytest.approx(np.mean(exact[::2]), rel=1e-5)
    assert float(logs["penalty"]) != pytest.approx(np.mean(exact), rel=1e-3)


@pytest.mark.parametrize("parts", ["microbatches", "replicas"])
def test_microbatches_and_replicas_take_the_examples_of_one_device(parts, two_replicas):
    def of_game(**more):
        return gan(
            terms.Term(terms.approximate_r2, "discriminator", share=0.5),
            penalties=[penalties.Penalty(penalties.r1, 1.0, share=0.5)],
            run_eagerly=True,
            **more,
        )

    alone = of_game()
    if parts == "microbatches":
        other = of_game(microbatches=2)
    else:
        with two_replicas.scope():
            other = of_game()
    logs = []
    for model in (alone, other):
        fitted = model.fit(tf.data.Dataset.from_tensors(batch()), shuffle=False, verbose=0)
        logs.append(fitted.history["penalty"][0])
    assert logs[0] == pytest.approx(logs[1], rel=1e-5)
    for one, two in zip(weights(alone.discriminator), weights(other.discriminator), strict=True):
        np.testing.assert_allclose(one, two, rtol=1e-5, atol=1e-5)


def test_a_part_that_is_not_a_multiple_is_refused():
    penalty = penalties.Penalty(penalties.r1, 1.0, share=0.25)
    model = gan(penalties=[penalty], microbatches=2)
    with pytest.raises(
        ValueError, match="must be a multiple of 4 for the share 1/4 of penalty; rec"
    ):
        model.train_step(batch(12))
    gan(penalties=[penalty]).train_step(batch(6))  # rows 0 and 4


@pytest.mark.parametrize("share", [0.0, -0.5, 0.3, 1.5, float("nan")])
def test_other_shares_are_refused(share):
    with pytest.raises(ValueError, match="share must be 1 divided by a whole number"):
        terms.Term(of_the_bias, "generator", share=share)


def test_a_discriminator_that_compares_examples_is_refused():
    data = keras.Input((2,), name="data")
    judge = keras.Model({"data": data}, keras.layers.Dense(1)(layers.Pack(2)(data)))
    model = GAN(generator(), judge, prior=priors.Normal(3))
    with pytest.raises(ValueError, match="share must be 1 with a discriminator that compares"):
        model.compile(
            losses.relativistic(), "adam",
            penalties=[penalties.Penalty(penalties.r1, 1.0, share=0.5)],
        )  # fmt: skip


def test_a_model_with_a_share_comes_back_from_a_file(tmp_path):
    model = gan(penalties=[penalties.Penalty(penalties.r1, 1.0, share=0.5)], loss="hinge")
    model.save(tmp_path / "model.keras")
    loaded = keras.models.load_model(tmp_path / "model.keras")
    assert [term.share for term in loaded.terms] == [0.5]
    assert discriminator().count_params() == loaded.discriminator.count_params()
