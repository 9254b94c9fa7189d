"""A SavedModel for TF Serving, `tf.saved_model.load` and all that reads the format."""

import tensorflow as tf

from tfgan.export import (
    model_card,
    signatures,
    source_pictures,
    usage_snippets,
    verification,
    versions,
)


def saved_model(model, directory, details):
    """Writes the next version of a SavedModel, once it makes the model's samples.

    Args:
      model: `GenerativeModel`.
      directory: str, local or remote.
      details: `TrainingDetails`.
    Returns: str, the path of the version.
    Raises: MismatchError for other samples; ValueError for last weights in half precision.
    """
    verification.check_precision(model)
    functions = signatures.of_model(model)

    def write(folder):
        _save(functions, folder)
        loaded = tf.saved_model.load(folder)
        signature = loaded.signatures["serving_default"]

        def sample(request):
            outputs = signature(**_inputs(request, signature.structured_input_signature[1]))
            label = outputs["label"].numpy() if "label" in outputs else None
            return outputs[model.modality.output_name].numpy(), label

        def translate(name, source, seed):
            inputs = {"seed": tf.constant([seed], tf.int64), "source": tf.constant(source[None])}
            outputs = loaded.signatures[name](**inputs)
            return {output: values.numpy() for output, values in outputs.items()}

        verification.check_samples(model, sample, levels=1)  # passes of another size
        verification.check_translations(model, translate)
        usage = usage_snippets.of_translations(functions, model, details.recipe)
        usage += usage_snippets.of_saved_model(functions, details.recipe)
        model_card.write(folder, model, details, usage)
        source_pictures.write(folder, model, details.conditions)

    return versions.publish(directory, write)


def _save(functions, path):
    concrete = {name: each.get_concrete_function() for name, each in functions.items()}
    module = tf.Module()
    # What the graphs read, and nothing else of the training state.
    module.weights = list({id(v): v for each in concrete.values() for v in each.variables}.values())
    tf.saved_model.save(module, path, signatures=concrete)
    if not tf.io.gfile.listdir(f"{path}/assets"):
        tf.io.gfile.rmtree(f"{path}/assets")  # an object store may not keep an empty folder


def _inputs(request, specs):
    label, truncation = request["label"], request["truncation"]
    values = request | {"label": -1 if label is None else label, "truncation": truncation or 0.0}
    return {name: tf.constant(values[name], spec.dtype)[None] for name, spec in specs.items()}
