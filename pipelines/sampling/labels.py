"""`--label`: a class by its name or its number."""


def number(text, classes, class_names):
    """The number of the class that a text names.

    Args:
      text: str, a name or a number; "" for no class.
      classes: int, of the model; None if it takes no labels.
      class_names: sequence of str, those of the data; a name goes before a number.
    Returns: int, or None for no class.
    Raises: ValueError for another text.
    """
    from tfgan.data import classes as classes_

    if not text:
        return None
    if not classes:
        raise ValueError(f"label {text} was asked for, but the model takes no labels.")
    has_names = len(class_names) == classes
    return classes_.number(text, class_names if has_names else list(map(str, range(classes))))
