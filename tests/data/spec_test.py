import json

import pytest

from tfgan import modalities
from tfgan.data import DataSpec

MASKS = modalities.Masks(("ground", "sky"), ((0, 0, 0), (90, 120, 255)))
LATENTS = modalities.Latents(channels_first=True, mean=(0.5,) * 4, std=(2.0,) * 4)


@pytest.mark.parametrize(
    "spec",
    [
        DataSpec((28, 28, 1), "images", 2, ("cat", "dog")),
        DataSpec((2,), "points"),
        DataSpec((6, 3), modalities.Texts("\nab")),
        DataSpec((4, 8, 8, 1), "videos"),
        DataSpec((8, 8, 4), LATENTS),
        DataSpec((8, 8, 2), MASKS),
        DataSpec((8, 8, 3), conditions={"source": DataSpec((8, 8, 2), MASKS)}),
        DataSpec((8, 8, 3), conditions={"source": DataSpec((8, 8, 1))}, is_paired=False),
        DataSpec((3,), modalities.Latents(mean=(0.1, 2.0, 3e5), std=(1.0, 0.3, 1e3))),
    ],
)
def test_a_spec_survives_json(spec):
    assert DataSpec.from_dict(json.loads(json.dumps(spec.to_dict()))) == spec


def test_the_json_of_images_videos_and_points_is_their_form_alone():
    known = {"shape", "dtype", "classes", "class_names"}
    for spec in (DataSpec((8, 8, 1)), DataSpec((4, 8, 8, 1)), DataSpec((2,))):
        assert set(spec.to_dict()) == known
    texts = DataSpec((6, 3), modalities.Texts("\nab")).to_dict()
    assert set(texts) == known | {"symbols"} and texts["symbols"] == "\nab"


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"dtype": "int64"}, r"examples of shape \(8, 8, 4\) and type int64"),
        ({"dtype": "uint8"}, r"examples of shape \(8, 8, 4\) and type uint8"),
        ({"kind": "spectra"}, "must be one of images, latents, .*; received 'spectra'"),
        ({"sampling_rate": 8}, "latents have no entry sampling_rate"),
        ({"mean": "0.5"}, "mean of latents must be of type list; received '0.5'"),
        ({"mean": [0.0]}, "mean and std must be one number per channel; received 1 and 4"),
        ({"std": [1.0, 1.0, 0.0, 1.0]}, "std above 0"),
        ({"shape": [8, 8, 3]}, r"received the shape \(8, 8, 3\)"),
    ],
)
def test_json_that_cannot_be_a_spec_is_refused(changes, sentence):
    content = DataSpec((8, 8, 4), LATENTS).to_dict()
    with pytest.raises(ValueError, match=sentence):
        DataSpec.from_dict(content | changes)


def test_a_text_needs_a_character_for_each_symbol():
    with pytest.raises(
        ValueError, match=r"must have 3 characters for texts of shape \(6, 3\); received 2"
    ):
        DataSpec((6, 3), modalities.Texts("\na"))


def test_a_shape_that_does_not_tell_the_kind_needs_one():
    with pytest.raises(ValueError, match=r"kind of data of shape \(6, 3\) is ambiguous"):
        DataSpec((6, 3))
    assert DataSpec((6, 3), "latents").modality == modalities.Latents()


def test_raw_examples_may_have_another_shape():
    assert DataSpec((6, 3), modalities.Texts("\nab")).raw_shape == (6,)
    assert DataSpec((8, 8, 1)).raw_shape == (8, 8, 1)
    assert DataSpec((8, 8, 4), LATENTS).raw_shape == (4, 8, 8)


def test_each_class_needs_a_name():
    with pytest.raises(ValueError, match=r"one name per class \(3\); received 1"):
        DataSpec((2,), "points", 3, ("cat",))


def test_the_json_of_an_example_without_conditions_does_not_speak_of_them():
    assert not {"conditions", "is_paired"} & set(DataSpec((8, 8, 1)).to_dict())


def test_conditions_have_modalities_of_their_own():
    spec = DataSpec((8, 8, 3), conditions={"source": DataSpec((8, 8, 2), MASKS)})
    assert spec.condition_modalities == {"source": MASKS}
    assert spec.conditions["source"].raw_shape == (8, 8, 1)
    assert (spec.raw_bytes, spec.conditions["source"].raw_bytes) == (192, 64)
