"""A restricted Boltzmann machine: two layers of binary units, connected only to each other."""

import keras
import tensorflow as tf

from tfgan import rng

_BLOCK = 32  # Gibbs steps per draw: few calls, little memory


class BoltzmannMachine(keras.layers.Layer):
    """The weights W, b and c, and the conditionals, the free energy and Gibbs chains.

    p(v, h) = exp(v W h + b v + c h) / Z,  p(v) = exp(-F(v)) / Z,
    F(v) = -b v - sum_j softplus(c_j + (v W)_j)                                  the free energy

    Args:
      visible, hidden: int, units.
    """

    def __init__(self, visible, hidden, **kwargs):
        super().__init__(dtype="float32", **kwargs)
        normal = keras.initializers.RandomNormal(stddev=0.01)
        self.kernel = self.add_weight((visible, hidden), normal, name="kernel")
        self.visible_bias = self.add_weight((visible,), "zeros", name="visible_bias")
        self.hidden_bias = self.add_weight((hidden,), "zeros", name="hidden_bias")
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
        """Steps of Gibbs chains: h ~ p(h|v), v ~ p(v|h).

        Args:
          v: float32 `[n, visible]`, 0 or 1.
          steps: int, 1 or more.
          seed: int32 `[2]`.
        Returns: (v, its logits), each `[n, visible]`.
        """

        def step(index, v, _):
            step_seed = rng.fold(seed, index)
            h = draw_units(self.hidden_logits(v), rng.fold(step_seed, 0))
            logits = self.visible_logits(h)
            return index + 1, draw_units(logits, rng.fold(step_seed, 1)), logits

        return tf.while_loop(lambda index, *_: index < steps, step, (0, v, tf.zeros_like(v)))[1:]

    def separate_chains(self, v, steps, seeds):
        """As `gibbs`, with int32 seeds `[n, 2]`, folded with 1: each chain has draws of its own."""
        visible, hidden = self.kernel.shape

        def run_block(count, index, v, logits):
            of_block = rng.fold(rng.fold(seeds, 1), index)
            numbers = rng.uniform(of_block, rng.count(v), (count, hidden + visible))
            numbers = tf.transpose(numbers, (1, 0, 2))

            def step(turn, v, _):
                of_hidden, of_visible = tf.split(numbers[turn], [hidden, visible], axis=1)
                h = _below(of_hidden, self.hidden_logits(v))
                logits = self.visible_logits(h)
                return turn + 1, _below(of_visible, logits), logits

            return tf.while_loop(lambda turn, *_: turn < count, step, (0, v, logits))[1:]

        blocks, rest = divmod(steps, _BLOCK)
        _, *state = tf.while_loop(
            lambda index, *_: index < blocks,
            lambda index, *state: (index + 1, *run_block(_BLOCK, index, *state)),
            (0, v, tf.zeros_like(v)),
        )
        return run_block(rest, blocks, *state) if rest else tuple(state)


def draw_units(logits, seed):
    """Independent units, 1 with probability sigmoid(logits): float32 `[n, units]`."""
    return _below(rng.uniform(seed, rng.count(logits), tuple(logits.shape[1:])), logits)


def _below(uniform, logits):
    return tf.cast(uniform < tf.sigmoid(logits), tf.float32)
