"""What a training run and its trial prepare alike: the examples, and how steps are executed."""

import logging

from tfgan import data as sources
from tfgan.training import distribution
from tfgan.words import counted

_LOG = logging.getLogger("tfgan.train")


def batches(plan, strategy, source, more, model):
    """The data to `fit` on, from the next step of the model on.

    Args:
      plan: `planning.Plan`.
      strategy: `tf.distribute.Strategy`.
      source: `data.Source`.
      more: `data.Source` of the examples without labels that join it, or None.
      model: compiled `GenerativeModel`.
    """
    source = _with_few_labels(plan, source, more)
    size = plan.batch_size * model.discriminator_steps
    views = {"flip": plan.data["flip"], "jitter": plan.data.get("jitter", False)}

    def slices(worker):
        place = {"start": model.steps_done, "worker": worker}
        return source.batches(size, seed=plan.seed, **place, **views)

    return distribution.distribute(strategy, size, slices)


def choose_execution(plan, model, replicas):
    """Sets how a model executes its steps, but for their number in a call.

    Raises: ValueError for a compilation that `replicas` (int) of several do not have.
    """
    config = plan.config
    if config.jit_compile == "on" and replicas > 1:
        raise ValueError("jit_compile=on is for one device; this run has several.")
    if config.jit_compile != "auto":
        model.jit_compile = config.jit_compile == "on"
    model.gradient_norms = config.gradient_norms
    model.microbatches = config.microbatches


def _with_few_labels(plan, source, more):
    """The training examples as the recipe asks for them: few labels, often; `more` without any."""
    if plan.labelled is not None:
        source = sources.keep_labels(source, plan.labelled, plan.seed)
    if more:
        count = source.count
        source = sources.add_unlabeled(source, more)
        sentence = "%s without labels join the training examples."
        _LOG.info(sentence, counted(source.count - count, "example"))
    return sources.repeat_labeled(source, plan.label_share) if plan.label_share else source
