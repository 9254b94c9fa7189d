import keras
import numpy as np
import pytest

from tfgan import rng
from tfgan.networks import vae

KINDS = {
    "dense": (vae.dense_encoder, vae.dense_decoder, {"widths": (8, 8)}),
    "convolutional": (vae.convolutional_encoder, vae.convolutional_decoder, {"width": 2}),
}


@pytest.mark.parametrize("shape", [(8, 8, 1), (12, 8, 3)])
@pytest.mark.parametrize("kind", KINDS)
def test_an_encoder_makes_gaussians_and_a_decoder_logits_of_the_image(kind, shape):
    encoder, decoder, sizes = KINDS[kind]
    images = np.random.default_rng(0).integers(0, 2, (3, *shape)).astype(np.float32)
    code = encoder(shape, 5, **sizes)({"data": images})
    assert {name: value.shape for name, value in code.items()} == {
        "mean": (3, 5),
        "log_variance": (3, 5),
    }
    logits = decoder(shape, 5, **sizes)({"latent": code["mean"]})
    assert logits.shape == (3, *shape) and logits.dtype == "float32"
    assert np.asarray(logits).min() < 0.0 < np.asarray(logits).max()


@pytest.mark.parametrize("kind", KINDS)
def test_dropout_acts_in_training_alone(kind):
    encoder, _, sizes = KINDS[kind]
    keras.utils.set_random_seed(0)  # other weights may leave no unit that answers to these images
    network = encoder((8, 8, 1), 2, dropout=0.5, **sizes)
    images = {"data": np.ones((64, 8, 8, 1), np.float32)}
    with rng.layer_seeds(rng.stream(0, 0, "dropout")):
        dropped = network(images, training=True)["mean"]
    quiet = network(images, training=False)["mean"]
    # Few units, of which the same may be left for two of the 64 images.
    assert len(np.unique(dropped, axis=0)) > 4
    assert np.ptp(quiet, axis=0).max() < 1e-6


def test_shapes_that_convolutions_cannot_halve_are_refused():
    with pytest.raises(ValueError, match="multiples of 4"):
        vae.convolutional_decoder((10, 10, 1), 2)
