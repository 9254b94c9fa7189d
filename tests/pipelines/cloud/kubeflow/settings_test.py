"""A pipeline is refused before any of its steps costs anything."""

import dataclasses

import pytest
from absl import flags
from tfgan.pipelines import errors
from tfgan.pipelines.cloud.kubeflow import settings

from tfgan import choices

RIGHT = settings.Settings(threshold=10.0)


def test_what_a_step_would_refuse_is_refused_before():
    for change, sentence in (
        ({"threshold": float("nan")}, "--threshold must be a finite number"),
        ({"recipe": "dcgam"}, "dcgam"),
        ({"train_flags": ["--set=widht=4"]}, "widht"),
        ({"train_flags": ["--batch_sise=4"]}, "Did you mean --batch_size"),
        ({"prepare_flags": ["stray"]}, "--prepare_flags: unexpected argument 'stray'"),
        ({"metric": "fdd"}, f"metrics must be one of {len(choices.METRICS)} names; received 'fdd'"),
        ({"metric": "c2st,fd"}, "The metric c2st cannot decide"),
        ({"checkpoint": "best"}, "--train_flags=--evaluate_every=STEPS"),
    ):
        with pytest.raises((ValueError, flags.Error, errors.UserError)) as refusal:
            settings.check(dataclasses.replace(RIGHT, **change))
        assert sentence in str(refusal.value)


def test_right_settings_are_not_refused():
    settings.check(RIGHT)
    settings.check(
        dataclasses.replace(
            RIGHT,
            recipe="cgan",
            steps=3,
            metric="pr,fd",
            checkpoint="best",
            prepare_flags=["--image_size=32"],
            train_flags=["--set=width=4", "--evaluate_every=1", "--noflip"],
            evaluate_flags=["--extractor=digits"],
        )
    )


@pytest.mark.parametrize(
    ("verb", "flag"),
    [("prepare", "--out=x"), ("train", "--workdir=x"), ("train", "-seed=1")]
    + [("evaluate", "--metrics=kd"), ("evaluate", "--noraw_weights")],
)
def test_what_the_pipeline_gives_cannot_be_given_twice(verb, flag):
    with pytest.raises(flags.Error, match=f"--{verb}_flags: --.* is decided by the pipeline"):
        settings.check(dataclasses.replace(RIGHT, **{f"{verb}_flags": [flag]}))


def test_flags_are_split_as_by_a_shell():
    assert settings.split("--set=width=4 '--data_dir=my data'") == [
        "--set=width=4", "--data_dir=my data"
    ]  # fmt: skip
    with pytest.raises(ValueError, match="cannot be read: No closing quotation"):
        settings.split("'--flip")


def test_machines_are_read_by_step():
    texts = ["train:accelerator=NVIDIA_L4,count=2", "train:cpu=8", "evaluate:memory=32Gi"]
    assert settings.machines(texts) == {
        "train": {"accelerator": "NVIDIA_L4", "count": "2", "cpu": "8"},
        "evaluate": {"memory": "32Gi"},
    }


@pytest.mark.parametrize(
    "text",
    ["", "train", "train:", "trian:cpu=8", "train:gpus=1", "train:cpu=", "train:cpu=many"]
    + ["train:memory=32GB", "train:accelerator=NVIDIA_L4,count=0", "train:count=2"],
)
def test_a_machine_that_is_none_is_refused(text):
    with pytest.raises(ValueError, match="--machine"):
        settings.machines([text])
