"""Extra objectives: what they compute, whom they move, and that they teach what they are for."""

import keras
import numpy as np
import pytest
import tensorflow as tf

from tfgan import losses, penalties, priors, terms
from tfgan.models import GAN
from tfgan.runs import Checkpoints


def generator(conditions=(), size=2, width=8):
    """(latent, conditions) -> points; a label is embedded, other conditions are points."""
    inputs = {"latent": keras.Input((3,), name="latent")}
    parts = [inputs["latent"]]
    for name in conditions:
        is_label = name == "label"
        inputs[name] = keras.Input(() if is_label else (2,), name=name,
                                   dtype="int32" if is_label else "float32")  # fmt: skip
        parts.append(keras.layers.Embedding(3, 4)(inputs[name]) if is_label else inputs[name])
    hidden = keras.layers.Concatenate()(parts) if len(parts) > 1 else parts[0]
    hidden = keras.layers.Dense(width, activation="relu")(hidden)
    return keras.Model(inputs, keras.layers.Dense(size)(hidden))


def discriminator(width=8):
    """Points -> logits, features and a logit per class."""
    data = keras.Input((2,), name="data")
    features = keras.layers.Dense(width, activation="relu")(data)
    outputs = {
        "logits": keras.layers.Dense(1)(features),
        "features": features,
        "label": keras.layers.Dense(3)(features),
    }
    return keras.Model({"data": data}, outputs)


def silent():
    """An adversarial loss that moves nobody."""
    return losses.AdversarialLoss(
        lambda real, fake: 0.0 * (real + fake)[:, 0], lambda real, fake: 0.0 * (real + fake)[:, 0]
    )


def gan(*extra, conditions=(), rate=0.1, networks=None, **arguments):
    keras.utils.set_random_seed(1)
    classes = 3 if "label" in conditions else None
    others = [name for name in conditions if name != "label"]
    networks = networks or (generator(conditions), discriminator())
    model = GAN(*networks, prior=priors.Normal(3), classes=classes, conditions=others)
    optimizers = {player: keras.optimizers.SGD(rate) for player in ("generator", "discriminator")}
    model.compile(**{"loss": silent(), "optimizers": optimizers, "terms": extra, **arguments})
    return model


def batch(count=8, **more):
    return {"data": tf.random.stateless_normal([count, 2], [3, 0]), **more}


def weights(network):
    return [np.array(value) for value in network.get_weights()]


def moved(before, network):
    return max(np.abs(a - b).max() for a, b in zip(before, weights(network), strict=True))


def of_the_bias(turn):
    """A term whose gradient with respect to the generator's last bias is 1."""
    return tf.reduce_mean(turn.fake, axis=1) * 2.0


@pytest.mark.parametrize("player", terms.PLAYERS)
@pytest.mark.parametrize("simultaneous", [False, True])
def test_a_term_moves_its_player_alone_in_both_orders(player, simultaneous):
    def function(turn):
        return tf.reduce_sum(turn.fake_outputs["features"], axis=1)

    model = gan(terms.Term(function, player, 0.5), simultaneous=simultaneous)
    networks = {"generator": model.generator, "discriminator": model.discriminator}
    before = {name: weights(network) for name, network in networks.items()}
    logs = model.train_step(batch())
    for name, network in networks.items():
        assert (moved(before[name], network) > 1e-4) == (name == player)
    assert float(logs["function"]) > 0


def test_the_weight_multiplies_the_mean_and_may_follow_the_step():
    model = gan(terms.Term(of_the_bias, "generator", lambda step: 3.0 + tf.cast(step, tf.float32)))
    for step in range(2):
        before = weights(model.generator)[-1]
        model.train_step(batch())
        after = weights(model.generator)[-1]
        np.testing.assert_allclose(after, before - 0.1 * (3.0 + step), rtol=1e-5)


@pytest.mark.parametrize("jit_compile", [False, True])
def test_every_k_steps_a_term_moves_k_times_as_far(jit_compile):
    model = gan(terms.Term(of_the_bias, "generator", every=3), jit_compile=jit_compile)
    data = tf.data.Dataset.from_tensors(batch()).repeat()
    places = [weights(model.generator)[-1]]
    for _ in range(4):
        model.fit(data, steps_per_epoch=1, shuffle=False, verbose=0)
        places.append(weights(model.generator)[-1])
    steps = np.diff(np.stack(places), axis=0)[:, 0]
    np.testing.assert_allclose(steps, [-0.3, 0.0, 0.0, -0.3], atol=1e-6)


def test_a_lazy_penalty_asks_the_critic_only_when_its_turn_has_come():
    asked = []

    def penalty(critic, real, fake, seed):
        asked.append(1)
        return penalties.r1(critic, real, fake, seed)

    model = gan(penalties=[penalties.Penalty(penalty, 1.0, every=4)])
    for _ in range(9):
        model.train_step(batch())
    assert len(asked) == 3


