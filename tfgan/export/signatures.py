"""The functions of an exported model, each row for itself.

  serving_default   seed, truncation, label and other conditions -> data; the conditions
  latent            the same inputs -> the prior's values; label
  generate          the generator's inputs -> data
  encode            the numbers of the data -> the prior's values
  discriminate      the numbers of the data, label -> logits
  translate         seed, source -> data, for images of any size, see `translation`

Data are image and png_bytes; video and png_bytes, its frames from left to right; symbols and text;
point; or array and png_bytes, its heat map: what `Modality.output_tensors` returns.

Every input and output has a leading dimension of rows. A row is computed in a pass of one size,
padded with copies, so that it does not depend on the number of rows.
"""

import math

import tensorflow as tf

from tfgan import layers, rng
from tfgan.export import translation
from tfgan.models import ema, network_calls, sampling


def of_model(model):
    """The signatures of a `GenerativeModel`: dict of `tf.function` by name."""
    network = model.sampling_network()
    if network is None:
        functions = {"serving_default": _sample_by_draw(model)}
    else:
        network = ema.averaged_copy(network)
        functions = {
            "serving_default": _sample(model, network),
            "latent": _signature(_sampling_specs(model), lambda rows: _latents(model, rows)),
            "generate": _generate(model, network),
        } | _encode(model)
    functions |= translation.of_model(model)
    critic = model.discriminator_network()
    if critic is not None and _is_row_wise_critic(critic):
        functions["discriminate"] = _discriminate(model, ema.averaged_copy(critic))
    return functions


def _sample(model, network):
    """Samples of a model whose network makes them in one pass: `latent`, and then `generate`."""

    def sample(rows):
        inputs = _latents(model, rows)
        entries = inputs | {name: rows[name] for name in model.condition_modalities}  # raw
        return _data(model, network, inputs) | {n: entries[n] for n in model.sampled_conditions}

    return _signature(_sampling_specs(model), sample)


def _sample_by_draw(model):
    def draw(rows):
        rows = dict(rows)
        seeds = rng.fold(sampling.stream(rows.pop("seed")), 0)
        return model.draw(seeds, **rows)

    def sample(rows):
        outputs = in_passes(draw, model.served_batch_size, _checked(rows, model, -1))
        return model.modality.output_tensors(outputs.pop("data")) | outputs

    return _signature(_sampling_specs(model), sample)


def _latents(model, rows):
    rows = dict(_checked(rows, model, -1))
    return model.latents(rng.fold(sampling.stream(rows.pop("seed")), 0), **rows)


def _generate(model, network):
    specs = {x.name: _spec(x.name, x.shape[1:], x.dtype) for x in network.inputs}
    return _signature(specs, lambda rows: _data(model, network, _checked(rows, model, 0)))


def _data(model, network, inputs):
    """The data that a network makes of its inputs: dict of tensors by name."""

    def generate(rows):
        data = network_calls.call_network(network, rows, training=False)
        return {"data": model.modality.to_raw(data)}

    inputs = {name: inputs[name] for name in network_calls.input_names(network)}
    outputs = in_passes(generate, model.served_batch_size, inputs)
    return model.modality.output_tensors(outputs["data"])


def _encode(model):
    """The signature of the encoder by name; {} for a model without one."""
    if not model.has_encoder:
        return {}
    field, spec = _raw_data(model)

    def encode(rows):
        return in_passes(lambda part: model.encoded(part[field]), model.served_batch_size, rows)

    return {"encode": _signature({field: spec}, encode)}


def _raw_data(model):
    """The name and the `tf.TensorSpec` of raw data as an input."""
    modality = model.modality
    shape = modality.raw_shape(model.sample_shape)
    return modality.output_name, _spec(modality.output_name, shape, tf.as_dtype(modality.dtype))


def _discriminate(model, network):
    modality, (field, spec) = model.modality, _raw_data(model)
    specs = {field: spec}
    for tensor in network.inputs:
        if tensor.name != "data":
            specs[tensor.name] = _spec(tensor.name, tensor.shape[1:], tensor.dtype)

    def logits(rows):
        data = {"data": modality.to_float(rows[field])}
        outputs = network_calls.call_network(network, rows | data, training=False)
        return {"logits": tf.reshape(tf.cast(outputs, tf.float32), [-1])}

    def discriminate(rows):
        return in_passes(logits, model.served_batch_size, _checked(rows, model, 0))

    return _signature(specs, discriminate)


