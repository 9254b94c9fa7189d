"""The terms of papers teach what they are for."""

import numpy as np
import pytest
import tensorflow as tf

from tfgan import losses, replicas, terms

from .games import (
    CLASSES,
    FEATURES,
    adam,
    batch,
    discriminator,
    gan,
    generator,
    learned,
)


def test_feature_matching_brings_the_mean_features_together():
    data = batch(64)
    data["data"] = 0.3 * data["data"] + [2.0, -1.0]
    model = gan(FEATURES, **adam())

    def gap():
        fakes = model.sample(200, seed=0)["data"]
        sides = [model.discriminator({"data": x})["features"] for x in (data["data"], fakes)]
        return float(tf.norm(tf.reduce_mean(sides[0], 0) - tf.reduce_mean(sides[1], 0)))

    before = gap()
    learned(model, data, 300)
    assert gap() < 0.1 * before


def test_l1_teaches_a_generator_its_target():
    source = tf.random.stateless_uniform([64, 2], [5, 0], -1.0, 1.0)
    target = tf.stack([source[:, 1], -source[:, 0]], axis=1)
    data = {"data": target, "source": source, "target": target}
    model = gan(
        terms.Term(terms.l1, "generator"),
        conditions=["source"],
        networks=(generator(["source"], width=32), discriminator()),
        **adam(),
    )
    learned(model, data, 400)
    latents = model.prior(64, model.stream("test"))
    made = model.generator({**latents, "source": source})
    assert float(tf.reduce_mean(tf.abs(made - target))) < 0.15


def test_classification_teaches_classes_to_both_players():
    centers = np.array([[2.0, 0.0], [-1.0, 1.7], [-1.0, -1.7]], np.float32)
    label = tf.range(96) % 3
    data = batch(96)
    data = {"data": 0.2 * data["data"] + tf.gather(centers, label), "label": label}
    model = gan(
        CLASSES,
        terms.Term(lambda turn: terms.classification(turn, of=["fake"]), "generator", name="g"),
        conditions=["label"],
        networks=(generator(["label"], width=32), discriminator(width=32)),
        loss=losses.non_saturating(),
        **adam(),
    )
    learned(model, data, 500)
    told = model.discriminator({"data": data["data"]})["label"]
    assert np.mean(np.argmax(told, axis=1) == label) > 0.98
    sampled = model.sample(300, seed=0)
    distance = np.linalg.norm(sampled["data"][:, None] - centers, axis=2)
    assert np.mean(distance.argmin(axis=1) == sampled["label"]) > 0.95


def test_classification_is_the_cross_entropy_by_hand():
    class Given:
        real = {"label": tf.constant([0, 1])}
        real_outputs = {"label": tf.constant([[0.0, 0.0, 0.0], [1.0, 2.0, 3.0]])}
        fake_outputs = {"label": tf.constant([[5.0, 0.0, 0.0], [0.0, 0.0, 0.0]])}

    def entropy(logits, label):
        return np.log(np.exp(logits).sum()) - logits[label]

    real = [entropy([0.0, 0.0, 0.0], 0), entropy([1.0, 2.0, 3.0], 1)]
    fake = [entropy([5.0, 0.0, 0.0], 0), entropy([0.0, 0.0, 0.0], 1)]
    np.testing.assert_allclose(terms.classification(Given, of=["real"]), real, rtol=1e-6)
    np.testing.assert_allclose(terms.classification(Given), np.add(real, fake), rtol=1e-6)


def test_paired_feature_matching_is_the_mean_over_layers_of_mean_differences_by_hand():
    class Given:
        real_outputs = {"a": tf.constant([[1.0, 2.0], [0.0, 0.0]]), "b": tf.ones([2, 2, 2, 1])}
        fake_outputs = {"a": tf.constant([[0.0, 4.0], [0.0, 1.0]]), "b": tf.zeros([2, 2, 2, 1])}

    value = terms.paired_feature_matching(Given, features=["a", "b"])
    np.testing.assert_allclose(value, [(1.5 + 1.0) / 2, (0.5 + 1.0) / 2], rtol=1e-6)
    alone = terms.paired_feature_matching(Given, features=["a"])
    np.testing.assert_allclose(alone, [1.5, 0.5], rtol=1e-6)


def test_paired_feature_matching_has_no_gradient_for_the_features_of_the_target():
    real, fake = tf.Variable([[1.0, 2.0]]), tf.Variable([[3.0, 1.0]])

    class Given:
        real_outputs, fake_outputs = {"a": real}, {"a": fake}

    with tf.GradientTape() as tape:
        value = terms.paired_feature_matching(Given, features=["a"])
    gradients = tape.gradient(value, [real, fake])
    assert gradients[0] is None
    np.testing.assert_allclose(gradients[1], [[0.5, -0.5]])


def partly_labeled(label, logits):
    """The term's mean for labels, -1 where unknown, under the logits `[batch, classes]`."""

    class Given:
        real = {"label": tf.convert_to_tensor(label)}  # noqa: RUF012
        real_outputs = {"label": tf.convert_to_tensor(logits)}  # noqa: RUF012

    return terms.labeled_classification(Given())


def test_examples_without_a_label_count_nothing_in_the_mean_of_the_labeled_ones():
    logits = [[1.0, 2.0, 3.0], [9.0, 0.0, 0.0], [0.0, 0.0, 0.0], [0.0, 7.0, 0.0]]
    each = partly_labeled([0, -1, 2, -1], logits)
    entropies = np.log(np.exp([1.0, 2.0, 3.0]).sum()) - 1.0, np.log(3.0)
    np.testing.assert_allclose(each, [2 * entropies[0], 0.0, 2 * entropies[1], 0.0], rtol=1e-6)
    assert float(tf.reduce_mean(each)) == pytest.approx(np.mean(entropies), rel=1e-6)


def test_a_batch_without_labels_has_no_classification_loss():
    np.testing.assert_array_equal(partly_labeled([-1, -1], [[1.0, 2.0], [3.0, 4.0]]), [0.0, 0.0])


def test_replicas_share_the_number_of_labels(two_replicas):
    logits = [[1.0, 2.0], [0.0, 1.0], [3.0, 0.0], [2.0, 2.0]]
    label = [0, -1, 1, 1]
    whole = partly_labeled(label, logits)

    def call():
        first = 2 * replicas.index()
        return partly_labeled(
            tf.gather(label, [first, first + 1]), tf.gather(logits, [first, first + 1])
        )

    parts = two_replicas.run(tf.function(call, autograph=False)).values
    np.testing.assert_allclose(np.concatenate([part.numpy() for part in parts]), whole, rtol=1e-6)
