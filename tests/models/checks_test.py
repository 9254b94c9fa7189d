"""Networks and priors that do not fit each other are refused with both shapes."""

import keras
import pytest

from tfgan import priors
from tfgan.models import checks


def network(output=1, **inputs):
    """Inputs side by side, and a dense layer; `output` is its size, or sizes by name."""
    tensors = {key: keras.Input(shape, name=key) for key, shape in inputs.items()}
    flat = list(tensors.values())
    x = keras.layers.Concatenate()(flat) if len(flat) > 1 else flat[0]
    if isinstance(output, dict):
        return keras.Model(tensors, {k: keras.layers.Dense(size)(x) for k, size in output.items()})
    return keras.Model(tensors, keras.layers.Dense(output)(x))


def test_conditions_have_shapes_where_they_are_given():
    assert checks.condition_inputs(["source"], 3) == {
        "source": (None, "float32"),
        "label": ((), "int32"),
    }
    assert checks.condition_inputs({"source": [4]}, None) == {"source": ((4,), "float32")}


@pytest.mark.parametrize(
    ("generator", "discriminator", "conditions", "sentence"),
    [
        (network(2, latent=(4,)), network(data=(2,)), {}, r"of shape \(3,\); the generator takes"),
        (network(2, code=(3,), x=(1,)), network(data=(2,)), {}, "The generator takes code, x"),
        (network(2, latent=(3,)), network(data=(5,)), {}, r"data of shape \(2,\); the discrim"),
        (
            network(2, latent=(3,)),
            network(data=(2,)),
            {"source": ((1,), "float32")},
            "Neither network takes source",
        ),
    ],
)
def test_networks_of_a_gan_that_do_not_fit_are_refused(
    generator, discriminator, conditions, sentence
):
    with pytest.raises(ValueError, match=sentence):
        checks.gan_networks(generator, discriminator, priors.Normal(3), conditions)


def test_networks_of_two_domains_get_the_names_of_their_direction():
    roles = "generator", "inverse_generator", "discriminator", "source_discriminator"
    there, back, judge = network(2, image=(3,)), network(3, data=(2,)), network(data=(2,))
    networks = dict(zip(roles, (there, back, judge, network(x=(3,))), strict=True))
    views = checks.cycle_networks(networks)
    inputs = [[tensor.name for tensor in each.inputs] for each in views.values()]
    assert inputs == [["source"], ["source"], ["data"], ["data"]]
    assert views["discriminator"] is judge
    with pytest.raises(ValueError, match=r"data of shape \(2,\) from .* the discriminator takes"):
        checks.cycle_networks(networks | {"discriminator": network(data=(4,))})
    with pytest.raises(ValueError, match="The inverse_generator must declare its input"):
        checks.cycle_networks(networks | {"inverse_generator": keras.layers.Dense(3)})


def test_codes_must_have_the_shapes_of_the_prior():
    prior = priors.Normal(3, name="code")
    encoder, judge = network({"code": 3}, data=(2,)), network({"code": 1}, code=(3,))
    checks.check_codes(encoder, network(2, code=(3,)), judge, prior)
    with pytest.raises(ValueError, match="The encoder makes codes of shapes {'code': .4,.}"):
        checks.check_codes(network({"code": 4}, data=(2,)), network(2, code=(3,)), judge, prior)
    with pytest.raises(ValueError, match="The decoder must take the codes"):
        checks.check_codes(encoder, network(2, code=(2,)), judge, prior)


def test_labels_classes_and_category_must_agree():
    takes_label, prior = network(1, code=(3,), label=(1,)), priors.Categorical(3)
    checks.check_classes(takes_label, prior, 3, "code")
    with pytest.raises(ValueError, match="takes label: the model needs classes"):
        checks.check_classes(takes_label, prior, None, None)
    with pytest.raises(ValueError, match="as many classes as there are labels, 4; received 3"):
        checks.check_classes(takes_label, prior, 4, None)
    with pytest.raises(ValueError, match="category must be a code, code; received 'style'"):
        checks.check_classes(takes_label, prior, 3, "style")
