import numpy as np

from tfgan.data import open_source
from tfgan.extractors import classifier_training, digits


def examples(count):
    batch = next(open_source("mnist5k").examples(count))
    return batch["data"], batch["label"]


def test_a_short_training_learns_digits_and_one_seed_is_one_network():
    data, label = examples(400)
    losses = []
    model = classifier_training.train(
        data, label, 10, steps=100, on_step=lambda *told: losses.append(told)
    )
    assert losses[0][0] == 100 and losses[0][1] < 2.0
    assert (classifier_training.predict(model, data) == label).mean() > 0.5
    twins = [classifier_training.train(data, label, 10, steps=10) for _ in range(2)]
    for one, other in zip(*(twin.get_weights() for twin in twins), strict=True):
        np.testing.assert_array_equal(one, other)


def test_scaled_features_leave_the_logits_alone():
    data, label = examples(200)
    model = classifier_training.train(data, label, 10, steps=5)
    before = model(data)[1].numpy()
    classifier_training.normalize_features(model, data)
    features, logits = model(data)
    np.testing.assert_allclose(logits, before, atol=1e-4)
    np.testing.assert_allclose(np.mean(features.numpy() ** 2), 1.0, rtol=1e-4)


def test_weights_are_the_same_bytes_each_time(tmp_path):
    model = digits.network((28, 28, 1), 10)
    for name in ("a.npz", "b.npz"):
        digits.save_weights(str(tmp_path / name), model)
    assert (tmp_path / "a.npz").read_bytes() == (tmp_path / "b.npz").read_bytes()


def test_images_are_moved_a_little_and_each_on_its_own():
    data = np.repeat(examples(1)[0], 6, axis=0).astype(np.float32)
    moved = classifier_training._augmented(data, [0, 0]).numpy()
    assert len({image.tobytes() for image in moved}) == 6
    assert np.abs(moved.mean(axis=(1, 2, 3)) / data.mean() - 1.0).max() < 0.5
