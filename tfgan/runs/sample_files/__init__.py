"""Files of samples: which seeds, and in which format."""
