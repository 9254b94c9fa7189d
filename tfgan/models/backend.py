"""The backend of Keras that the models require; importing this module refuses others.

It is imported before Keras, whose own error for a missing backend does not name the solution.
"""

import os


def require_tensorflow():
    """Raises ImportError unless Keras uses TensorFlow."""
    name = os.environ.get("KERAS_BACKEND") or "tensorflow"
    if name == "tensorflow":
        import keras  # its configuration file may name another backend

        name = keras.config.backend()
    if name != "tensorflow":
        raise ImportError(
            f"tfgan trains on Keras' TensorFlow backend; received the backend {name!r}. Set the "
            "environment variable KERAS_BACKEND=tensorflow before Keras is imported."
        )


require_tensorflow()
