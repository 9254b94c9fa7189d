"""One generator against one discriminator.

min_G max_D of an adversarial loss on logits. Every GAN with these two players is a value of the
arguments: the loss, the terms beside it, the optimizers, the number of discriminator steps and the
order of the updates.

Symbols: x real data, z latent, D(x) the discriminator's logit, G(z) a fake.
"""

import functools

import tensorflow as tf

from tfgan import layers, losses, modalities, replicas, rng
from tfgan import penalties as penalties_of
from tfgan import terms as objectives
from tfgan.models import base, checks, mixed_precision, network_calls, sampling, saving


class GAN(base.GenerativeModel):
    """A generative adversarial network.

    Args:
      generator: Keras network of any kind, see `network_calls.named`; inputs named as the prior's
        values and the conditions -> data `[batch, ...]`, images in [-1, 1]; or a dict of outputs of
        which `data` is one. A prior with one value may go to an input of any name.
      discriminator: the same; inputs `data` (or one of any name) and the conditions -> logits; or a
        dict of outputs of which `logits` is one, for terms that read others.
      prior: function (count, seed) -> dict of latents, see `tfgan.priors`.
      classes: int, the number of labels; needed if a network takes "label".
      conditions: sequence of str, the entries of the batch that networks take beside `label`, such
        as "source"; or a dict of the shapes of one example, float32, if networks that declare no
        inputs take them.
      modality: `modalities.Modality` or its kind, such as "latents"; None for points, images and
        videos, which the shape tells.
    Raises: ValueError, if the networks do not fit each other or the prior.
    """

    term_states = None
    norm_names = {"generator": "g_gradient_norm", "discriminator": "d_gradient_norm"}

    def __init__(
        self,
        generator,
        discriminator,
        *,
        prior,
        classes=None,
        conditions=(),
        modality=None,
        name="gan",
    ):
        super().__init__(name=name)
        conditions = checks.conditions(conditions, classes)
        # As the model calls them: views of its networks, and no part of it.
        self._named = checks.players(generator, discriminator, prior, conditions)
        self.generator = generator
        self.discriminator = discriminator
        self.average = network_calls.inner(self._named.average, self._named.generator, generator)
        self.prior = prior
        self.classes = classes
        self.conditions = tuple(sorted(conditions))
        self.sample_shape = network_calls.output_shape(self._named.generator, "data")
        self.named_modality = modalities.resolve(modality, self.sample_shape)
        self.built = True

    @saving.remembered
    def compile(
        self,
        loss,
        optimizers,
        *,
        penalties=(),
        terms=(),
        discriminator_steps=1,
        simultaneous=False,
        **training,
    ):
        """Says how the two players are trained.

        Args:
          loss: `losses.AdversarialLoss`, or its name, such as "hinge".
          optimizers: dict of Keras optimizers, their names or configs: "generator" and
            "discriminator"; or one name, for an optimizer each.
          penalties: sequence of `penalties.Penalty`, added to the discriminator's loss.
          terms: sequence of `terms.Term`, each added to the loss of its player.
          discriminator_steps: int, k; each step has real examples of its own, so a batch holds k
            times the examples of one step.
          simultaneous: False: k discriminator steps, then a generator step on new noise against the
            updated discriminator, as in Algorithm 1. True: in the last of the k steps both players
            move from the same fakes and logits, which saves a pass through each network.
          **training: average_half_life, microbatches, gradient_norms, seed, jit_compile,
            steps_per_execution and run_eagerly, as of `Trainable.compile`.
        Raises: ValueError for arguments out of range or of another kind.
        Source: Goodfellow et al. 2014, https://arxiv.org/abs/1406.2661, Algorithm 1.
        """
        if discriminator_steps < 1:
            raise ValueError(
                f"discriminator_steps must be at least 1; received {discriminator_steps}."
            )
        loss = losses.get(loss)
        penalties = objectives.check(penalties, penalties_of.Penalty, "penalties")
        terms = objectives.check(terms, objectives.Term, "terms")
        mixed_precision.check_penalties(self.networks.values(), penalties)
        states = objectives.states((*penalties, *terms))
        super().compile(optimizers, **training)
        self.adversarial_loss = loss
        self.terms = (*penalties, *terms)
        self.term_states = states  # None for none: earlier checkpoints know of none
        self.discriminator_steps = discriminator_steps
        self.simultaneous = simultaneous

    @property
    def networks(self):
        """The generator and the discriminator."""
        return {"generator": self.generator, "discriminator": self.discriminator}

    @property
    def player_variables(self):
        """Those of the generator and of the discriminator."""
        return {name: network.trainable_variables for name, network in self.networks.items()}

    @property
    def state_variables(self):
        """What terms keep from step to step."""
        return self.term_states.variables if self.term_states else ()

    @property
    def averaged(self):
        """The generator's."""
        return [(self._named.average, self._named.generator)]

    @property
    def condition_specs(self):
        """Those of the conditions that the generator takes."""
        return {
            tensor.name: tf.TensorSpec(tensor.shape[1:], tensor.dtype, tensor.name)
            for tensor in self._named.generator.inputs
            if tensor.name in self.conditions and tensor.name != "label"
        }

    def train_step(self, batch):
        """k discriminator updates and one generator update.

        Args:
          batch: dict, raw `data` `[k * batch, ...]` (see `modality`) and, if conditional, int32
            `label` `[k * batch]`; or another form of `batches.from_keras`.
        Returns: dict of float32 scalars: d_loss, g_loss, d_real and d_fake (D(x) and D(G(z)) as the
          loss reads them), penalty if there is one, the gradients' norms if asked for.
        """
        turns = self._split(self.as_batch(batch))
        last = len(turns) - 1
        logs = {}
        for turn, real in enumerate(turns):
            layers.power_iteration(self.discriminator)
            if self.simultaneous and turn == last:
                logs |= self._simultaneous_step(real, turn)
            else:
                logs |= self._discriminator_step(real, turn)
        if not self.simultaneous:
            logs |= self._generator_step(turns[last])
        self.finish_step(rng.count(turns[last]["data"]))
        return self.report(logs)

    def figures(self, batch, mode):
        """As `train_step`; all examples play one turn, whatever the number of steps is."""
        turn = self._turn(self._as_seen(batch), "turn 0", mode)
        logs = self._discriminator_loss(turn, mode)[1]
        return logs | self._generator_loss(turn, mode, has_real_logits=True)[1]

    def sampling_network(self):
        """The generator, or its running average."""
        return network_calls.with_one_output(self.in_use(self._named.generator), "data")

    def discriminator_network(self):
        """The discriminator."""
        return self.discriminator

    def generate(self, inputs):
        """What the generator makes of given latents, before it becomes raw data.

        Args:
          inputs: dict of NumPy arrays `[n, ...]`: the prior's values, and int32 `label` if the
            model is conditional.
        Returns: float32 NumPy `[n, ...]`; images in [-1, 1], texts as distributions.
        """
        return sampling.generate_in_batches(self.sampling_network(), inputs)

    def _split(self, batch):
        """One dict a discriminator step: example i of the batch goes to step i mod k.

        So the examples of a step do not depend on how many replicas share the batch.
        """
        batch = self._as_seen(batch)
        k, size = self.discriminator_steps, batch["data"].shape[0]
        if size is not None and size % k and replicas.count() > 1:
            raise ValueError(
                f"Under a strategy a batch must be a multiple of {k * replicas.count()}, as "
                f"{replicas.count()} replicas share it and each takes {k} discriminator steps; "
                f"received {size * replicas.count()}."
            )
        if size is not None and size < k:
            raise ValueError(
                f"A batch must have an example for each of the {k} discriminator steps; received "
                f"{size}."
            )
        return [{name: rows[turn::k] for name, rows in batch.items()} for turn in range(k)]

    def _as_seen(self, batch):
        return {**batch, "data": self.modality.to_float(batch["data"])}

    def _turn(self, real, name, mode):
        """A turn of the game with fakes on new noise, under the conditions of the real examples."""
        latents = self.prior(rng.count(real["data"]), mode.stream(f"latent, {name}"))
        with rng.layer_seeds(mode.stream(f"generator, {name}")):
            generated = network_calls.call_for_outputs(
                self._named.generator, real | latents, "data", training=mode.training
            )
        added = {
            "generator": network_calls.added_losses(self._named.generator),
            "discriminator": [],
        }
        judge = functools.partial(self._judge, real, added["discriminator"], mode)
        return objectives.Turn(real, latents, generated, judge, mode.stream, name, added)

    def _judge(self, real, added, mode, data, purpose):
        """The discriminator's outputs by name, for data under the conditions of real examples.

        What its layers add to the loss goes to the list `added`.
        """
        inputs = real | {"data": data}
        with rng.layer_seeds(mode.stream(f"discriminator, {purpose}")):
            outputs = network_calls.call_for_outputs(
                self._named.discriminator, inputs, "logits", training=mode.training
            )
        if purpose.startswith("on "):  # the examples of the game; a term looks elsewhere as well
            added += network_calls.added_losses(self._named.discriminator)
        return outputs

    def _discriminator_loss(self, turn, mode):
        """The discriminator's loss with its terms, and what to log."""
        real_logits, fake_logits = turn.real_outputs["logits"], turn.fake_outputs["logits"]
        loss = tf.reduce_mean(self.adversarial_loss.discriminator(real_logits, fake_logits))
        logs = {
            "d_loss": loss,
            "d_real": tf.reduce_mean(self.adversarial_loss.score(real_logits)),
            "d_fake": tf.reduce_mean(self.adversarial_loss.score(fake_logits)),
        }
        return self._with_terms("discriminator", turn, mode, loss, logs)

    def _generator_loss(self, turn, mode, *, has_real_logits):
        """The generator's loss with its terms, and what to log."""
        fake_logits = turn.fake_outputs["logits"]
        real_logits = tf.zeros_like(fake_logits)  # a pass saved where the loss ignores them
        if has_real_logits or self.adversarial_loss.relativistic:
            real_logits = turn.real_outputs["logits"]
        loss = tf.reduce_mean(self.adversarial_loss.generator(real_logits, fake_logits))
        return self._with_terms("generator", turn, mode, loss, {"g_loss": loss})

    def _with_terms(self, player, turn, mode, loss, logs):
        """The loss with a player's terms and regularizers, and the logs with theirs."""
        networks, added = [getattr(self, player)], turn.added[player]
        name = f"{player[0]}_regularization"
        loss, logs = network_calls.regularized(loss, logs, networks, added, name)
        mine = [term for term in self.terms if term.player == player]
        for index, term in enumerate(mine):
            compute = term.value if mode.training else term.expected
            value = compute(turn.of_term(term.kind, index), self.step)
            name = objectives.logged_name(term, self.terms)
            logs[name] = logs.get(name, 0.0) + value
            loss += value
        return loss, logs

    def _discriminator_step(self, real, turn):
        def objective(turn):
            loss, logs = self._discriminator_loss(turn, self.learning)
            return [loss], logs

        def prepare(real):
            return self._turn(real, f"turn {turn}", self.learning)

        return self.minimize(objective, real, "discriminator", prepare=prepare)

    def _generator_step(self, real):
        def objective(real):
            turn = self._turn(real, "generator's turn", self.learning)
            loss, logs = self._generator_loss(turn, self.learning, has_real_logits=False)
            return [loss], logs

        return self.minimize(objective, real, "generator")

    def _simultaneous_step(self, real, turn):
        def objective(real):
            both = self._turn(real, f"turn {turn}", self.learning)
            d_loss, logs = self._discriminator_loss(both, self.learning)
            g_loss, more = self._generator_loss(both, self.learning, has_real_logits=True)
            return [d_loss, g_loss], logs | more

        return self.minimize(objective, real, "discriminator", "generator")
