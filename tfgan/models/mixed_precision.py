"""Mixed precision: the types of networks; weights, logits, losses and averages are float32.

Users' networks may compute in any type, and have bfloat16 weights under Keras' pure `bfloat16`:
their outputs are cast to float32 (`network_calls`), as are the average of their weights and the
gradients that are logged.

bfloat16 has the range of float32. float16 does not: small gradients vanish in it, so each player's
loss is multiplied by an adaptive factor that its optimizer divides out. Second derivatives leave
its range for any factor.

    >>> with computing_in("bfloat16"):
    ...     layer = keras.layers.Dense(1)
    >>> layer.compute_dtype, layer.variable_dtype
    ('bfloat16', 'float32')
"""

import contextlib

import keras
import tensorflow as tf

from tfgan import choices, layers, words

_POLICIES = {"float32": "float32", "bfloat16": "mixed_bfloat16", "float16": "mixed_float16"}


@contextlib.contextmanager
def computing_in(name):
    """Networks that are built inside the block compute in a type.

    Args:
      name: "float32", "bfloat16" or "float16".
    """
    if name not in choices.PRECISIONS:
        raise words.unknown("precision", name, choices.PRECISIONS)
    before = keras.config.dtype_policy()
    keras.config.set_dtype_policy(_POLICIES[name])
    try:
        yield
    finally:
        keras.config.set_dtype_policy(before)


def scaled(optimizer, networks):
    """The optimizer of one player, with loss scaling where its gradients pass through float16.

    Args:
      optimizer: Keras optimizer.
      networks: all players' networks.
    """
    if not _is_half(networks) or isinstance(optimizer, keras.optimizers.LossScaleOptimizer):
        return optimizer
    return keras.optimizers.LossScaleOptimizer(optimizer)


def check_decays(player, optimizer, variables):
    """Raises ValueError for a decay rate of an optimizer that is 1 in the type of the weights.

    Adam's step would be 0, as with 0.999, which is 1 in bfloat16.

    Args:
      player: str.
      optimizer, variables: those of the player.
    """
    for name in ("beta_1", "beta_2"):
        rate = getattr(optimizer, name, None)
        for dtype in {variable.dtype for variable in variables} if rate else ():
            if float(tf.cast(rate, dtype)) == 1.0:
                raise ValueError(
                    f"The weights of the {player} are {dtype}, in which {name}={rate} of its "
                    f"{type(optimizer).__name__} is 1, so they would not move: use the policy "
                    f"mixed_bfloat16, a smaller {name}, or SGD."
                )


def check_penalties(networks, penalties):
    """Raises ValueError for float16 with a penalty, which needs second derivatives."""
    if penalties and _is_half(networks):
        raise ValueError(
            "The range of float16 is too small for the second derivatives of a gradient penalty; "
            "use bfloat16 or float32."
        )


def _is_half(networks):
    return any(
        layer.compute_dtype == "float16"
        for each in networks
        for layer in layers.iterate_layers(each)
    )


def unwrapped(optimizer):
    """An optimizer without the loss scaling around it."""
    is_scaled = isinstance(optimizer, keras.optimizers.LossScaleOptimizer)
    return optimizer.inner_optimizer if is_scaled else optimizer


def unscaled(gradients, optimizer):
    """Gradients in float32, without the optimizer's scale of the loss."""
    gradients = [None if each is None else tf.cast(each, tf.float32) for each in gradients]
    if not isinstance(optimizer, keras.optimizers.LossScaleOptimizer):
        return gradients
    return [None if each is None else each / optimizer.dynamic_scale for each in gradients]
