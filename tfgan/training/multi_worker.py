"""A training as one of several workers: what must be equal, and who prints."""

import contextlib
import io
import json

import tfgan
from tfgan import failures, provenance, recipes
from tfgan.training import distribution

_EVALUATOR = (
    "This replica is an evaluator, which has nothing to do: with --evaluate_every the chief "
    "evaluates while it trains."
)
# Fields that may differ between machines: paths, whose content is compared, and timeouts; and
# fields that the parameters of the recipe contain.
_NOT_COMPARED = {
    *("workdir", "data", "data_dir", "cache_dir", "tensorboard_dir", "export_dir", "labels"),
    *("init_from", "extractor", "extractor_weights", "tpu", "memory"),
    *("join_timeout", "worker_timeout"),
    *("parameters", "change", "batch_size", "learning_rate_schedule"),
}


def is_evaluator(role):
    """Whether a process is an evaluator, which is printed."""
    if is_one := role.kind == "evaluator":
        print(_EVALUATOR)
    return is_one


def open_strategy(plan, role):
    """The strategy of a `planning.Plan`, for a `distribution.Role`.

    Raises: ValueError for missing devices, or a batch that they cannot share.
    """
    config = plan.config
    strategy = distribution.open_strategy(
        config.strategy,
        tpu=config.tpu,
        devices=config.devices,
        role=role,
        worker_timeout=config.worker_timeout,
    )
    distribution.check_batch_size(strategy.num_replicas_in_sync, plan.batch_size)
    return strategy


def meeting(plan, role):
    """The `distribution.meeting` of the workers; args: see `open_strategy`.

    Raises: ValueError for devices that contradict the cluster, before it waits for any worker.
    """
    config = plan.config
    distribution.choose_strategy(config.strategy, tpu=config.tpu, devices=config.devices, role=role)
    return distribution.meeting(role, config.join_timeout)


def facts_of_plan(plan, role):
    """What must be equal on all workers before TensorFlow connects them: dict of str by topic."""
    versions = provenance.versions()
    del versions["python"]  # irrelevant
    fields = {name: value for name, value in vars(plan.config).items() if name not in _NOT_COMPARED}
    resolved = {name: getattr(plan, name) for name in ("recipe", "steps", "seed", "precision")}
    values = fields | plan.parameters | resolved
    values.pop("unlabeled", None)  # a path too
    text = recipes.source(plan.config.recipe)
    return {
        "the code of tfgan": provenance.code(tfgan),
        **{f"the version of {name}": version for name, version in versions.items()},
        "the text of the recipe": recipes.fingerprint(text)[:12],
        "the cluster": json.dumps(role.members),
        **{f"--{name}": str(value) for name, value in values.items()},
    }


def facts_of_data(source, more):
    """What two sources must have equal on all workers before the model is built: as above.

    Args:
      source, more: `data.Source` of the data, and of those without labels, or None.
    """
    return {
        "the number of examples": str(source.count),
        "the shape of the examples": str(source.spec.shape),
        "the content of the data": source.fingerprint,
        "the content of unlabeled": more.fingerprint if more else "none",
    }


@contextlib.contextmanager
def only_the_chief_prints(role):
    """Inside the block the other workers print nothing."""
    with contextlib.nullcontext() if role.is_chief else contextlib.redirect_stdout(io.StringIO()):
        yield


@contextlib.contextmanager
def naming_lost_workers(plan, role):
    """Turns the errors that a lost worker causes in the others into a `failures.Failure`."""
    try:
        yield
    except Exception as error:
        lost = distribution.lost_worker(error) if role.workers > 1 else None
        if lost is None:
            raise
        raise failures.Failure(
            f"Lost {lost}: it has ended, or stood still for {plan.config.worker_timeout} s "
            "(--worker_timeout). Start all workers again: they resume from the last checkpoint."
        ) from error
