"""A training that its job cannot run is refused before a machine is paid for."""

import pytest
from tfgan.pipelines import main

from tfgan import choices

PLACE = ["--project=p", "--base_output=gs://bucket/run1", "--image=us-docker.pkg.dev/p/r/tfgan:1"]
H100 = ["--machine=a3-highgpu-8g", "--accelerator=NVIDIA_H100_80GB", "--accelerator_count=8"]
ON_CPU = [*PLACE, "--machine=n1-standard-8"]

REFUSALS = [
    ([*ON_CPU, "--", "--step=3"], "There is no flag --step. Did you mean --steps"),
    (
        [*ON_CPU, "--", "--steps=many"],
        "--steps must be a whole number, at least 0; received 'many'",
    ),
    ([*ON_CPU, "--", "--recipe=dgcan"], "received 'dgcan'. Did you mean 'dcgan'"),
    ([*ON_CPU, "--", "--lerning_rate=1"], "Did you mean --learning_rate"),
    ([*ON_CPU, "--", "--set=wdith=1"], "A parameter of recipe dcgan must be one of"),
    ([*ON_CPU, "--", "--width=wide"], "Recipe dcgan: width must be a whole number"),
    ([*ON_CPU, "--", "--data=mnist"], "received 'mnist'. Did you mean 'mnist5k'?"),
    ([*ON_CPU, "--", "--data=images:photos"], "--data=images:photos is on this machine"),
    ([*ON_CPU, "--", "--data=gray:images:photos"], "and give gray:images:gs://BUCKET/"),
    ([*ON_CPU, "--", "--data=pairs:photos"], "--data=pairs:photos is on this machine"),
    ([*ON_CPU, "--", "--image_size=big"], "--image_size takes 32 or 48x64"),
    (
        [*ON_CPU, "--", "--evaluate_metrics=dfid"],
        f"metrics must be one of {len(choices.METRICS)} names; received 'dfid'",
    ),
    ([*ON_CPU, "--", "--stop_after=2"], "give --evaluate_every as well"),
    ([*ON_CPU, "--", "--workdir=runs/a"], "--workdir=runs/a would be lost with the machine"),
    ([*ON_CPU, "--", "--export_dir=model"], "--export_dir=model would be lost"),
    ([*ON_CPU, "--", "--dry_run"], "--dry_run is for your own machine"),
    ([*ON_CPU, "--", "--devices=2"], "--devices is for your own machine"),
    ([*ON_CPU, "--", "--strategy=mirrored"], "--strategy=mirrored is not for 1 x n1-standard-8"),
    ([*ON_CPU, "--", "--strategy=multi_worker"], "--strategy=multi_worker is not for 1 x"),
    ([*ON_CPU, "--replicas=2", "--", "--strategy=one"], "--strategy=one is not for 2 x"),
    ([*ON_CPU, "--", "--tpu=local"], "--tpu=local is not for 1 x n1-standard-8"),
    ([*PLACE, *H100, "--replicas=4", "--", "--batch_size=48"], "multiple of the 32 devices"),
    ([*PLACE, "--tpu=v3-8", "--", "--batch_size=12"], "multiple of the 8 devices"),
]


@pytest.mark.parametrize(("argv", "sentence"), REFUSALS, ids=[reason for _, reason in REFUSALS])
def test_a_training_that_cannot_run_is_refused_before_any_call(endpoint, capsys, argv, sentence):
    assert main._run(["launch", *argv]) == 2
    err = capsys.readouterr().err
    assert sentence in err
    assert len(err.splitlines()) == 1
    assert endpoint.requests == []