def _is_row_wise_critic(network):
    """Whether a network returns one logit per example of data, from that example alone."""
    has_one_output = not isinstance(network.output, dict | list)
    is_one_logit = has_one_output and math.prod(_sizes(network.output.shape)) == 1
    return (
        "data" in network_calls.input_names(network)
        and is_one_logit
        and not layers.compares_rows(network)
    )


def _sizes(shape):
    """The sizes of an example's output, 0 for any: tuple."""
    return tuple(size or 0 for size in shape[1:])


def _sampling_specs(model):
    specs = {"seed": _spec("seed", (), tf.int64)}
    if sampling.truncation_range(model.prior):
        specs["truncation"] = _spec("truncation", (), tf.float32)
    if model.classes:
        specs["label"] = _spec("label", (), tf.int32)
    return specs | {n: _spec(n, x.shape, x.dtype) for n, x in model.condition_specs.items()}


def _spec(name, shape, dtype):
    return tf.TensorSpec((None, *shape), dtype, name)


def _signature(specs, body):
    """A `tf.function` of named rows: body, dict of tensors -> dict of tensors."""

    @tf.function(autograph=False, input_signature=list(specs.values()))
    def call(*values):
        return body(dict(zip(specs, values, strict=True)))

    return call


def in_passes(body, size, rows):
    """The outputs of a function, computed in passes of one fixed size, in TensorFlow.

    Args:
      body: function, dict of tensors `[size, ...]` -> dict of tensors `[size, ...]`.
      rows: dict of tensors `[n, ...]`, as the result.

    >>> x = tf.constant([1.0, 2.0, 3.0])
    >>> in_passes(lambda rows: {"y": 2.0 * rows["x"]}, 2, {"x": x})["y"].numpy().tolist()
    [2.0, 4.0, 6.0]
    """
    count = tf.shape(next(iter(rows.values())))[0]
    passes = (count + size - 1) // size
    numbers = tf.minimum(tf.range(passes * size), count - 1)  # the last row is the padding
    padded = {
        name: tf.reshape(tf.gather(values, numbers), (passes, size, *values.shape[1:]))
        for name, values in rows.items()
    }
    body = tf.function(body, autograph=False)
    specs = {name: tf.TensorSpec((size, *x.shape[2:]), x.dtype) for name, x in padded.items()}
    outputs = tf.nest.map_structure(
        lambda x: tf.TensorSpec(x.shape, x.dtype),
        body.get_concrete_function(specs).structured_outputs,
    )
    parts = tf.map_fn(body, padded, fn_output_signature=outputs)
    return {
        name: tf.reshape(values, (passes * size, *values.shape[2:]))[:count]
        for name, values in parts.items()
    }


def _checked(rows, model, first_label):
    """The rows, if their labels, truncations and numbers are valid: else the graph's error."""
    counts = [tf.shape(values)[0] for values in rows.values()]
    sentence = f"{', '.join(rows)} must have the same number of rows."
    checks = [tf.debugging.assert_equal(count, counts[0], sentence) for count in counts[1:]]

    def check(is_valid, sentence):
        checks.append(tf.debugging.Assert(tf.reduce_all(is_valid), [sentence]))

    if "label" in rows:
        label, last = rows["label"], model.classes - 1
        check((label >= first_label) & (label <= last), f"label must be {first_label} to {last}.")
    if "truncation" in rows:
        low, high = model.prior.truncation_range
        cut = rows["truncation"]
        sentence = f"truncation must be 0, for none, or above {low:g} and up to {high:g}."
        check((cut == 0.0) | ((cut > low) & (cut <= high)), sentence)
    if first_label < 0:  # the generator's own inputs are not raw
        checks += translation.class_checks(rows, model.condition_modalities)
    with tf.control_dependencies([check for check in checks if check is not None]):
        return {name: tf.identity(values) for name, values in rows.items()}
