"""The classifiers of conditional games: values by hand, and what each player learns from them."""

import itertools

import keras
import numpy as np
import pytest
import tensorflow as tf

from tfgan import replicas, terms
from tfgan.networks import heads, mlp

from .games import batch, gan, generator

REAL = terms.Term(lambda turn: terms.data_to_data(turn, of="real"), "discriminator", name="real")
FAKE = terms.Term(lambda turn: terms.data_to_data(turn, of="fake"), "generator", name="fake")


def entropy(logits, label):
    return np.log(np.exp(logits).sum()) - logits[label]


def unit(rows):
    rows = np.asarray(rows, np.float32)
    return rows / np.linalg.norm(rows, axis=1, keepdims=True)


class Given:
    """A turn with outputs of the discriminator."""

    def __init__(self, label, real=None, fake=None):
        self.real = {"label": tf.constant(label)}
        self.real_outputs, self.fake_outputs = (
            side and {name: tf.constant(rows, tf.float32) for name, rows in side.items()}
            for side in (real, fake)
        )


def test_label_and_origin_are_one_class_of_2_k_by_hand():
    real, fake = np.random.default_rng(0).normal(size=(2, 3, 4))
    turn = Given([1, 0, 1], {"label": real}, {"label": fake})
    labels = [1, 0, 1]
    expected = [
        entropy(real[i], 2 * label) + entropy(fake[i], 2 * label + 1)
        for i, label in enumerate(labels)
    ]
    np.testing.assert_allclose(terms.joint_classification(turn), expected, rtol=1e-5)
    gap = [
        entropy(fake[i], 2 * label) - entropy(fake[i], 2 * label + 1)
        for i, label in enumerate(labels)
    ]
    np.testing.assert_allclose(terms.joint_classification_gap(turn), gap, rtol=1e-5)


def test_without_any_knowledge_the_joint_cross_entropy_is_twice_the_logarithm_of_2_k():
    zeros = {"label": np.zeros((2, 6))}
    turn = Given([0, 2], zeros, zeros)
    np.testing.assert_allclose(terms.joint_classification(turn), 2 * np.log(6), rtol=1e-6)
    np.testing.assert_allclose(terms.joint_classification_gap(turn), 0.0, atol=1e-6)


def test_at_the_optimal_classifier_the_gap_is_the_divergence_of_fakes_from_real_examples():
    """On three points, p and q of one class: the mean under q of log q / p."""
    p, q = np.array([0.5, 0.3, 0.2]), np.array([0.2, 0.2, 0.6])
    logits = np.log(np.stack([p, q], axis=1))  # of the classes real and fake at each point
    gap = terms.joint_classification_gap(Given([0, 0, 0], fake={"label": logits}))
    np.testing.assert_allclose(np.sum(q * gap), np.sum(q * np.log(q / p)), rtol=1e-5)


def test_data_to_data_is_the_formula_by_a_loop():
    random, label = np.random.default_rng(1), [0, 1, 0, 2, 1]
    f, table = unit(random.normal(size=(5, 3))), unit(random.normal(size=(3, 3)))
    v, m, t = table[label], 0.7, 0.4
    turn = Given(label, fake={"embedding": f, "proxy": v})
    expected = []
    for i in range(5):
        own = np.exp(min(f[i] @ v[i] - m, 0.0) / t)
        others = [
            np.exp(max(f[i] @ f[j] + m - 1.0, 0.0) / t) for j in range(5) if label[j] != label[i]
        ]
        expected.append(-np.log(own / (own + sum(others))))
    value = terms.data_to_data(turn, of="fake", margin=m, temperature=t)
    np.testing.assert_allclose(value, expected, rtol=1e-5)


def test_beyond_the_margins_only_the_count_of_the_others_is_left_and_no_gradient():
    """Embeddings at their proxies, classes at right angles: log(1 + examples of other labels)."""
    label = [0, 1, 1, 2]
    embedding = tf.constant(np.eye(3, dtype=np.float32)[label])
    outputs = {"embedding": embedding, "proxy": embedding}
    turn = Given(label, real={"embedding": np.eye(3)[label], "proxy": np.eye(3)[label]})
    # The cosine 0 of other classes is below the margin 1 - m only for m < 1: exp(0) each.
    value = terms.data_to_data(turn, of="real", margin=0.98)
    np.testing.assert_allclose(value, np.log([4.0, 3.0, 3.0, 4.0]), rtol=1e-6)
    turn.real_outputs = outputs
    with tf.GradientTape() as tape:
        tape.watch(embedding)
        value = tf.reduce_sum(terms.data_to_data(turn, of="real", margin=0.98))
    np.testing.assert_array_equal(tape.gradient(value, embedding), np.zeros((4, 3)))


def test_data_to_data_of_one_class_is_0_with_a_finite_gradient():
    embedding = tf.constant(unit([[1.0, 0.2], [0.3, 1.0]]))
    turn = Given([1, 1], fake={"embedding": np.zeros((2, 2)), "proxy": np.eye(2)})
    turn.fake_outputs["embedding"] = embedding
    with tf.GradientTape() as tape:
        tape.watch(embedding)
        value = terms.data_to_data(turn, of="fake")
    np.testing.assert_allclose(value, 0.0, atol=1e-6)
    np.testing.assert_allclose(tape.gradient(value, embedding), 0.0, atol=1e-6)


def networks():
    keras.utils.set_random_seed(3)
    plain = mlp.discriminator((2,), widths=(16,))
    return generator(["label"]), heads.with_embedding(plain, 3, size=4)


def test_two_replicas_compare_the_examples_of_the_global_batch(two_replicas):
    data = batch(16, label=tf.range(16) % 3)
    repeated = tf.data.Dataset.from_tensors(data).repeat()
    alone = gan(REAL, FAKE, conditions=["label"], networks=networks(), run_eagerly=True)
    before = alone.get_weights()
    with two_replicas.scope():
        together = gan(REAL, FAKE, conditions=["label"], networks=networks())
    for model in (alone, together):
        model.fit(repeated, steps_per_epoch=2, shuffle=False, verbose=0)
    for one, two in itertools.zip_longest(alone.get_weights(), together.get_weights()):
        np.testing.assert_allclose(one, two, atol=1e-6)
    moves = [np.abs(a - b).max() for a, b in zip(before, alone.get_weights(), strict=True)]
    assert max(moves) > 1e-3


def test_data_to_data_refuses_a_part_of_the_batch():
    turn = Given([0, 1], fake={"embedding": np.eye(2), "proxy": np.eye(2)})
    with (
        replicas.microbatch(0, 4),
        pytest.raises(ValueError, match="data_to_data needs the examples of the whole batch"),
    ):
        terms.data_to_data(turn, of="fake")
