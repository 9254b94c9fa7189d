"""`--label`: a class by its name or its number."""

import difflib


def number(text, classes, class_names):
    """The number of the class that a text names.

    Args:
      text: str, a name or a number; "" for no class.
      classes: int, of the model; None if it takes no labels.
      class_names: sequence of str, one per class; a name goes before a number.
    Returns: int, or None for no class.
    Raises: ValueError for another text.
    """
    if not text:
        return None
    if not classes:
        raise ValueError(f"label {text} was asked for, but the model takes no labels.")
    if text in class_names:
        return class_names.index(text)
    if text.isdecimal() and int(text) < classes:
        return int(text)
    names = [name for name in class_names if not name.isdecimal()]
    near = difflib.get_close_matches(text, names, n=3) or names[:3]
    or_name = f", or a class name such as {', '.join(near)}" if near else ""
    raise ValueError(f"label must be 0 to {classes - 1}{or_name}; received {text}.")
