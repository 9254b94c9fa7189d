"""Our figures against those that other libraries have returned, which golden.json keeps.

There is none of the sliced Wasserstein distance, whose directions come from a random stream that a
new NumPy may change.
"""

import importlib.util
import json
import pathlib

import pytest

from tfgan import metrics

_SPEC = importlib.util.spec_from_file_location(
    "golden_values", pathlib.Path(__file__).with_name("golden_values.py")
)
golden_values = importlib.util.module_from_spec(_SPEC)
_SPEC.loader.exec_module(golden_values)

ROWS = json.loads(golden_values.FILE.read_text(encoding="utf-8"))


def of_subsets(s):
    sizes = golden_values.SUBSETS, golden_values.SUBSET_SIZE, golden_values.SEED
    rows = golden_values.kernel_rows(s.real, s.fake, *sizes)
    return metrics.kernel_distance_of_subsets(s.real, s.fake, rows)


def of_blocks(s):
    size = len(s.real) // golden_values.BLOCKS
    return metrics.kernel_distance_blocks(s.real, s.fake, block_size=size)


def inception(s):
    return metrics.inception_score(s.logits, splits=golden_values.SPLITS, seed=None)


def precision_recall(s):
    return metrics.precision_recall(s.real, s.fake, k=golden_values.K)


def density_coverage(s):
    return metrics.density_coverage(s.real, s.fake, k=golden_values.K)


def two_sample(s):
    return metrics.classifier_two_sample(s.real, s.fake)


def mann_whitney_z(s):
    near = [metrics.nearest_neighbors(rows, s.real)[1][:, 0] for rows in (s.fake, s.held_out)]
    return metrics.mann_whitney_z(*near)


def parzen(s):
    return metrics.parzen_log_density(s.fake, s.held_out, golden_values.DEVIATION).mean()


def reverse_kl(s):
    return metrics.mode_coverage_of_labels(
        s.labels, golden_values.MODES, s.wanted_labels
    ).reverse_kl


OURS = {
    "frechet": lambda s: metrics.frechet_distance(s.real, s.fake),
    "frechet of few": lambda s: metrics.frechet_distance(s.real, s.few),
    "kernel mean": lambda s: of_subsets(s).distance,
    "kernel std": lambda s: of_subsets(s).std,
    "kernel full": lambda s: metrics.kernel_distance_full(s.real, s.fake),
    "kernel blocks": lambda s: of_blocks(s).distance,
    "kernel blocks error": lambda s: of_blocks(s).standard_error,
    "inception mean": lambda s: inception(s).mean,
    "inception std": lambda s: inception(s).std,
    "precision": lambda s: precision_recall(s).precision,
    "recall": lambda s: precision_recall(s).recall,
    "density": lambda s: density_coverage(s).density,
    "coverage": lambda s: density_coverage(s).coverage,
    "authenticity": lambda s: metrics.authenticity(s.real, s.fake),
    "two-sample accuracy": lambda s: two_sample(s).accuracy,
    "two-sample accuracy of real": lambda s: two_sample(s).accuracy_real,
    "two-sample accuracy of fake": lambda s: two_sample(s).accuracy_fake,
    "two-sample p": lambda s: two_sample(s).p_value,
    "Mann-Whitney z": mann_whitney_z,
    "copying": lambda s: metrics.copying_score(*s.grouped(), cells=golden_values.CELLS).z,
    "Parzen": parzen,
    "reverse KL": reverse_kl,
    "MS-SSIM": lambda s: metrics.multi_scale_ssim(s.image, s.other_image)[0],
    "slerp, cubes added up": lambda s: (metrics.slerp(s.starts, s.ends, s.t) ** 3).sum(),
}


@pytest.fixture(scope="module", params=[0.0, 4e-16], ids=["exact", "other last digits"])
def inputs(request):
    """As they are, and as a sine could give them that rounds in another way."""
    return golden_values.Inputs(nudge=request.param)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row['figure']}, {row['library']}")
def test_our_figure_is_the_other_librarys(row, inputs):
    found = OURS[row["figure"]](inputs)
    assert found == pytest.approx(row["value"], rel=row["relative"], abs=0.0)


def test_each_figure_has_a_value():
    assert {row["figure"] for row in ROWS} == set(OURS)
