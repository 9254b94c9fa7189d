"""Divides global batches among the replicas, so that N of them see what one would."""

import tensorflow as tf


def check_batch_size(strategy, batch_size):
    """Refuses a batch that cannot be divided into equal shares.

    Args:
      strategy: `tf.distribute.Strategy`.
      batch_size: int, examples in the global batch of one step.
    Raises: ValueError, if it is no multiple of the number of replicas.
    """
    replicas = strategy.num_replicas_in_sync
    if batch_size % replicas:
        raise ValueError(
            f"batch_size must be a multiple of the {replicas} replicas; received {batch_size}."
        )


def distribute(strategy, batch_size, batches):
    """What to `fit` on under a strategy.

    Worker w reads slice w of every global batch, and its replicas one piece of that each, in their
    order. The pieces laid end to end are the global batch.

    Args:
      strategy: `tf.distribute.Strategy`.
      batch_size: int, examples in a global batch, a multiple of the number of replicas.
      batches: function (worker) -> endless `tf.data.Dataset` of dicts, slice w of each global
        batch, for worker = (w, how many workers), as `Source.batches` takes it.
    Returns: `tf.data.Dataset` or `tf.distribute.DistributedDataset`.
    """
    if strategy.num_replicas_in_sync == 1:
        return batches((0, 1))
    piece = batch_size // strategy.num_replicas_in_sync

    def static(batch):  # `rebatch` forgets the size
        return {
            name: tf.ensure_shape(rows, [piece, *rows.shape[1:]]) for name, rows in batch.items()
        }

    def of_worker(context):
        mine = batches((context.input_pipeline_id, context.num_input_pipelines))
        pieces = mine.rebatch(piece, drop_remainder=True).map(static).prefetch(tf.data.AUTOTUNE)
        # Where an end may come, tf.distribute asks all workers before each step and forgets sizes.
        return pieces.apply(tf.data.experimental.assert_cardinality(tf.data.INFINITE_CARDINALITY))

    return strategy.distribute_datasets_from_function(of_worker)
