"""A SavedModel over HTTP, in the REST form of TensorFlow Serving, with a page to try it."""
