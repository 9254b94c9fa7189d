"""What the two players of a GAN minimize in one turn of the game."""

import functools

import keras
import tensorflow as tf

from tfgan import rng
from tfgan import terms as game_terms
from tfgan.models import base, forward_once, network_calls, unrolling


class GANObjectives(base.GenerativeModel):
    """The losses of one generator and one discriminator, with their terms; see `gan.GAN`."""

    network_names = ("generator", "discriminator")
    term_states = augmentation_state = None
    norm_names = {"generator": "g_gradient_norm", "discriminator": "d_gradient_norm"}

    def _turn(self, real, name, mode):
        """A turn with fakes from new noise, under the conditions of the real examples."""
        count, seed = rng.count(real["data"]), mode.stream(f"latent, {name}")
        latents = self.prior(count, seed) if self.prior else {}
        generate = functools.partial(self._generate, real, name, mode)
        generated = generate(latents)
        losses_of_layers = network_calls.added_losses(self._functional.generator)
        turn = self._turn_with(real, latents, generated, name, mode, losses_of_layers)
        turn.generate = functools.partial(_without_moving_state, generate)
        return turn

    def _turn_made_once(self, real, name, mode):
        """Function of the real examples: the same turn each time, whose fakes are computed once.

        Microbatches compute them each time, from the same noise: the fakes of one part are in
        memory at a time.
        """
        if self.microbatches > 1:
            return functools.partial(self._turn, name=name, mode=mode)
        first = None

        def make():
            nonlocal first
            first = self._turn(real, name, mode)
            return first.generated, first.added["generator"]

        fakes = forward_once.once(make, self.generator.trainable_variables)

        def again(real):
            generated, losses_of_layers = fakes()
            turn = self._turn_with(real, first.latents, generated, name, mode, losses_of_layers)
            turn.generate = first.generate
            return turn

        return again

    def _generate(self, real, name, mode, latents):
        """The generator's outputs by name, for latents under the conditions of real examples."""
        with rng.layer_seeds(mode.stream(f"generator, {name}")):
            return network_calls.call_for_outputs(
                self._functional.generator, real | latents, "data", training=mode.training
            )

    def _turn_with(self, real, latents, generated, name, mode, losses_of_layers):
        """A turn with given fakes."""
        added = {"generator": losses_of_layers, "discriminator": []}

        def discriminate(data, purpose, rows=slice(None), again=False):
            parts = (_rows(entries, rows) for entries in (real, generated, latents))
            if not again:
                return self._discriminate(*parts, added["discriminator"], mode, data, purpose)
            with rng.every(rows.step or 1):  # the draws that these examples had among all
                return self._discriminate(*parts, [], mode, data, purpose)

        return game_terms.Turn(
            real, latents, generated, discriminate, mode.stream, name, added, self.player_variables
        )

    def _discriminate(self, real, generated, latents, added, mode, data, purpose):
        """The discriminator's outputs by name, for data under the conditions of real examples.

        A discriminator of pairs receives fakes with the latents that they are made from, other data
        with the codes of the real examples. Losses of its layers are appended to the list `added`.
        """
        encoded = {key: code for key, code in generated.items() if key in latents}
        inputs = real | (latents if purpose.startswith("on fake") else encoded) | {"data": data}
        if mode.training:
            at = self.step, mode.stream, purpose
            inputs = self.augmenter.seen(inputs, generated["data"], *at)
            inputs["data"] = self.stabilizers.noisy(inputs["data"], *at)
        with rng.layer_seeds(mode.stream(f"discriminator, {purpose}")):
            outputs = network_calls.call_for_outputs(
                self._functional.discriminator, inputs, "logits", training=mode.training
            )
        if purpose.startswith("on "):  # not for the points at which a term evaluates it
            added += network_calls.added_losses(self._functional.discriminator)
        return outputs

    def _discriminator_loss(self, turn, mode):
        """The discriminator's loss with its terms, and what to log."""
        real_logits, fake_logits = turn.real_outputs["logits"], turn.fake_outputs["logits"]
        targets = real_logits, fake_logits
        if mode.training:
            targets = self.stabilizers.flipped(*targets, self.step, turn)
        loss = tf.reduce_mean(self.adversarial_loss.discriminator(*targets))
        logs = {
            "d_loss": loss,
            "d_real": tf.reduce_mean(self.adversarial_loss.score(real_logits)),
            "d_fake": tf.reduce_mean(self.adversarial_loss.score(fake_logits)),
        }
        if mode.training:
            logs |= self.augmenter.figures(real_logits, turn, self.step)
        return self._with_terms("discriminator", turn, mode, loss, logs)

    def _generator_loss(self, turn, mode, *, has_real_logits):
        """The generator's loss with its terms, and what to log; of `unrolled_steps` ahead."""
        if not self.unrolled_steps:
            return self._present_generator_loss(turn, mode, has_real_logits)

        def turn_named(name):
            fakes = turn.real, turn.latents, turn.generated
            return self._turn_with(*fakes, name, mode, turn.added["generator"])

        def discriminator_loss(step):
            return self._discriminator_loss(turn_named(f"{turn.name}, step {step}"), mode)[0]

        ahead = unrolling.anticipated(
            discriminator_loss,
            self.discriminator.trainable_variables,
            self.discriminator_optimizer,
            self.unrolled_steps,
        )
        with keras.StatelessScope(ahead):
            later = turn_named(turn.name)
            later.generate = turn.generate
            return self._present_generator_loss(later, mode, has_real_logits)

    def _present_generator_loss(self, turn, mode, has_real_logits):
        fake_logits = turn.fake_outputs["logits"]
        real_logits = tf.zeros_like(fake_logits)  # saves a pass if the loss ignores them
        if has_real_logits or self.adversarial_loss.relativistic:
            real_logits = turn.real_outputs["logits"]
        loss = self.adversarial_loss.generator(real_logits, fake_logits)
        if mode.training:
            loss = self.stabilizers.of_the_best(loss, fake_logits, self.step)
        loss = tf.reduce_mean(loss)
        logs = {"g_loss": loss} if self.adversarial_loss.moves_generator else {}
        return self._with_terms("generator", turn, mode, loss, logs)

    def _with_terms(self, player, turn, mode, loss, logs):
        """The loss with a player's terms and regularizers, and the logs with theirs."""
        networks, added = [getattr(self, player)], turn.added[player]
        name = f"{player[0]}_regularization"
        loss, logs = network_calls.regularized(loss, logs, networks, added, name)
        for index, term in enumerate(term for term in self.terms if term.player == player):
            compute = term.value if mode.training else term.expected
            value = compute(turn.of_term(term.kind, index, player), self.step)
            name = game_terms.logged_name(term, self.terms)
            logs[name] = logs.get(name, 0.0) + value
            loss += value
        return loss, logs


def _rows(entries, rows):
    return {name: value[rows] for name, value in entries.items()}


def _without_moving_state(function, *arguments):
    """The result of a function, during which no statistic of a layer moves."""
    with keras.StatelessScope():
        return function(*arguments)
