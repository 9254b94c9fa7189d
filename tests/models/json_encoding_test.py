"""Arguments of models in JSON: they are read as they were written, by names that do not change."""

import functools
import json

import keras
import numpy as np
import pytest
import tensorflow as tf

from tfgan import losses, penalties, priors, terms
from tfgan.models import GAN, VAE, Autoregressive, AutoregressivePixels, json_encoding
from tfgan.networks import made, mlp, pixelcnn, vae
from tfgan.networks.cached_sampling import UncachedSampler

SHAPE = (4, 4, 1)

PRIORS = [
    priors.Normal(3),
    priors.TruncatedNormal(3, 1.5),
    priors.Uniform(3, -2.0, 1.0, "code"),
    priors.Sphere(3),
    priors.Categorical(3),
    priors.Joint([priors.Normal(2), priors.Categorical(3)]),
    priors.Mixture(3, deviations=(0.4, 0.1)),
    priors.SwissRoll(3),
]


def through_json(value):
    return json_encoding.decode(json.loads(json.dumps(json_encoding.encode(value, "value"))))


@pytest.mark.parametrize("prior", PRIORS, ids=lambda prior: type(prior).__name__)
def test_priors_are_written_and_read(prior):
    assert through_json(prior) == prior


@pytest.mark.parametrize("name", sorted(losses.by_name.named()))
def test_losses_are_written_and_read(name):
    real, fake = tf.constant([[1.0], [-2.0]]), tf.constant([[0.5], [3.0]])
    loss = losses.get(name)
    again = through_json(loss)
    for part in ("discriminator", "generator"):
        np.testing.assert_array_equal(
            getattr(again, part)(real, fake), getattr(loss, part)(real, fake)
        )
    np.testing.assert_array_equal(again.score(real), loss.score(real))
    assert again.relativistic == loss.relativistic


def test_terms_are_written_and_read():
    schedule = keras.optimizers.schedules.CosineDecay(1.0, 10)
    function = functools.partial(terms.feature_matching, features="f")
    term = through_json(terms.Term(function, "generator", schedule, every=3, name="fm"))
    assert (term.player, term.every, term.name) == ("generator", 3, "fm")
    assert term.function.keywords == {"features": "f"}
    np.testing.assert_allclose(term.weight(5), schedule(5))
    assert through_json(penalties.Penalty(penalties.r1, 2.0)) == penalties.Penalty(
        penalties.r1, 2.0
    )


def test_a_file_names_only_what_it_may():
    for name in (
        "os.system",
        "tfgan.files.remove",
        "tfgan.losses._x",
        "tfgan.losses.by_name.named",
        "tfgan.networks.no_module.x",
        "tfgan.models.transfer.transfer_weights",
    ):
        with pytest.raises(
            ValueError, match=f"The file names {name}, which is not a public name of tfgan"
        ):
            json_encoding.decode({"of": "name", "name": name})


def names_in(config):
    """All names of tfgan in an encoded value: set of str."""
    if isinstance(config, str):
        return {config} if config.startswith("tfgan.") else set()
    if isinstance(config, dict | list):
        return set().union(*map(names_in, config.values() if isinstance(config, dict) else config))
    return set()


def test_files_hold_public_names_alone():
    values = [losses.relativistic(), priors.Mixture(3), penalties.Penalty(penalties.r1, 1.0)]
    values += [terms.l1, made.cached_sampler, AutoregressivePixels()]
    assert names_in(json_encoding.encode(values, "values")) == {
        "tfgan.losses.AdversarialLoss",
        "tfgan.losses.relativistic_discriminator_loss",
        "tfgan.losses.relativistic_generator_loss",
        "tfgan.priors.Mixture",
        "tfgan.penalties.Penalty",
        "tfgan.penalties.r1",
        "tfgan.terms.l1",
        "tfgan.networks.made.cached_sampler",
        "tfgan.networks.cached_sampling.UncachedSampler",
        "tfgan.models.AutoregressivePixels",
    }


# What files of the first release hold, in which names depended on modules.


def former(name):
    return {"of": "name", "name": name}


def former_value(class_name, **arguments):
    return {"of": "value", "class": class_name, "arguments": arguments}


def test_a_former_gan_with_a_relativistic_loss_is_read():
    gan = GAN(mlp.generator((2,), 3), mlp.discriminator((2,)), prior=priors.Normal(3))
    config = gan.get_config()
    config["prior"] = former_value("tfgan.priors.vectors.Normal", size=3, name="latent")
    model = GAN.from_config(config)
    assert model.prior == priors.Normal(3)
    loss = former_value(
        "tfgan.losses.adversarial.AdversarialLoss",
        discriminator=former("tfgan.losses.relative.relativistic_discriminator_loss"),
        generator=former("tfgan.losses.relative.relativistic_generator_loss"),
        score={"of": "tensorflow", "name": "identity"},
        paired=True,
    )
    penalty = former_value(
        "tfgan.penalties.Penalty", function=former("tfgan.penalties.r1"), weight=0.1, every=1
    )
    penalties_of = {"of": "list", "items": [penalty]}
    model.compile_from_config({"loss": loss, "optimizers": "adam", "penalties": penalties_of})
    assert model.adversarial_loss == losses.relativistic()
    assert model.terms == (penalties.Penalty(penalties.r1, 0.1),)


def test_a_former_model_with_a_cached_sampler_is_read():
    config = Autoregressive(made.network(SHAPE, widths=(8,))).get_config()
    model = Autoregressive.from_config({**config, "walk": former("tfgan.networks.made.walk")})
    assert model.cached_sampler is made.cached_sampler


@pytest.mark.parametrize(
    ("name", "cached_sampler"),
    [
        ("tfgan.networks.pixelcnn.walk", pixelcnn.cached_sampler),
        ("tfgan.networks.walk.FullPasses", UncachedSampler),
    ],
)
def test_a_former_vae_with_autoregressive_pixels_is_read(name, cached_sampler):
    pixels = pixelcnn.plain(SHAPE, width=2, depth=1, kernel_size=3, features=2)
    encoder = vae.dense_encoder(SHAPE, 2, widths=(4,))
    decoder = vae.dense_decoder((4, 4, 2), 2, widths=(4,))
    config = VAE(encoder, decoder, likelihood=AutoregressivePixels(pixels)).get_config()
    config["likelihood"] = former_value(
        "tfgan.models.observation.AutoregressivePixels",
        network=config["likelihood"]["arguments"]["network"],
        walk=former(name),
    )
    likelihood = VAE.from_config(config).likelihood
    assert type(likelihood) is AutoregressivePixels
    assert likelihood.cached_sampler is cached_sampler
    assert likelihood.network.count_params() == pixels.count_params()
