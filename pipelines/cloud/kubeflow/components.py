"""The steps as Kubeflow components. Each body is copied as text, so it imports what it needs.

The image of a step holds tfgan with the extra `kfp`; nothing is installed when a step starts.
"""

from typing import NamedTuple

from kfp import dsl


def prepare(data: str, flags: list, prepared: dsl.Output[dsl.Dataset]):
    """Decodes and resizes the images once, like `tfgan prepare`."""
    from tfgan.pipelines.cloud.kubeflow import steps

    steps.prepare(data, prepared.path, flags)
    prepared.metadata["data"] = data


def train(
    prepared: dsl.Input[dsl.Dataset],
    recipe: str,
    steps: int,
    seed: int,
    flags: list,
    trained: dsl.Output[dsl.Model],
):
    """Trains a recipe, like `tfgan train`; the artifact is the run's directory."""
    from tfgan.pipelines.cloud.kubeflow import steps as calls

    calls.train(recipe, f"tfrecord:{prepared.path}", trained.path, steps, seed, flags)
    trained.metadata["recipe"] = recipe
    trained.metadata["seed"] = seed


def evaluate(
    prepared: dsl.Input[dsl.Dataset],
    trained: dsl.Input[dsl.Model],
    data: str,
    metric: str,
    checkpoint: str,
    count: int,
    seed: int,
    flags: list,
    figures: dsl.Output[dsl.Metrics],
) -> NamedTuple("Measured", [("metric", str), ("value", float), ("better", str)]):
    """Measures the samples, like `tfgan evaluate`; the artifact's file holds the records."""
    import json

    from tfgan.pipelines.cloud.kubeflow import steps

    source = f"tfrecord:{prepared.path}"
    records = steps.evaluate(trained.path, data, source, metric, checkpoint, count, seed, flags)
    with open(figures.path, "w") as file:
        file.writelines(json.dumps(record) + "\n" for record in records)
    for record in records:
        values = {"": record["value"], "_of_real": (record.get("floor") or {}).get("value")}
        for suffix, value in values.items():
            if value is not None:  # None is not a number
                figures.log_metric(record["metric"] + suffix, float(value))
    return records[0]["metric"], float(records[0]["value"]), records[0]["better"]


def gate(
    metric: str, value: float, better: str, threshold: float, verdict: dsl.Output[dsl.Markdown]
) -> str:
    """Decides whether the model is good enough to be exported, and says why.

    It returns one unnamed value: Kubeflow's local runner ignores conditions on named ones.
    """
    from tfgan.pipelines.cloud.kubeflow import steps

    decision, sentence = steps.decide(metric, value, better, threshold)
    print(sentence, flush=True)
    with open(verdict.path, "w") as file:
        file.write(sentence + "\n")
    return decision


def export(
    trained: dsl.Input[dsl.Model],
    figures: dsl.Input[dsl.Metrics],
    checkpoint: str,
    exported: dsl.Output[dsl.Model],
):
    """Writes the SavedModel and its model card, like `tfgan export`."""
    from tfgan.pipelines.cloud.kubeflow import steps

    steps.export(trained.path, figures.path, exported.path, checkpoint)
    exported.metadata["framework"] = "tensorflow"
