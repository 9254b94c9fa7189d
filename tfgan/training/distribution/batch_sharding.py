"""Divides global batches among replicas."""

import tensorflow as tf


def check_batch_size(replicas, batch_size):
    """Refuses a global batch size that is not a multiple of the number of replicas (int)."""
    if batch_size % replicas:
        raise ValueError(
            f"batch_size must be a multiple of the {replicas} replicas; received {batch_size}."
        )


def distribute(strategy, batch_size, batches):
    """The data to `fit` on under a strategy.

    The replicas of worker w read equal pieces of slice w of every global batch, in their order.

    Args:
      batch_size: int, examples in a global batch, a multiple of the number of replicas.
      batches: function (worker) -> infinite `tf.data.Dataset` of dicts, slice w of each global
        batch, for worker = (w, number of workers); see `Source.batches`.
    """
    if strategy.num_replicas_in_sync == 1:
        return batches((0, 1))
    piece = batch_size // strategy.num_replicas_in_sync

    def with_static_shape(batch):  # `rebatch` drops the static size
        return {
            name: tf.ensure_shape(rows, [piece, *rows.shape[1:]]) for name, rows in batch.items()
        }

    def of_worker(context):
        slices = batches((context.input_pipeline_id, context.num_input_pipelines))
        pieces = slices.rebatch(piece, drop_remainder=True).map(with_static_shape)
        # For finite data tf.distribute synchronizes all workers before each step and drops sizes.
        return pieces.prefetch(tf.data.AUTOTUNE).apply(
            tf.data.experimental.assert_cardinality(tf.data.INFINITE_CARDINALITY)
        )

    return strategy.distribute_datasets_from_function(of_worker)
