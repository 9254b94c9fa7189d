"""What a written model is compared with before it is published: the samples of the model itself."""

import numpy as np

from tfgan.models import sampling


class MismatchError(ValueError):
    """What was written makes other samples than the model."""


_SEEDS = (0, 3, 2**40 + 7)


def requests(model):
    """Samples to compare: list of {"seed", "label", "truncation"}, the latter two None for none.

    The other conditions of the model, if it has some, are drawn from U[-1, 1). Models whose samples
    take many passes are asked for two.
    """
    cut = sampling.truncation_range(model.prior)
    last = model.classes - 1 if model.classes else None
    asked = [
        {"seed": _SEEDS[0], "label": None, "truncation": None},
        {"seed": _SEEDS[1], "label": last, "truncation": min(0.5, cut[1]) if cut else None},
        {"seed": _SEEDS[2], "label": last and 0, "truncation": None},
    ]
    for each in asked:
        random = np.random.default_rng(each["seed"])
        for name, spec in model.condition_specs.items():
            drawn = random.uniform(-1.0, 1.0, spec.shape)
            each[name] = drawn.astype(spec.dtype.as_numpy_dtype)
    return asked[: 3 if model.sampling_steps == 1 else 2]


def sample(model, asked):
    """Sample 0 of a request: dict batch of one row."""
    return model.sample(1, **asked)


def check_equal(made, wanted, what, modality, levels):
    """Compares data.

    Args:
      made, wanted: NumPy arrays of raw data.
      what: str, for the error.
      modality: `Modality` of the data.
      levels: int, by how much pixels may differ.
    Raises: ValueError, if they differ by more; floats, as networks see them, by more than 1e-5.
    """
    if wanted.dtype == np.uint8:
        apart = np.abs(made.astype(np.int32) - wanted.astype(np.int32)).max()
        if made.shape == wanted.shape and apart <= levels:
            return
        raise MismatchError(
            f"The written model makes other samples than the run ({what}: up to {apart} levels of "
            "255 apart); nothing was published."
        )
    is_alike = made.shape == wanted.shape and np.allclose(
        modality.to_float(made), modality.to_float(wanted), rtol=1e-5, atol=1e-5
    )
    if not is_alike:
        raise MismatchError(
            f"The written model makes other samples than the run ({what}: up to "
            f"{np.abs(made - wanted).max():g} apart); nothing was published."
        )


def check_precision(model):
    """Raises ValueError for the last weights of networks that compute in half precision."""
    network = model.sampling_network()
    if model.sampling_weights == "last" and network is not None:
        halves = {layer.compute_dtype for layer in network.layers} & {"bfloat16", "float16"}
        if halves:
            raise ValueError(
                f"The last weights compute in {halves.pop()}, and an export computes in float32: "
                "export their running average, which does too."
            )
