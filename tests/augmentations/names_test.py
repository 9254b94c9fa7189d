"""Names of augmentations as users write them."""

import pytest

from tfgan.augmentations import names


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("diffaugment", ("diffaugment", (), {})),
        ("diffaugment:cutout,translation", ("diffaugment", ("translation", "cutout"), {})),
        ("ada:bg", ("ada", ("blit", "geometry"), {})),
        ("ada:b", ("ada", ("blit",), {})),
        ("ada:bgcfnc", ("ada", names.GROUPS["ada"], {})),
        ("ada:p=.2", ("ada", (), {"p": 0.2})),
        ("ada:b,p=adaptive,kimg=9", ("ada", ("blit",), {"p": "adaptive", "kimg": 9.0})),
        ("ada:target=-0.5", ("ada", (), {"target": -0.5})),
        ("apa:p=0.3,warmup=50", ("apa", (), {"p": 0.3, "warmup": 50.0})),
    ],
)  # fmt: skip
def test_names_have_groups_and_options(text, parts):
    assert names.parse(text) == parts


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "augment must be none, diffaugment, ada or apa; .* received ''"),
        ("none:p=1", "received 'none:p=1'"),
        ("ada:", "received 'ada:'"),
        ("ada:p=2", "received 'ada:p=2'"),
        ("ada:p=nan", "received 'ada:p=nan'"),
        ("ada:p=half", "received"),
        ("ada:q=1", "received"),
        ("ada:p=0.2,target=0.5", "received"),
        ("ada:warmup=10", "received"),
        ("ada:p=0.2,warmup=0", "received"),
        ("ada:target=1", "received"),
        ("ada:bgx", "A group of transforms of ada"),
        ("ada:translation", "A group of transforms of ada"),
        ("ada:,p=0.1", "A group of transforms of ada"),
        ("diffaugment:colour", "did you mean color|color"),
        ("apa:cutout", "apa has no groups of transforms; received 'cutout'"),
    ],
)
def test_other_names_are_refused_in_one_sentence(text, sentence):
    with pytest.raises(ValueError, match=sentence):
        names.parse(text)
