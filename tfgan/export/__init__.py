"""Trained models as files that other programs read: versioned, verified and documented.

  saved_model   samples by seed, latents, generator and discriminator as signatures, for TF Serving
  keras         the generator alone, generator.keras, for Keras without tfgan
  litert        the generator alone, generator.tflite, for phones and browsers
  onnx          the generator alone, generator.onnx

An export is a folder DIR/1, DIR/2, ... that appears whole or not at all, and only after what was
written has been read back and reproduces the model's samples. Each holds `model_card.md`, a picture
of samples that were not selected, `samples.png`, and `assets.extra/tfgan.json` for programs.
"""

from tfgan import choices
from tfgan.export.generator_files import keras_file, litert_file, onnx_file
from tfgan.export.metadata import TrainingDetails
from tfgan.export.saved_model import saved_model
from tfgan.export.verification import MismatchError

_FUNCTIONS = (saved_model, keras_file, litert_file, onnx_file)
FORMATS = dict(zip(choices.EXPORT_FORMATS, _FUNCTIONS, strict=True))

__all__ = [
    "FORMATS", "MismatchError", "TrainingDetails", "keras_file", "litert_file", "onnx_file",
    "saved_model",
]  # fmt: skip
