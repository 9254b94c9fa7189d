"""What the loops of Keras ask of a model: `fit`, `evaluate` and their steps on one batch."""

import abc
import contextlib

import keras
import tensorflow as tf

from tfgan import modalities, replicas, rng
from tfgan.models import batches, evaluation_mode


class Loops(keras.Model, abc.ABC):
    """A model for the loops of Keras. The figures of

      a step         are means over its examples,
      an epoch       are means over its steps, as in History,
      an evaluation  are means over all its examples: the losses with the weights in training, while
                     nothing moves, neither weights nor the step nor statistics of layers.

    Attributes:
      sample_shape: tuple, of one example as networks see it, see `modality`.
      classes: int, the number of labels, or None for an unconditional model.
      discriminator_steps: int, k; a step takes k times the examples of a batch. 1 where nobody
        discriminates.
      lowest_label: int, -1 where the label of an example may be unknown, else 0.
      state_variables: sequence of `tf.Variable` that computing a loss may move; after an evaluation
        they are as they were.
    """

    lowest_label = 0
    state_variables = ()
    named_modality = None  # where a constructor was told the kind of data
    discriminator_steps = 1
    _length_is_known = True
    _judges = False

    @property
    def modality(self):
        """The `Modality` of the data; where the constructor was not told, what the shape says."""
        return self.named_modality or modalities.of_shape(self.sample_shape)

    @abc.abstractmethod
    def train_step(self, batch):
        """One update on a batch; returns what `report` makes of the scalars to log."""

    @abc.abstractmethod
    def figures(self, batch, mode):
        """The losses of a batch, as `train_step` logs them.

        Args:
          batch: dict, see `batches.from_keras`.
          mode: `evaluation_mode.Mode`.
        Returns: dict of float32 scalars, means over this replica's batch.
        """

    def fit(self, x=None, y=None, *args, shuffle=None, **options):
        """Keras' `fit`; the figures of an epoch, as in its History, are means over its steps.

        Args:
          x: what `batches.from_keras` reads: arrays, `tf.data` of dicts, tensors or tuples with or
            without partial last batches, a PyDataset, or a Python generator.
          y: labels `[n]`, integers or one-hot rows, for a conditional model; None otherwise.
          shuffle: bool; by default arrays are shuffled anew in each epoch, as are the batches of a
            PyDataset; other data keep their order.
          *args, **options: as of `keras.Model.fit`.
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
            shuffle = batches.has_no_order(x)
        return super().fit(batches.in_tuples(x), y, *args, shuffle=shuffle, **options)

    def evaluate(self, x=None, y=None, *args, **options):
        """The losses of held-out data, means over all examples; see the class.

        The draws (noise, latents) are those of the model's seed and the number of the batch, so
        that two evaluations of one state agree.

        Args:
          x, y: as of `fit`.
          *args, **options: as of `keras.Model.evaluate`.
        Returns: list of float, in the alphabetical order of the names, or the only one; dict with
          `return_dict=True`.
        Raises: ValueError for data that the model cannot take.
        """
        batches.refuse_weights(**options)
        if not options.get("_use_cached_eval_dataset"):  # else `fit` has done it
            self._check(x, y)
        with self._unmoved():
            return super().evaluate(batches.in_tuples(x), y, *args, **options)

    def test_on_batch(self, *args, **options):
        """The losses of one batch, as `evaluate`; the arguments are Keras'."""
        with self._unmoved():
            return super().test_on_batch(*args, **options)

    def test_step(self, batch):
        """The losses of a batch; the hook of `evaluate`.

        Args:
          batch: what `batches.from_keras` reads.
        Returns: dict of float32 scalars.
        """
        batch = self.as_batch(batch)
        logs = self.figures(batch, evaluation_mode.judging(self.seed, self._judged.batches))
        count = tf.cast(rng.count(batch["data"]), tf.float32)
        whole = replicas.total(count)
        # A replica may have fewer examples of a last batch than another, or none.
        sums = tf.math.multiply_no_nan(tf.stack(list(logs.values())), count)
        means = replicas.total(sums) / whole
        self._judged.add(list(logs), means, whole)
        return _by_name(list(logs), means)

    def report(self, logs):
        """What `train_step` returns: means over the global batch.

        Args:
          logs: dict of float32 scalars, means over this replica's batch.
        Returns: dict of float32 scalars, of shape `[1]` under `MultiWorkerMirroredStrategy`.
        """
        means = replicas.mean(tf.stack(list(logs.values())))
        self._learned.add(list(logs), means)
        return _by_name(list(logs), means)

    def as_batch(self, data):
        """What a step receives as a dict batch, see `batches.from_keras`.

        Of a batch to learn from each replica gets as many examples, see `batches.evenly`.
        """
        batch = batches.from_keras(
            data, self.sample_shape, self.modality, self.classes, self.lowest_label
        )
        return batch if self._judges else batches.evenly(batch, self.discriminator_steps)

    def as_raw(self, data):
        """The examples of what a step receives as raw data, such as uint8 images."""
        examples = self.as_batch(data)["data"]
        is_raw = examples.dtype.name == self.modality.dtype
        return examples if is_raw else self.modality.to_raw(examples)

    def reset_metrics(self):
        """Keras' hook at the beginning of an epoch and of an evaluation."""
        for means in self._means:
            means.reset()

    def get_metrics_result(self):
        """The means since then, by which Keras replaces the figures of its last step."""
        return self._learned.read() | self._judged.read()

    def make_train_function(self, force=False):
        """Keras' hook; data that a step refuses end it in a ValueError."""
        if self.train_function is None or force:
            super().make_train_function(force)
            self.train_function = self._stepping(self.train_function)
        return self.train_function

    def make_test_function(self, force=False):
        """Keras' hook, as `make_train_function`."""
        if self.test_function is None or force:
            super().make_test_function(force)
            self.test_function = batches.refusing()(self.test_function)
        return self.test_function

    def make_predict_function(self, force=False):
        """Raises ValueError: `predict` could mean several things."""
        raise ValueError(
            f"{type(self).__name__} has no predict: sample(count) makes data, generate(inputs) "
            "maps latents to data, encode(data) data to latents, and each network has a predict of "
            "its own."
        )

    def _check(self, x, y):
        batches.check_arrays(x, y, self.modality, self.classes, self.lowest_label)

    @property
    def _learned(self):
        return self._means[0]

    @property
    def _judged(self):
        return self._means[1]

    def _begin_means(self):
        """Called by `compile`."""
        # In a tuple, so that neither Keras nor a checkpoint takes them for a part of the model.
        self._means = (evaluation_mode.Means(), evaluation_mode.Means())

    def _stepping(self, function):
        @batches.refusing()
        def step(data):
            if not self._length_is_known and self.steps_per_execution == 1:
                # Else what needs no data, such as counters, would move once more at their end.
                data = [next(data)]
            return function(data)

        return step

    @contextlib.contextmanager
    def _unmoved(self):
        before = [(variable, tf.convert_to_tensor(variable)) for variable in self.state_variables]
        self._judges = True
        try:
            yield
        finally:
            self._judges = False
            for variable, value in before:
                variable.assign(value)

    def _maybe_symbolic_build(self, iterator=None, data_batch=None):
        """Keras' hook to build a model from its first batch, when it trains under a strategy.

        The models here are built already, and reading a batch costs a second start of the data.
        """


def _by_name(names, values):
    if isinstance(tf.distribute.get_strategy(), tf.distribute.MultiWorkerMirroredStrategy):
        values = values[:, None]  # Keras averages over axis 0 there, which a scalar lacks
    return dict(zip(names, tf.unstack(values), strict=True))
