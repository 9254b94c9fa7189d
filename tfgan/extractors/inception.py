"""`inception`."""


def open_inception(weights, resize):
    """To come."""
    raise ValueError("x")
