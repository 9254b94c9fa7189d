"""Exported files reproduce the samples of the model, or are not published."""

import numpy as np
import pytest
import tensorflow as tf
from tfgan.pipelines import main

from tfgan import export, runs

DETAILS = export.TrainingDetails("r", {}, {}, ("a", "b", "c"), 0, "float32", "last", [])
# The model with labels has all that the other has.
WITH_LABELS = pytest.mark.parametrize("run", ["cgan"], indirect=True)


@WITH_LABELS
def test_a_model_that_reads_back_otherwise_is_not_published(loaded_model, tmp_path, monkeypatch):
    model, _ = loaded_model
    original = model.sample

    def other_sample(*arguments, **request):
        batch = original(*arguments, **request)
        data = batch["data"].copy()
        data[0, 4, 4, 0] ^= 2
        return batch | {"data": data}

    monkeypatch.setattr(model, "sample", other_sample)
    with pytest.raises(export.MismatchError, match="seed 0: up to 2 levels of 255 apart"):
        export.saved_model(model, str(tmp_path), DETAILS)
    assert list(tmp_path.iterdir()) == []


def test_a_run_in_bfloat16_is_exported_and_sampled_in_float32(runs_of, tmp_path, rows):
    data = runs.open_record(str(runs_of["cgan"])).data["source"]
    run = tmp_path / "run"
    arguments = ["--set=width=4", "--set=latent_dim=4", "--batch_size=8", "--steps=2"]
    run_flags = ["--recipe=cgan", f"--data={data}", f"--workdir={run}", "--precision=bfloat16"]
    assert main._run(["train", *run_flags, *arguments]) == 0
    assert main._run(["export", f"--workdir={run}"]) == 0
    model, _ = runs.open_model(str(run))
    convolution = next(x for x in model.generator.layers if "conv" in x.name)
    assert convolution.compute_dtype == "bfloat16"
    signature = tf.saved_model.load(f"{run}/export/1").signatures["serving_default"]
    outputs = signature(**rows(signature, [4]))["image"]
    np.testing.assert_array_equal(outputs, model.sample(1, seed=4)["data"])
    assert "in float32; trained in bfloat16" in (run / "export/1/model_card.md").read_text()
    with pytest.raises(ValueError, match="last weights compute in bfloat16"):
        export.saved_model(model.use_weights("last"), str(tmp_path / "out"), DETAILS)
