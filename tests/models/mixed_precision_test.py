import keras
import numpy as np
import pytest
import tensorflow as tf

from tfgan import losses, penalties, priors
from tfgan.models import GAN, mixed_precision
from tfgan.networks import dcgan
from tfgan.runs import Checkpoints


def compiled(name, **options):
    keras.utils.set_random_seed(0)
    with mixed_precision.computing_in(name):
        networks = dcgan.generator((8, 8, 1), 4, width=4), dcgan.discriminator((8, 8, 1), width=4)
    model = GAN(*networks, prior=priors.Normal(4))
    sgd = {player: keras.optimizers.SGD(0.01) for player in model.networks}
    model.compile(losses.non_saturating(), sgd, average_half_life=100.0, **options)
    return model


def batch():
    return {"data": tf.constant(np.random.default_rng(0).integers(0, 256, (8, 8, 8, 1), np.uint8))}


@pytest.mark.parametrize("name", ["bfloat16", "float16"])
@pytest.mark.parametrize("simultaneous", [False, True])
def test_weights_logits_losses_and_averages_are_float32(name, simultaneous):
    model = compiled(name, simultaneous=simultaneous)
    assert all(v.dtype == "float32" for v in model.trainable_variables + model.average.variables)
    assert model.discriminator.output.dtype == model.generator.output.dtype == "float32"
    convolution = next(x for x in model.generator.layers if "conv" in x.name)
    assert convolution.compute_dtype == name
    before = [np.array(v) for v in model.trainable_variables]
    logs = tf.function(model.train_step, autograph=False)(batch())
    assert all(value.dtype == tf.float32 and np.isfinite(value) for value in logs.values())
    assert any(
        (np.array(v) != w).any() for v, w in zip(model.trainable_variables, before, strict=True)
    )


@pytest.mark.parametrize("name", ["bfloat16", "float16"])
def test_a_step_is_that_of_float32_but_for_rounding(name):
    found = {}
    for each in ("float32", name):
        model = compiled(each, gradient_norms=True)
        found[each] = {
            k: float(v) for k, v in tf.function(model.train_step, autograph=False)(batch()).items()
        }
    for key, value in found["float32"].items():
        assert found[name][key] == pytest.approx(value, rel=0.05), key


def test_float16_scales_both_losses_and_the_scale_is_restored(tmp_path):
    model = compiled("float16")
    for optimizer in (model.generator_optimizer, model.discriminator_optimizer):
        assert isinstance(optimizer, keras.optimizers.LossScaleOptimizer)
    model.generator_optimizer.dynamic_scale.assign(64.0)
    Checkpoints(str(tmp_path), model).save()
    other = compiled("float16")
    assert Checkpoints(str(tmp_path), other).restore()
    assert float(other.generator_optimizer.dynamic_scale) == 64.0


def test_bfloat16_scales_nothing():
    assert isinstance(compiled("bfloat16").generator_optimizer, keras.optimizers.SGD)


def test_float16_with_a_gradient_penalty_is_refused_with_the_reason():
    penalty = penalties.Penalty(penalties.wasserstein_gradient_penalty, 10.0)
    with pytest.raises(ValueError, match="too small for the second derivatives"):
        compiled("float16", penalties=[penalty])
    compiled("bfloat16", penalties=[penalty])


def test_the_policy_outside_stays_what_it_was():
    with mixed_precision.computing_in("bfloat16"):
        assert keras.config.dtype_policy().name == "mixed_bfloat16"
    assert keras.config.dtype_policy().name == "float32"
    with (
        pytest.raises(ValueError, match="precision must be one of bfloat16, float16, float32"),
        mixed_precision.computing_in("half"),
    ):
        pass
    assert keras.config.dtype_policy().name == "float32"


def test_the_norm_of_a_gradient_is_that_before_the_loss_scale_grows():
    norms = []
    for growing in (False, True):
        keras.utils.set_random_seed(0)
        model = compiled("float32", gradient_norms=True)
        if growing:
            scaled = keras.optimizers.LossScaleOptimizer
            sgd = {
                player: scaled(keras.optimizers.SGD(0.01), dynamic_growth_steps=1)
                for player in model.networks
            }
            model.compile("non_saturating", sgd, gradient_norms=True)
        norms.append(float(model.train_step(batch())["d_gradient_norm"]))
    assert norms[1] == pytest.approx(norms[0], rel=1e-3)
