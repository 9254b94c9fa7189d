"""Binary units in two rows, each connected to all of the other row and to none of its own."""

import keras
import tensorflow as tf

from tfgan import rng


class BoltzmannMachine(keras.layers.Layer):
    """A restricted Boltzmann machine's weights W, b and c, and what follows from them alone.

    p(v, h) = exp(v W h + b v + c h) / Z,  p(v) = exp(-F(v)) / Z,
    F(v) = -b v - sum_j softplus(c_j + (v W)_j)                                  the free energy

    Args:
      visible, hidden: int, units.
    """

    def __init__(self, visible, hidden, **kwargs):
        super().__init__(dtype="float32", **kwargs)
        self.kernel = self.add_weight(
            name="kernel",
            shape=(visible, hidden),
            initializer=keras.initializers.RandomNormal(stddev=0.01),
        )
        self.visible_bias = self.add_weight(
            name="visible_bias", shape=(visible,), initializer="zeros"
        )
        self.hidden_bias = self.add_weight(name="hidden_bias", shape=(hidden,), initializer="zeros")
        self.built = True

    def hidden_logits(self, v):
        """log-odds of p(h_j = 1 | v): `[n, visible]` -> `[n, hidden]`."""
        return tf.matmul(v, self.kernel) + self.hidden_bias

    def visible_logits(self, h):
        """log-odds of p(v_i = 1 | h): `[n, hidden]` -> `[n, visible]`."""
        return tf.matmul(h, self.kernel, transpose_b=True) + self.visible_bias

    def free_energy(self, v):
        """F(v): `[n, visible]` -> `[n]`."""
        of_hidden = tf.reduce_sum(tf.nn.softplus(self.hidden_logits(v)), axis=1)
        return -tf.linalg.matvec(v, self.visible_bias) - of_hidden

    def gibbs(self, v, steps, seed):
        """Moves chains: h ~ p(h|v), v ~ p(v|h), `steps` times.

        Args:
          v: float32 `[n, visible]`, 0 or 1.
          steps: int, 1 or more.
          seed: int32 `[2]`.
        Returns: (v, logits of the v before it was drawn), each `[n, visible]`.
        """

        def step(index, v, _):
            turn = rng.fold(seed, index)
            h = draw_units(self.hidden_logits(v), rng.fold(turn, 0))
            logits = self.visible_logits(h)
            return index + 1, draw_units(logits, rng.fold(turn, 1)), logits

        state = tf.while_loop(lambda index, *_: index < steps, step, (0, v, tf.zeros_like(v)))
        return state[1:]


def draw_units(logits, seed):
    """Independent units, 1 with the probability sigmoid(logits): float32 `[n, units]`.

    Args:
      logits: float32 `[n, units]`.
      seed: int32 `[2]`.
    """
    uniform = rng.uniform(seed, logits.shape[0], tuple(logits.shape[1:]))
    return tf.cast(uniform < tf.sigmoid(logits), tf.float32)
