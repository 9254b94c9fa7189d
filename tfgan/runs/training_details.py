"""What the card of an exported model says about its training."""

from tfgan.export import TrainingDetails


def of(record, checkpoint, scores, conditions):
    """The `TrainingDetails` of a run.

    Args:
      record: `Record`.
      checkpoint: str, the state.
      scores: as of `history.evaluations`.
      conditions: dict of raw conditions of the samples on the card.
    """
    return TrainingDetails(
        recipe=record.recipe,
        parameters=record.parameters,
        data=record.data,
        class_names=tuple(record.spec["class_names"]),
        seed=record.seed,
        precision=record.precision,
        checkpoint=checkpoint,
        scores=scores,
        conditions=conditions,
    )
