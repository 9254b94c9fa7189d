"""Flags that users of other libraries type are answered with ours."""

import pytest
from tfgan.pipelines import flag_synonyms, main

from tfgan import recipes


def refused(capsys, *argv):
    """The one sentence that a command is refused with."""
    assert main._run(list(argv)) == 2
    [line] = capsys.readouterr().err.splitlines()
    return line


@pytest.mark.parametrize(
    ("argv", "sentence"),
    [
        (["train", "--resume"], "--resume: the same command again resumes the run in --workdir."),
        (["train", "--resume=run.pkl"], "the same command again resumes the run in --workdir."),
        (["train", "--lr=2e-4"], "There is no flag --lr: it is --learning_rate=2e-4 here."),
        (["train", "--lr", "2e-4"], "There is no flag --lr: it is --learning_rate here."),
        (["train", "--epochs=5"], "--epochs: training is counted in --steps, each of --batch_size"),
        (["train", "--kimg=5000"], "--steps: N kimg are 1,000 N / batch size steps."),
        (["train", "--metrics=fid"], "such as fd, which is FID with --extractor=inception."),
        (["train", "--gamma=10"], "the recipes rpgan and mixture have --r1_weight"),
        (["train", "--recipe=rpgan", "--gamma=10"], "a gamma of 10 is --r1_weight=5."),
        (["train", "--outdir=runs"], "it is --workdir=runs here."),
        (["train", "--gpus=8"], "--strategy=mirrored uses all that CUDA_VISIBLE_DEVICES lists."),
        (["train", "--batch=32"], "it is --batch_size=32 here."),
        (["train", "--cfg=stylegan2"], "it is --recipe=stylegan2 here."),
        (["train", "--snap=50"], "--checkpoint_every and --sample_every count steps."),
        (["train", "--n_critic=5", "--recipe=wgan"], "it is --discriminator_steps=5 here."),
        (["sample", "--outdir=x"], "it is --out=x here."),
        (["sample", "--seeds=1"], "it is --seed=1 here."),
        (["sample", "--trunc=0.7"], "it is --truncation=0.7 here."),
        (["sample", "--network=run.pkl"], "--workdir names a run"),
        (["prepare", "--dataset=images:a"], "it is --data=images:a here."),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_a_flag_of_another_library_is_answered_with_ours(capsys, argv, sentence):
    line = refused(capsys, *argv)
    assert line.startswith(f"tfgan {argv[0]}: There is no flag --")
    assert sentence in line


def test_a_flag_that_the_command_has_under_no_name_gets_no_advice(capsys):
    line = refused(capsys, "serve", "--lr=1")
    assert line == ("tfgan serve: There is no flag --lr; `tfgan serve --help` lists the flags.")


def test_what_is_answered_with_is_a_flag_of_a_command_and_what_is_answered_is_none():
    known = {name for recipe in recipes.names() for name in recipes.parameters(recipe)}
    for verb in main.VERBS:
        known |= set(main._define(verb)[1])
    for ours in flag_synonyms._RENAMED:
        assert set(ours) <= known
    for ours, _, _ in flag_synonyms._REPLACED:
        assert ours in known
    train = set(main._define("train")[1])
    theirs = {name for names in flag_synonyms._RENAMED.values() for name in names.split()}
    assert not train & theirs
