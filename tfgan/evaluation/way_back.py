"""The second direction of a model that translates both ways, for an evaluation of its own."""

import tensorflow as tf

from tfgan.data.sources import pairs
from tfgan.models import network_calls, sampling


class WayBack:
    """A model of both directions as one of the way back, as an `Evaluator` takes it.

    The evaluator is of the data in the other direction: `data.open_source(name, direction="BtoA")`.

    Attributes:
      modality: `Modality` of the samples, the sources of the model.
      condition_modalities, condition_specs: as of a `GenerativeModel`, of the data of the model.

    Args:
      model: `GenerativeModel` whose `translation_networks` have both directions.
    Raises: ValueError for a model of one direction.
    """

    classes = category = prior = None
    has_cycle = False

    def __init__(self, model):
        networks = model.translation_networks
        if "BtoA" not in networks:
            raise ValueError(
                f"model must translate in both directions; received a {type(model).__name__} of "
                f"{len(networks) or 'none'}."
            )
        self._network, target = networks["BtoA"], model.modality
        self.modality = model.condition_modalities[pairs.NAME]
        self.condition_modalities = {pairs.NAME: target}
        shape = target.raw_shape(network_calls.input_shapes(self._network)[pairs.NAME])
        self.condition_specs = {pairs.NAME: tf.TensorSpec(shape, target.dtype, pairs.NAME)}

    def sample(self, count, *, source, seed=0, start=0, truncation=None):
        """Translations of raw data of the model, `[count, ...]`, as of `GenerativeModel.sample`."""
        del count, seed, start, truncation  # nothing is drawn
        kind = self.condition_modalities[pairs.NAME]

        def translate(rows, _):
            inputs = {pairs.NAME: kind.to_float(rows)}
            outputs = network_calls.call_for_outputs(self._network, inputs, "data", False)
            return self.modality.to_raw(outputs["data"])

        return {"data": sampling.map_in_batches(translate, source), pairs.NAME: source}
