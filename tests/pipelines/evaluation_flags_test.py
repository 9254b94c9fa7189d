"""The flags of extractors, and the hint about FID."""

import pytest
from absl import flags
from tfgan.pipelines import evaluation_flags

from tfgan.data import open_source


def values(*arguments):
    flag_values = flags.FlagValues()
    evaluation_flags.define_extractor(flag_values)
    flag_values(["", *arguments])
    return flag_values


def test_an_extractor_is_that_of_the_flags_or_of_the_data():
    points = open_source("toy:ring")
    assert evaluation_flags.open_extractor(values(), points).identity["name"] == "points"
    assert evaluation_flags.open_extractor(values()) is None
    digits = evaluation_flags.open_extractor(values("--extractor=digits", "--resize=legacy_tf"))
    assert (digits.name, digits.resize) == ("digits", "legacy_tf")


def test_weights_without_an_extractor_are_refused():
    with pytest.raises(ValueError, match="--extractor_weights and --resize need --extractor"):
        evaluation_flags.open_extractor(values("--extractor_weights=a.pth"))


@pytest.mark.parametrize(
    ("extractor", "kinds", "is_printed"),
    [(None, ["images"], True), (None, ["points"], False), ("any", ["images"], False)],
)
def test_images_without_an_extractor_get_a_hint_about_fid(capsys, extractor, kinds, is_printed):
    evaluation_flags.print_fid_hint(extractor, *kinds)
    assert ("it needs --extractor=inception" in capsys.readouterr().out) == is_printed
