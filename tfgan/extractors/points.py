"""`points`: data that are points are their own features."""

import numpy as np

from tfgan.extractors.extractor import Features


class Points:
    """An extractor that does nothing, for float32 points `[n, d]`; see `Extractor`."""

    name = "points"
    version = "1"
    sha256 = None
    size = channels = classes = None
    resize = None

    @property
    def identity(self):
        """What makes two numbers comparable: dict that JSON can hold."""
        return {"name": self.name, "version": self.version}

    def __call__(self, data):
        """The points themselves.

        Raises: ValueError for images.
        """
        data = np.asarray(data)
        if data.ndim != 2 or data.dtype.kind != "f":
            raise ValueError(
                f"The extractor points takes float points [n, d]; received {data.dtype.name} "
                f"{list(data.shape)}. Images need another one."
            )
        return Features(data)
