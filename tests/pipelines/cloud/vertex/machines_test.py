"""Which accelerators a machine can have: rules of the machine types, by hand."""

import pytest
from tfgan.pipelines.cloud.vertex import machines


@pytest.mark.parametrize(
    ("machine", "accelerator", "count"),
    [
        ("n1-standard-8", "", 0),
        ("e2-highmem-4", "", 0),
        ("c3-standard-88", "", 0),
        ("n1-standard-16", "NVIDIA_TESLA_T4", 4),
        ("n1-highmem-96", "NVIDIA_TESLA_V100", 8),
        ("g2-standard-24", "NVIDIA_L4", 2),
        ("a2-highgpu-4g", "NVIDIA_TESLA_A100", 4),
        ("a2-megagpu-16g", "NVIDIA_TESLA_A100", 16),
        ("a2-ultragpu-1g", "NVIDIA_A100_80GB", 1),
        ("a3-highgpu-8g", "NVIDIA_H100_80GB", 8),
    ],
)
def test_what_there_is_is_taken(machine, accelerator, count):
    spec = machines.machine_spec(machine, accelerator, count)
    assert spec["machineType"] == machine
    assert spec.get("acceleratorType", "") == accelerator
    assert machines.cores(spec) == max(1, count)


@pytest.mark.parametrize(
    ("machine", "accelerator", "count", "sentence"),
    [
        ("n1-standard-8", "NVIDIA_TESLA_T4", 8, "NVIDIA_TESLA_T4 is one of 1, 2, 4; received 8"),
        ("n1-standard-8", "NVIDIA_TESLA_V100", 16, "is one of 1, 2, 4, 8; received 16"),
        ("e2-standard-8", "NVIDIA_TESLA_T4", 1, "machines of the N1 family only"),
        ("n1-standard-8", "NVIDIA_L4", 1, "not with n1-standard-8: g2-standard-4, g2-standard-8"),
        ("n1-standard-8", "NVIDIA_TESLA_A100", 1, "not with n1-standard-8: a2-highgpu-1g"),
        ("n1-standard-8", "NVIDIA_H100_80GB", 8, "not with n1-standard-8: a3-"),
        ("a2-highgpu-2g", "NVIDIA_TESLA_A100", 1, "has 2 NVIDIA_TESLA_A100: give"),
        ("a2-highgpu-2g", "NVIDIA_H100_80GB", 2, "has 2 NVIDIA_TESLA_A100: give"),
        ("g2-standard-8", "", 0, "g2-standard-8 has 1 NVIDIA_L4: give"),
        ("g2-standard-7", "NVIDIA_L4", 1, "--machine must be one of g2-standard-12"),
        ("n1-standard-8", "NVIDIA_L5", 1, "received 'NVIDIA_L5'. Did you mean 'NVIDIA_L4'"),
        ("n1 standard", "", 0, "--machine takes a machine type"),
    ],
)
def test_what_there_is_not_is_refused(machine, accelerator, count, sentence):
    with pytest.raises(ValueError, match=sentence):
        machines.machine_spec(machine, accelerator, count)


def test_a_tpu_is_named_by_generation_and_cores():
    for tpu in machines.TPUS:
        assert machines.cores(machines.tpu_spec(tpu)) == int(tpu.split("-")[1])


@pytest.mark.parametrize("tpu", ["v6e-1", "v6e-8", "v7x-8"])
def test_tpus_without_tensorflow_are_refused(tpu):
    with pytest.raises(ValueError, match="no TensorFlow on TPUs from v6e on"):
        machines.tpu_spec(tpu)


@pytest.mark.parametrize("tpu", ["v4-8", "v5p-8", "v5e-16", "3"])
def test_other_tpus_are_refused(tpu):
    with pytest.raises(ValueError, match="--tpu must be one of v2-8, v3-8, v5e-1, v5e-4, v5e-8"):
        machines.tpu_spec(tpu)


def test_the_service_knows_every_accelerator_by_its_name():
    types = pytest.importorskip("google.cloud.aiplatform_v1.types", reason="needs the extra vertex")
    names = types.AcceleratorType.__members__
    tpus = {spec.get("acceleratorType") for spec in machines.TPUS.values()} - {None}
    assert tpus | set(machines.ACCELERATORS) <= set(names)
