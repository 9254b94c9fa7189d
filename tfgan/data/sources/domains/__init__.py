"""Two domains A and B in files: `pairs:` of images that belong together, and `unpaired:` ones."""

from tfgan.data.sources.domains.arrays import open_arrays
from tfgan.data.sources.domains.folders import open_pairs, open_unpaired
from tfgan.data.sources.domains.tfds import open_dataset

__all__ = ["open_arrays", "open_dataset", "open_pairs", "open_unpaired"]
