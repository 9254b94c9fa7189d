"""What makes a score less reliable is said in the log."""

import types

import numpy as np

from tfgan import evaluation
from tfgan.evaluation import caveats


def features(count=60, seed=0, dimensions=4):
    return np.random.default_rng(seed).standard_normal((count, dimensions)).astype(np.float32)


def test_too_few_examples_for_a_covariance_are_said(caplog):
    few, enough = (evaluation.FeatureSet(str(n), n, features(n, 0, 20)) for n in (20, 21))
    evaluation.compare(few, enough, ["fd"])
    assert [record.levelname for record in caplog.records] == ["WARNING"]
    assert "20: 20 examples are too few for the covariance of 20 features" in caplog.text
    caplog.clear()
    evaluation.compare(few, few, ["kd"])
    assert not caplog.records


def test_jpeg_files_against_others_are_said(caplog):
    png, jpeg, unknown = (
        types.SimpleNamespace(name=name, jpeg_share=share)
        for name, share in (("png", 0.0), ("jpeg", 0.9), ("arrays", None))
    )
    for pair in ((png, png), (jpeg, jpeg), (unknown, jpeg), (png, unknown)):
        caveats.warn_if_compressed_differently(*pair)
    assert not caplog.records
    for pair in ((png, jpeg), (jpeg, png)):
        caveats.warn_if_compressed_differently(*pair)
    assert [record.args for record in caplog.records] == [("jpeg", "png")] * 2
