"""Keras' loops: `fit`, `evaluate` and their steps on one batch."""

import abc
import contextlib

import keras
import tensorflow as tf

from tfgan import modalities, replicas, rng
from tfgan.models import batches, training_mode
from tfgan.models.logged_means import LoggedMeans

_TRAINING, _EVALUATION = 0, 1


class KerasLoops(keras.Model, abc.ABC):
    """A model for the loops of Keras. The logs of

      a step         are means over its examples,
      an epoch       are means over its steps, as in History,
      an evaluation  are means over all its examples, with the weights in training; neither weights
                     nor the step counter nor statistics of layers change.

    Attributes:
      sample_shape: tuple, of one example as a network input, see `modality`.
      classes: int, the number of labels, or None for an unconditional model.
      discriminator_steps: int, k; a step takes k times the examples of a batch. 1 for a model
        without a discriminator.
      pack_size: int, the examples for which a discriminator has one logit together.
      lowest_label: int, -1 where examples may be unlabeled, else 0.
      state_variables: sequence of `tf.Variable` that computing a loss may change; an evaluation
        restores them.
    """

    lowest_label = 0
    state_variables = ()
    named_modality = None  # the argument of a constructor
    discriminator_steps = 1
    pack_size = 1
    _length_is_known = True
    _is_evaluating = False

    @property
    def modality(self):
        """The `Modality` of the data: the constructor's argument, else the default of the shape."""
        return self.named_modality or modalities.of_shape(self.sample_shape)

    @abc.abstractmethod
    def train_step(self, batch):
        """One update on a batch; returns the result of `report`."""

    @abc.abstractmethod
    def batch_losses(self, batch, mode):
        """The losses of a batch, under the names of `train_step`.

        Args:
          batch: dict, see `batches.from_keras`.
          mode: `training_mode.Mode`.
        Returns: dict of float32 scalars, means over this replica's batch.
        """

    def fit(self, x=None, y=None, *args, shuffle=None, **options):
        """Keras' `fit`; the logs of an epoch, as in its History, are means over its steps.

        Args:
          x: arrays, a `tf.data.Dataset`, a PyDataset or a generator of batches, see `batches`.
          y: labels `[n]`, integers or one-hot rows, for a conditional model; None otherwise.
          shuffle: bool; by default arrays and the batches of a PyDataset are shuffled each epoch.
          *args, **options: see `keras.Model.fit`.
        Returns: `keras.callbacks.History`.
        Raises: ValueError for data that the model cannot take.
        """
        batches.refuse_weights(**options)
        self._check(x, y)
        if options.get("validation_data") is not None:
            parts = keras.utils.unpack_x_y_sample_weight(options["validation_data"])
            batches.refuse_weights(sample_weight=parts[2])
            self._check(*parts[:2])
        self._length_is_known = batches.has_length(x)
        if shuffle is None:
            shuffle = batches.may_be_shuffled(x)
        return super().fit(batches.in_tuples(x), y, *args, shuffle=shuffle, **options)

    def evaluate(self, x=None, y=None, *args, **options):
        """The losses of held-out data, means over all examples; two evaluations of a state agree.

        Args: see `fit`; the options are those of `keras.Model.evaluate`.
        Returns: list of float by alphabetical names, or the only one; dict if `return_dict`.
        """
        batches.refuse_weights(**options)
        if not options.get("_use_cached_eval_dataset"):  # else `fit` has checked them
            self._check(x, y)
        with self._evaluating():
            return super().evaluate(batches.in_tuples(x), y, *args, **options)

    def test_on_batch(self, *args, **options):
        """The losses of one batch, see `evaluate`; the arguments are Keras'."""
        with self._evaluating():
            return super().test_on_batch(*args, **options)

    def test_step(self, batch):
        """The losses of a batch: dict of float32 scalars; Keras' hook in `evaluate`."""
        batch = self.as_batch(batch)
        of_batch = training_mode.evaluation(self.seed, self._means[_EVALUATION].batches)
        logs = self.batch_losses(batch, of_batch)
        count = tf.cast(rng.count(batch["data"]), tf.float32)
        total = replicas.total(count)
        # A replica may have fewer examples of a last batch than another, or none.
        sums = tf.math.multiply_no_nan(tf.stack(list(logs.values())), count)
        means = replicas.total(sums) / total
        self._means[_EVALUATION].add(list(logs), means, total)
        return _by_name(list(logs), means)

    def report(self, logs):
        """The result of `train_step`: means over the global batch.

        Args:
          logs: dict of float32 scalars, means over this replica's batch.
        Returns: dict of float32 scalars, of shape `[1]` under `MultiWorkerMirroredStrategy`.
        """
        means = replicas.mean(tf.stack(list(logs.values())))
        self._means[_TRAINING].add(list(logs), means)
        return _by_name(list(logs), means)

    def as_batch(self, data):
        """The argument of a step as a dict batch, see `batches.from_keras`.

        In training each replica gets the same number of examples, see `batches.share_evenly`.
        """
        batch = batches.from_keras(
            data, self.sample_shape, self.modality, self.classes, self.lowest_label
        )
        if self._is_evaluating:
            return batches.in_packs(batch, self.pack_size)
        return batches.share_evenly(batch, self.discriminator_steps * self.pack_size)

    def as_raw(self, data):
        """The examples in the argument of a step as raw data, such as uint8 images."""
        examples = self.as_batch(data)["data"]
        is_raw = examples.dtype.name == self.modality.dtype
        return examples if is_raw else self.modality.to_raw(examples)

    def reset_metrics(self):
        """Keras' hook at the beginning of an epoch and of an evaluation."""
        for means in self._means:
            means.reset()

    def get_metrics_result(self):
        """Keras' hook: the means since `reset_metrics`, instead of the logs of the last step."""
        return self._means[_TRAINING].read() | self._means[_EVALUATION].read()

    def make_train_function(self, force=False):
        """Keras' hook; data that a step refuses end it in a ValueError."""
        if self.train_function is None or force:
            super().make_train_function(force)
            self.train_function = self._with_single_batches(self.train_function)
        return self.train_function

    def make_test_function(self, force=False):
        """Keras' hook, see `make_train_function`."""
        if self.test_function is None or force:
            super().make_test_function(force)
            self.test_function = batches.refusals_as_value_errors()(self.test_function)
        return self.test_function

    def make_predict_function(self, force=False):
        """Raises ValueError: `predict` would be ambiguous."""
        raise ValueError(
            f"{type(self).__name__} has no predict: sample(count) makes data, generate(inputs) "
            "maps latents to data, encode(data) data to latents, and each network has a predict of "
            "its own."
        )

    def _check(self, x, y):
        batches.check_arrays(x, y, self.modality, self.classes, self.lowest_label)

    def _make_means(self):
        # In a tuple, so that neither Keras nor a checkpoint tracks them as a part of the model.
        self._means = (LoggedMeans(), LoggedMeans())

    def _with_single_batches(self, function):
        @batches.refusals_as_value_errors()
        def step(data):
            if not self._length_is_known and self.steps_per_execution == 1:
                # Else what needs no data, such as counters, would move once more at their end.
                data = [next(data)]
            return function(data)

        return step

    @contextlib.contextmanager
    def _evaluating(self):
        before = [(variable, tf.convert_to_tensor(variable)) for variable in self.state_variables]
        self._is_evaluating = True
        try:
            yield
        finally:
            self._is_evaluating = False
            for variable, value in before:
                variable.assign(value)

    def _maybe_symbolic_build(self, iterator=None, data_batch=None):
        """Does nothing: the models are built, and reading a batch would start the data again."""


def _by_name(names, values):
    if isinstance(tf.distribute.get_strategy(), tf.distribute.MultiWorkerMirroredStrategy):
        values = values[:, None]  # Keras averages over axis 0 there, which a scalar lacks
    return dict(zip(names, tf.unstack(values), strict=True))
