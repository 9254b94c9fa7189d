"""A SavedModel for TF Serving, `tf.saved_model.load` and all that reads the format."""

import numpy as np
import tensorflow as tf

from tfgan.export import metadata as telling
from tfgan.export import signatures, usage_snippets, verification, versions


def saved_model(model, directory, about):
    """Writes the next version of a SavedModel, once it has proved to make the model's samples.

    Args:
      model: `GenerativeModel`.
      directory: str, local or remote.
      about: `About`.
    Returns: str, the path of the version.
    Raises: MismatchError, a ValueError, if the written model makes other samples; ValueError, if
      the last weights of a model that computes in half precision are asked for.
    """
    verification.check_precision(model)
    calls = signatures.of_model(model)

    def write(part):
        _save(calls, part)
        _compare(part, model)
        text = usage_snippets.of_saved_model(calls)
        telling.write(part, model, about, clients=text)

    return versions.publish(directory, write)


def _save(calls, path):
    concrete = {name: call.get_concrete_function() for name, call in calls.items()}
    module = tf.Module()
    # What the graphs read, and nothing of the training beside it.
    module.weights = list({id(v): v for each in concrete.values() for v in each.variables}.values())
    tf.saved_model.save(module, path, signatures=concrete)
    if not tf.io.gfile.listdir(f"{path}/assets"):
        tf.io.gfile.rmtree(f"{path}/assets")  # an object store may not keep an empty folder


def _compare(path, model):
    """Raises ValueError unless the written model makes the samples of the model."""
    loaded = tf.saved_model.load(path)
    served = loaded.signatures["serving_default"]
    for asked in verification.requests(model):
        rows = {name: value[None] for name, value in _typed(asked).items()}
        wanted = verification.sample(model, asked)
        made = served(**_known(rows, served))
        data = made[model.modality.output_name].numpy()
        what = f"seed {asked['seed']}"
        verification.check_equal(data, wanted["data"], what, model.modality, levels=0)
        if "label" in wanted and not np.array_equal(made["label"], wanted["label"]):
            raise verification.MismatchError(
                f"The written model gives seed {asked['seed']} another label than the run; nothing "
                "was published."
            )


def _typed(asked):
    """A request as the signature takes it: dict of tensors of one example."""
    known = {
        "seed": tf.constant(asked["seed"], tf.int64),
        "label": tf.constant(-1 if asked["label"] is None else asked["label"], tf.int32),
        "truncation": tf.constant(asked["truncation"] or 0.0, tf.float32),
    }
    return {name: known[name] if name in known else tf.constant(asked[name]) for name in asked}


def _known(rows, served):
    taken = served.structured_input_signature[1]
    return {name: value for name, value in rows.items() if name in taken}
