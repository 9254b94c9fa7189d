"""The one backend of Keras that the models run on; importing this module refuses others.

It is imported before Keras, which fails in its own words where its backend is not installed.
"""

import os


def require_tensorflow():
    """Raises ImportError unless Keras computes with TensorFlow."""
    name = os.environ.get("KERAS_BACKEND") or "tensorflow"
    if name == "tensorflow":
        import keras  # its own configuration file may name another one

        name = keras.config.backend()
    if name != "tensorflow":
        raise ImportError(
            f"tfgan trains on Keras' TensorFlow backend; received the backend {name!r}. Set the "
            "environment variable KERAS_BACKEND=tensorflow before Keras is imported."
        )


require_tensorflow()
