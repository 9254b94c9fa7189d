"""The code in a model card that shows how the written files are used."""

_SAVED_MODEL = """\
Sample 0 of seed 7, as `tfgan sample --seed=7 --count=1` draws it{notes}:

```python
import tensorflow as tf

model = tf.saved_model.load("DIR/1")
outputs = model.signatures["serving_default"]({arguments})
```

From the command line:

    saved_model_cli run --dir DIR/1 --tag_set serve --signature_def serving_default \\
      --input_exprs '{expressions}'

With TF Serving, over REST:

    tensorflow_model_server --rest_api_port=8501 --model_name=gan --model_base_path=$PWD/DIR
    curl -d '{{"instances": [{instance}]}}' localhost:8501/v1/models/gan:predict

The signatures are {names}; `saved_model_cli show --dir DIR/1 --all` lists their inputs.
"""

_INPUTS = {
    "seed": ("tf.constant([7], tf.int64)", "seed=[7]", '"seed": 7'),
    "truncation": ("tf.constant([0.0])", "truncation=[0.0]", '"truncation": 0.0'),
    "label": ("tf.constant([-1])", "label=[-1]", '"label": -1'),
}
_NOTES = {"truncation": "no truncation is 0", "label": "a label of its own is -1"}

_GENERATOR = {
    "keras": """\
Keras reads it without tfgan; data are float32, images in [-1, 1]:

```python
import keras

network = keras.saving.load_model("DIR/1/generator.keras")
data = network({{{inputs}}})
```
""",
    "litert": """\
{summary}

```python
from ai_edge_litert.interpreter import Interpreter

run = Interpreter("DIR/1/generator.tflite").get_signature_runner()
data = run({keywords})["{output}"]
```
""",
    "onnx": """\
{summary}

```python
import onnxruntime

session = onnxruntime.InferenceSession("DIR/1/generator.onnx")
[data] = session.run(["{output}"], {{{inputs}}})
```
""",
}


def of_saved_model(functions):
    """The text for a SavedModel with these signatures, dict of `tf.function` by name."""
    specs = functions["serving_default"].input_signature
    inputs = [spec.name for spec in specs]
    code, expressions, instance = zip(*map(_example, specs), strict=True)
    notes = [_NOTES[name] for name in inputs if name in _NOTES]
    return _SAVED_MODEL.format(
        notes=f" ({', '.join(notes)})" if notes else "",
        arguments=", ".join(f"{name}={each}" for name, each in zip(inputs, code, strict=True)),
        expressions=";".join(expressions),
        instance="{" + ", ".join(instance) + "}",
        names=", ".join(f"`{name}`" for name in functions),
    )


def _example(spec):
    """An input of one row for Python, `saved_model_cli` and JSON: three str."""
    if spec.name in _INPUTS:
        return _INPUTS[spec.name]
    shape = [1, *spec.shape[1:]]
    return (
        f"tf.zeros({shape}, tf.{spec.dtype.name})",
        f"{spec.name}=np.zeros({shape},np.{spec.dtype.name})".replace(" ", ""),
        f'"{spec.name}": ...',
    )


def of_generator(kind, network, modality):
    """The text for a generator in a file: "keras", "litert" or "onnx"."""
    names = [tensor.name for tensor in network.inputs]
    shapes = ", ".join(
        f"`{x.name}` {x.dtype} `{['n', *x.shape[1:]]}`".replace("'", "") for x in network.inputs
    )
    raw_shape = ", ".join(map(str, modality.raw_shape(network.output_shape[1:])))
    form = f"{modality.dtype} `{modality.output_name}` `[n, {raw_shape}]`"
    return _GENERATOR[kind].format(
        inputs=", ".join(f'"{name}": {name}' for name in names),
        keywords=", ".join(f"{name}={name}" for name in names),
        output=modality.output_name,
        summary=f"It makes {form} of {shapes}:",
    ) + f"\nThe inputs are {shapes}.\n" * (kind == "keras")
