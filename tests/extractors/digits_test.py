import numpy as np
import pytest

from tfgan.data import open_source
from tfgan.extractors import digits, open_extractor


def test_it_knows_the_held_out_digits_as_well_as_its_docstring_says():
    batches = list(open_source("mnist5k").held_out.examples())
    data, label = (np.concatenate([batch[key] for batch in batches]) for key in ("data", "label"))
    found = open_extractor("digits")(data)
    right = int((found.logits.argmax(1) == label).sum())
    assert f"It classifies {right} of the {len(label)}" in digits.__doc__.replace("\n", " ")
    assert right >= 490


def test_features_have_unit_scale_and_make_the_logits():
    data = next(open_source("mnist5k").examples(500))["data"]
    found = open_extractor("digits")(data)
    assert found.features.shape == (500, 64) and found.features.min() >= 0.0
    assert np.mean(found.features**2) == pytest.approx(1.0, abs=0.1)


def test_stacked_digits_are_classified_color_by_color():
    gray = next(open_source("mnist5k").examples(30))["data"]
    colors = np.concatenate(np.split(gray, 3), axis=-1)
    one, three = open_extractor("digits")(gray), open_extractor("stacked_digits")(colors)
    digit = one.logits.argmax(1).reshape(3, 10)
    np.testing.assert_array_equal(three.logits.argmax(1), digit.T @ [100, 10, 1])
    np.testing.assert_allclose(np.exp(three.logits).sum(axis=1), 1.0, rtol=1e-4)
    side_by_side = np.concatenate(np.split(one.features, 3), axis=1)
    np.testing.assert_allclose(three.features, side_by_side, rtol=1e-4, atol=1e-5)


def test_other_weights_are_refused(tmp_path, monkeypatch):
    path = tmp_path / "digits.npz"
    path.write_bytes(digits._PATH.read_bytes() + b"x")
    monkeypatch.setattr(digits, "_PATH", path)
    with pytest.raises(ValueError, match="it must be bb6284ad"):
        digits.open_digits()
