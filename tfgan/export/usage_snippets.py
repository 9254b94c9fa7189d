"""The code in a model card that shows how the written files are used."""

from tfgan import words

_SAVED_MODEL = """\
Sample 0 of seed 7{notes}:

```python
import tensorflow as tf

model = tf.saved_model.load("DIR/1")
outputs = model.signatures["serving_default"]({arguments})
```

From the command line:

    saved_model_cli run --dir DIR/1 --tag_set serve --signature_def serving_default \\
      --input_exprs '{expressions}'

With TF Serving, over REST:

    tensorflow_model_server --rest_api_port=8501 --model_name={name} --model_base_path=$PWD/DIR
    curl -d '{{"instances": [{instance}]}}' localhost:8501/v1/models/{name}:predict

The signatures are {names}; `saved_model_cli show --dir DIR/1 --all` lists their inputs.
"""

_TRANSLATIONS = """
An image of any size becomes its translation:

```python
import tensorflow as tf

model = tf.saved_model.load("DIR/1")
source = tf.io.decode_png(tf.io.read_file("source.png"), channels={channels})
outputs = model.signatures["translate"](seed=tf.constant([7], tf.int64), source=source[None])
tf.io.write_file("translation.png", outputs["png_bytes"][0])
```

Sources are {sources}. The rows of one call have one size.{back} `tfgan serve --model=DIR` takes the
files themselves, PNG or JPEG in base64, and has a page on which sources are drawn:

    curl -d '{{"signature_name": "translate", "instances": [{{"source": {{"b64": "..."}}}}],
      "output_filter": ["png_bytes"]}}' localhost:8501/v1/models/{name}:predict
"""

_INPUTS = {
    "seed": ("tf.constant([7], tf.int64)", "seed=[7]", '"seed": 7'),
    "truncation": ("tf.constant([0.0])", "truncation=[0.0]", '"truncation": 0.0'),
    "label": ("tf.constant([-1])", "label=[-1]", '"label": -1'),
}
_NOTES = {"truncation": "no truncation is 0", "label": "a label of its own is -1"}

_GENERATOR = {
    "keras": """\
Keras reads it without tfgan; data are float32, images in [-1, 1], whose pixels are 127.5 (x + 1):

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


def of_saved_model(functions, recipe):
    """The text for a SavedModel.

    Args:
      functions: dict of `tf.function` by name, its signatures.
      recipe: str, the name of the model on a server.
    """
    specs = functions["serving_default"].input_signature
    inputs = [spec.name for spec in specs]
    code, expressions, instance = zip(*map(_example, specs), strict=True)
    notes = [_NOTES[name] for name in inputs if name in _NOTES]
    is_drawn = set(inputs) <= set(_INPUTS)
    drawn = ", as `tfgan sample --seed=7 --count=1` draws it" if is_drawn else ""
    return _SAVED_MODEL.format(
        name=words.slug(recipe),
        notes=drawn + (f" ({', '.join(notes)})" if notes else ""),
        arguments=", ".join(f"{name}={each}" for name, each in zip(inputs, code, strict=True)),
        expressions=";".join(expressions),
        instance="{" + ", ".join(instance) + "}",
        names=", ".join(f"`{name}`" for name in functions),
    )


def of_translations(functions, model, recipe):
    """The text for a SavedModel that translates images; "" without a function `translate`."""
    if "translate" not in functions:
        return ""
    source = model.condition_modalities["source"]
    shape = model.condition_specs["source"].shape
    return _TRANSLATIONS.format(
        channels=shape[-1],
        sources=_raw_form(source, tuple(shape)),
        back=" `translate_back` is the other direction." if "translate_back" in functions else "",
        name=words.slug(recipe),
    )


def _raw_form(modality, raw_shape):
    """The raw data of a modality in words."""
    if modality.kind == "masks":
        classes = ", ".join(f"{i} {name}" for i, name in enumerate(modality.class_names))
        return f"masks whose pixels are the numbers of their classes ({classes})"
    return f"uint8 {modality.describe(raw_shape)} in training"


def _network_form(modality):
    """The network inputs of a modality in words."""
    if modality.kind == "masks":
        return f"one-hot in the order {', '.join(modality.class_names)}"
    return "in [-1, 1]" if modality.kind in ("images", "videos") else "as networks take it"


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


def of_generator(kind, network, modality, conditions):
    """The text for a generator in a file.

    Args:
      kind: "keras", "litert" or "onnx".
      network: `keras.Model`.
      modality: `Modality` of its data.
      conditions: dict of the `Modality` of each input that has one.
    """
    names = [tensor.name for tensor in network.inputs]
    shapes = ", ".join(
        f"`{x.name}` {x.dtype} `{['n', *x.shape[1:]]}`".replace("'", "") for x in network.inputs
    )
    raw_shape = ", ".join(map(str, modality.raw_shape(network.output_shape[1:])))
    form = f"{modality.dtype} `{modality.output_name}` `[n, {raw_shape}]`"
    text = _GENERATOR[kind].format(
        inputs=", ".join(f'"{name}": {name}' for name in names),
        keywords=", ".join(f"{name}={name}" for name in names),
        output=modality.output_name,
        summary=f"It makes {form} of {shapes}:",
    ) + f"\nThe inputs are {shapes}.\n" * (kind == "keras")
    for name, each in conditions.items():
        text += f"\n`{name}` is what networks take of {each.kind}, {_network_form(each)}.\n"
    if "noise" in names:
        text += "\n`noise` is the seed of the dropout of each row: two numbers of your choice.\n"
    return text
