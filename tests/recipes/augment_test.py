"""`augment`, the parameter that every recipe takes."""

import re

import keras
import numpy as np
import pytest
import tensorflow as tf

from tfgan import recipes

from .tiny import batch, eager, state, tiny


def stepped(name, **more):
    model = eager(tiny(name, **more))
    logs = model.train_step(model.as_batch(batch(name, model)))
    assert all(np.isfinite(value) for value in logs.values())
    return model


@pytest.mark.parametrize(
    ("name", "augment"),
    [("pix2pix", "ada:p=0.6"), ("wgan_gp", "diffaugment"), ("cgan", "apa:p=0.6")],
)
def test_a_recipe_takes_other_steps_with_an_augmentation(name, augment):
    plain, augmented = stepped(name), stepped(name, augment=augment)
    pairs = zip(plain.get_weights(), augmented.get_weights(), strict=True)
    assert max(np.abs(one - other).max() for one, other in pairs) > 1e-4


def test_the_default_is_none():
    assert recipes.parameters("dcgan")["augment"].default == "none"
    assert len(state(stepped("dcgan"))) == len(state(stepped("dcgan", augment="none")))


def test_the_augmentation_is_float32_under_bfloat16():
    keras.config.set_dtype_policy("mixed_bfloat16")
    try:
        stepped("dcgan", augment="ada:bgcfnc,p=0.9")
    finally:
        keras.config.set_dtype_policy("float32")


def test_a_step_with_every_transform_is_static_stablehlo_of_32_bits():
    model = tiny("dcgan", augment="ada:bgcfnc")
    step = tf.function(model.train_step, autograph=False, jit_compile=True)
    data = {key: tf.constant(value) for key, value in batch("dcgan", model).items()}
    text = step.experimental_get_compiler_ir(data)(stage="stablehlo")
    assert "stablehlo.gather" in text
    assert not re.findall(r"tensor<[^>]*\?|custom_call|f64", text)


@pytest.mark.parametrize(
    ("name", "augment", "sentence"),
    [
        ("vae", "ada", "augment must be none for VAE: it is for games of one generator and one"),
        ("cyclegan", "diffaugment", "augment must be none for CycleGAN"),
        ("mixture", "diffaugment", "augmentation must be none for points: diffaugment changes"),
        ("text_wgan_gp", "ada:p=0.2", "augmentation must be none for texts"),
        ("wgan", "ada", "An adaptive p needs a loss with a best logit between real and fake"),
        ("rpgan", "ada", "use a number, such as ada:p=0.2"),
    ],
)
def test_what_has_no_images_or_no_discriminator_of_them_is_refused(name, augment, sentence):
    with pytest.raises(ValueError, match=sentence):
        tiny(name, augment=augment)


def test_an_unknown_name_is_refused():
    with pytest.raises(ValueError, match="Recipe dcgan: augment must be none, diffaugment, ada or"):
        recipes.resolve("dcgan", ["augment=blur"])
