import numpy as np
import pytest
import tensorflow as tf

from tfgan.networks import vgan

SHAPE = 4, 8, 8, 1


@pytest.mark.parametrize("frames", [1, 2, 4, 6])
def test_videos_have_the_shape_and_range(frames):
    shape = frames, 8, 12, 3
    made = vgan.generator(shape, 5, width=2)({"latent": tf.ones((2, 5))})
    assert made.shape == (2, *shape) and np.abs(made).max() <= 1.0
    assert vgan.discriminator(shape, width=2)({"data": made}).shape == (2, 1)


def test_parameters_are_as_many_as_the_formula_says():
    latent, width = 5, 3
    coarse = 2 * width  # channels of the coarsest stage
    moving = latent * 1 * 2 * 2 * coarse + 2 * coarse  # one frame of 2 x 2, and its normalization
    moving += 64 * coarse * width + 2 * width
    standing = latent * 2 * 2 * coarse + 2 * coarse + 16 * coarse * width + 2 * width
    outputs = 2 * (64 * width + 1) + 16 * width + 1  # foreground, mask, background
    trained = sum(
        int(np.prod(v.shape))
        for v in vgan.generator(SHAPE, latent, width=width).trainable_variables
    )
    assert trained == moving + standing + outputs


def test_without_a_mask_the_background_stands_still():
    network = vgan.generator(SHAPE, 5, width=2)
    mask = next(
        x
        for x in network.layers
        if getattr(x, "activation", None) is not None
        and getattr(x.activation, "__name__", "") == "sigmoid"
    ).input._keras_history[0]
    mask.set_weights([np.zeros_like(mask.get_weights()[0]), np.array([-100.0], np.float32)])
    video = network({"latent": tf.random.stateless_normal((2, 5), (0, 0))}).numpy()
    assert np.ptp(video[0, 0]) > 0
    np.testing.assert_allclose(video, np.repeat(video[:, :1], 4, axis=1), atol=1e-6)


@pytest.mark.parametrize("build", [lambda s: vgan.generator(s, 3), vgan.discriminator])
@pytest.mark.parametrize(
    ("shape", "message"),
    [
        ((8, 8, 1), "vgan makes videos of shape"),
        ((4, 6, 8, 1), "vgan needs a height and width that are multiples of 4"),
    ],
)
def test_other_shapes_are_refused(build, shape, message):
    with pytest.raises(ValueError, match=message):
        build(shape)
