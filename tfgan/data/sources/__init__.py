"""Data sources: one kind of file, folder or service each, and the base classes that they share."""