def test_outputs_that_no_term_asks_for_are_not_computed():
    model = gan()
    seen = []
    judge = model._judge
    model._judge = lambda *given: seen.append(given[-1]) or judge(*given)
    model.train_step(batch())
    assert seen == ["on real, turn 0", "on fake, turn 0", "on fake, generator's turn"]


def test_terms_and_penalties_have_seeds_and_noise_of_their_own():
    seeds = []

    def note(turn):
        seeds.append(tuple(np.array(turn.seed)))
        return tf.zeros(8)

    def note_penalty(critic, real, fake, seed):
        seeds.append(tuple(np.array(seed)))
        return tf.zeros(8)

    model = gan(
        terms.Term(note, "discriminator"),
        terms.Term(note, "generator"),
        penalties=[penalties.Penalty(note_penalty, 1.0)] * 2,
    )
    model.train_step(batch())
    model.train_step(batch())
    assert len(set(seeds)) == len(seeds) == 8


class Running(tf.Module):
    """The distance of the mean fake from its running mean."""

    def __init__(self):
        super().__init__()
        self.mean = tf.Variable([0.0, 0.0], trainable=False)

    def __call__(self, turn):
        fake = tf.reduce_mean(turn.fake, axis=0)
        self.mean.assign(0.9 * self.mean + 0.1 * tf.stop_gradient(fake))
        return tf.reduce_sum(tf.square(fake - self.mean))


def running():
    return gan(terms.Term(Running(), "generator"))


def test_the_state_of_a_term_is_saved_and_restored(tmp_path):
    model, other = running(), running()
    for _ in range(3):
        model.train_step(batch())
    Checkpoints(str(tmp_path), model).save()
    assert Checkpoints(str(tmp_path), other).restore()
    [state], [restored] = model.term_states.functions, other.term_states.functions
    assert np.abs(np.array(state.mean)).min() > 0
    np.testing.assert_array_equal(np.array(restored.mean), np.array(state.mean))
    for each in (model, other):
        each.train_step(batch())
    np.testing.assert_array_equal(weights(model.generator)[0], weights(other.generator)[0])


FEATURES = terms.Term(terms.feature_matching, "generator")
CLASSES = terms.Term(terms.classification, "discriminator")


@pytest.mark.parametrize(
    "extra",
    [
        [FEATURES],
        [CLASSES],
        [terms.Term(of_the_bias, "generator", every=2)],
        [terms.Term(terms.feature_matching, "generator", every=2)],
    ],
    ids=["features", "classes", "lazy", "lazy mean of the batch"],
)
@pytest.mark.parametrize("simultaneous", [False, True])
def test_two_replicas_take_the_step_of_one_device(two_replicas, extra, simultaneous):
    data = batch(16, label=tf.range(16) % 3)
    repeated = tf.data.Dataset.from_tensors(data).repeat()
    options = {"conditions": ["label"], "simultaneous": simultaneous}
    alone = gan(*extra, **options)
    with two_replicas.scope():
        together = gan(*extra, **options)
    for model in (alone, together):
        model.fit(repeated, steps_per_epoch=3, shuffle=False, verbose=0)
    for one, two in zip(alone.get_weights(), together.get_weights(), strict=True):
        np.testing.assert_allclose(one, two, atol=1e-6)


def learned(model, data, steps):
    data = tf.data.Dataset.from_tensors(data).repeat()
    model.fit(data, steps_per_epoch=steps, shuffle=False, verbose=0)
    return model


def adam(rate=0.01):
    players = "generator", "discriminator"
    return {"optimizers": {player: keras.optimizers.Adam(rate) for player in players}}


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


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("l1", "generator"), "function must be a function of a turn; received 'l1'"),
        ((terms.l1, "critic"), "player must be generator or discriminator; received 'critic'"),
        ((terms.l1, "generator", -1.0), "weight must be 0 or more"),
        ((terms.l1, "generator", float("nan")), "weight must be 0 or more"),
        ((terms.l1, "generator", 1.0, 0), "every must be a number of steps from 1; received 0"),
    ],
)
def test_terms_that_make_no_sense_are_refused(arguments, sentence):
    with pytest.raises(ValueError, match=sentence):
        terms.Term(*arguments)


def test_a_network_without_the_output_that_the_game_needs_is_refused():
    data = keras.Input((2,), name="data")
    headless = keras.Model({"data": data}, {"features": keras.layers.Dense(2)(data)})
    with pytest.raises(ValueError, match="discriminator must have an output named logits"):
        GAN(generator(), headless, prior=priors.Normal(3))


def test_replicas_meet_inside_of_the_discriminator(two_replicas):
    """Each replica is traced in a thread of its own; a lock on the outputs would stop them all."""
    with two_replicas.scope():
        data = keras.Input((2,), name="data")
        hidden = keras.layers.BatchNormalization(synchronized=True)(keras.layers.Dense(4)(data))
        judge = keras.Model({"data": data}, keras.layers.Dense(1)(hidden))
        model = gan(networks=(generator(), judge), loss=losses.non_saturating())
    model.fit(tf.data.Dataset.from_tensors(batch(8)).repeat(), steps_per_epoch=1, verbose=0)
    assert model.steps_done == 1
