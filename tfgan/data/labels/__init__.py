"""Labels of examples: classes, files that name labels, and folders that mean classes."""
