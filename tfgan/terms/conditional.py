"""Functions of terms: classifiers that conditional games are played with.

With `terms.classification` of fakes the generator is rewarded for samples that are easy to
classify: it leaves out those between two classes, and its classes lose variety. At the optimum of
`joint_classification` and its gap fakes have the distribution of real examples in each class.
"""

import tensorflow as tf

from tfgan import replicas
from tfgan.terms.turn import Turn, entry

_OUTPUTS = "the discriminator's outputs"
_BATCH = "the entries of the batch"


def joint_classification(turn: Turn, *, output: str = "label") -> tf.Tensor:
    """The cross-entropy of label and origin under 2 K class logits; for the discriminator.

    A real example of label y belongs to the class 2 y, a fake to the class 2 y + 1.

    Args:
      turn: `Turn` with int32 `label` `[batch]` in 0 .. K - 1.
      output: str, the discriminator's output with the logits, `[batch, 2 K]`.
    Returns: float32 `[batch]`, the sum for a real example and a fake.
    Source: Hou et al. 2022 (ADC-GAN), https://arxiv.org/abs/2107.10060.
    """
    label = entry(turn.real, "label", _BATCH)
    entropy = tf.nn.sparse_softmax_cross_entropy_with_logits
    real, fake = (
        tf.cast(entry(outputs, output, _OUTPUTS), tf.float32)
        for outputs in (turn.real_outputs, turn.fake_outputs)
    )
    return entropy(2 * label, real) + entropy(2 * label + 1, fake)


def joint_classification_gap(turn: Turn, *, output: str = "label") -> tf.Tensor:
    """The lead of a fake's own class over the real class of its label; for the generator.

    CE(G(z), 2 y) - CE(G(z), 2 y + 1), the difference of the logits 2 y + 1 and 2 y. At the optimal
    classifier its mean is the KL divergence of fakes from real examples, class by class.

    Args:
      turn, output: see `joint_classification`.
    Returns: float32 `[batch]`, of any sign.
    Source: see `joint_classification`.
    """
    label = entry(turn.real, "label", _BATCH)
    logits = tf.cast(entry(turn.fake_outputs, output, _OUTPUTS), tf.float32)
    real, fake = (tf.gather(logits, 2 * label + side, batch_dims=1) for side in (0, 1))
    return fake - real


def data_to_data(
    turn: Turn, *, of: str, margin: float = 0.98, temperature: float = 0.5
) -> tf.Tensor:
    """The data-to-data cross-entropy of embeddings and the proxies of their labels.

    f_i is the embedding of example i, v_i the proxy of its label, m the margin, t the temperature:

      -log(p_i / (p_i + sum over j of another label of exp(max(f_i f_j + m - 1, 0) / t))),
      p_i = exp(min(f_i v_i - m, 0) / t), j over the global batch.

    Within the margins an example gives no gradient.

    Args:
      turn: `Turn` with int32 `label` `[batch]` and the discriminator's outputs of
        `networks.heads.with_embedding`.
      of: "real", for the discriminator, or "fake", for the generator.
      margin: float in 0..1, the cosine with the proxy that is enough.
      temperature: float, above 0.
    Returns: float32 `[batch]`.
    Raises: ValueError in a microbatch.
    Source: Kang et al. 2021 (ReACGAN), https://arxiv.org/abs/2111.01118.
    """
    outputs = {"real": lambda: turn.real_outputs, "fake": lambda: turn.fake_outputs}[of]()
    embedding, proxy = (entry(outputs, key, _OUTPUTS) for key in ("embedding", "proxy"))
    label = tf.cast(entry(turn.real, "label", _BATCH), tf.float32)
    every_embedding, every_label = (
        replicas.gather(rows, of="data_to_data") for rows in (embedding, label)
    )
    own = tf.minimum(tf.reduce_sum(embedding * proxy, axis=1) - margin, 0.0) / temperature
    cosines = tf.matmul(embedding, every_embedding, transpose_b=True)
    others = tf.maximum(cosines + margin - 1.0, 0.0) / temperature
    is_other = label[:, None] != every_label
    others = tf.where(is_other, others, -1e9)  # exp of it is 0; gradients stay finite
    return tf.reduce_logsumexp(tf.concat([own[:, None], others], axis=1), axis=1) - own
