"""The pipeline: five steps and the data between them."""

import pathlib
import tempfile
from typing import NamedTuple

from kfp import compiler, dsl

from . import components


class Outcome(NamedTuple):
    """The outputs of the pipeline."""

    value: float
    decision: str
    verdict: dsl.Markdown


def build(settings):
    """The Kubeflow pipeline of `settings.Settings`, which can be compiled or called."""
    decorate = dsl.component(base_image=settings.image, install_kfp_package=False)
    component = {name: decorate(getattr(components, name)) for name in settings.STEPS}

    @dsl.pipeline(name="tfgan", description="Trains a model and exports it if it is good enough.")
    def pipeline(
        threshold: float = settings.threshold,
        data: str = settings.data,
        recipe: str = settings.recipe,
        steps: int = settings.steps,
        metric: str = settings.metric,
        checkpoint: str = settings.checkpoint,
        count: int = settings.count,
        seed: int = settings.seed,
        prepare_flags: list = settings.prepare_flags,
        train_flags: list = settings.train_flags,
        evaluate_flags: list = settings.evaluate_flags,
    ) -> Outcome:
        def step(name, **inputs):
            return _place(component[name](**inputs), settings.machines.get(name, {}))

        prepared = step("prepare", data=data, flags=prepare_flags).outputs["prepared"]
        trained = step(
            "train", prepared=prepared, recipe=recipe, steps=steps, seed=seed, flags=train_flags
        ).outputs["trained"]
        evaluated = step(
            "evaluate",
            prepared=prepared,
            trained=trained,
            data=data,
            metric=metric,
            checkpoint=checkpoint,
            count=count,
            seed=seed,
            flags=evaluate_flags,
        ).outputs
        score = {name: evaluated[name] for name in ("metric", "value", "better")}
        gate = step("gate", **score, threshold=threshold)
        decision = gate.outputs["Output"]
        with dsl.If(decision == "export", name="good-enough"):
            step("export", trained=trained, figures=evaluated["figures"], checkpoint=checkpoint)
        return Outcome(evaluated["value"], decision, gate.outputs["verdict"])

    return pipeline


def write(settings, path):
    """Compiles the pipeline into FILE.yaml, local or remote; equal settings give equal bytes."""
    from tfgan import files

    with tempfile.TemporaryDirectory() as folder:
        compiler.Compiler().compile(build(settings), f"{folder}/pipeline.yaml")
        files.write_bytes(path, pathlib.Path(folder, "pipeline.yaml").read_bytes())


def _place(task, machine):
    """Requests a machine: a dict with any of cpu, memory, accelerator and count."""
    if "cpu" in machine:
        task.set_cpu_limit(machine["cpu"])
    if "memory" in machine:
        task.set_memory_limit(machine["memory"])
    if "accelerator" in machine:
        task.set_accelerator_type(machine["accelerator"])
        task.set_accelerator_limit(int(machine.get("count", 1)))
    return task
