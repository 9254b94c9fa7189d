"""What one trained model can do: code, samples, likelihood, speed. Dicts that JSON can hold."""

import dataclasses
import time

import numpy as np

from tfgan import evaluation
from tfgan.studies.families import probe

_MOST_REAL = 10_000


@dataclasses.dataclass(frozen=True)
class Examples:
    """The real side of every comparison, read once.

    Attributes:
      training, held_out: dict batches in NumPy of gray images, `data` and `label` if there is one.
      binary_held_out: uint8, the held-out images in black and white, drawn once: the likelihoods of
        all models are about these.
      evaluators: dict of `evaluation.Evaluator` by what its images are: "as stored", and "black and
        white" where pixels are drawn with the probability of their gray.
      raw: `probe.Probe` of the pixels themselves, or None without labels.
      count: int, samples of a model, and held-out examples in their place.
    """

    training: dict
    held_out: dict
    binary_held_out: np.ndarray
    evaluators: dict
    raw: probe.Probe | None
    count: int


def read(source, binary, extractor, *, count, seed):
    """Reads the real examples.

    Args:
      source, binary: `data.Source` of images, and the same in black and white.
      extractor: `extractors.Extractor`, or None.
      count: int, the most samples and held-out examples.
      seed: int, of the draws of metrics.
    Returns: Examples.
    Raises: ValueError, if the source has no held-out examples.
    """
    if source.held_out is None:
        raise ValueError(f"Families are compared on held-out examples; {source.name} has none.")
    count = min(count, source.held_out.count)
    sources = {"as stored": source, "black and white": binary}
    options = {"count": max(_MOST_REAL, count), "seed": seed}
    evaluators = {
        kind: evaluation.Evaluator(each, extractor, _metrics(extractor, kind), **options)
        for kind, each in sources.items()
    }
    training, held_out = _first(source, _MOST_REAL), _first(source.held_out, count)
    has_labels = "label" in training
    return Examples(
        training=training,
        held_out=held_out,
        binary_held_out=_first(binary.held_out, count)["data"],
        evaluators=evaluators,
        raw=_probe(training, held_out, lambda data: data) if has_labels else None,
        count=count,
    )


def reference(examples):
    """What held-out real examples score in place of samples: dict like `model`'s, where it can."""
    found = {
        kind: _figures(evaluator, evaluator.held_out.first(examples.count))
        for kind, evaluator in examples.evaluators.items()
    }
    return {"abstraction": _told(examples.raw, None), "samples": found}


def model(trained, examples, *, seed):
    """Everything that is measured of one model.

    Args:
      trained: `models.GenerativeModel`.
      examples: Examples.
      seed: int, of samples and likelihoods.
    Returns: (dict that JSON can hold, uint8 samples `[count, height, width, channels]`).
    """
    samples, sampling = _sample(trained, examples.count, seed)
    found = {
        "abstraction": _abstraction(trained, examples),
        "log_prob": _log_prob(trained, examples.binary_held_out, seed),
        "sampling": sampling,
        "samples": _rate(samples, examples, seed),
    }
    return found, samples


def _abstraction(trained, examples):
    """The linear probe of the code, or the model's sentence why it has none."""
    try:
        trained.encode(examples.held_out["data"][:1])
    except ValueError as error:
        return {"sentence": str(error)}
    if examples.raw is None:
        return {"sentence": "The data have no labels that could be read from a code."}
    return _told(_probe(examples.training, examples.held_out, trained.encode), examples.raw)


def _probe(training, held_out, encode):
    codes, held_out_codes = encode(training["data"]), encode(held_out["data"])
    return probe.run(codes, training["label"], held_out_codes, held_out["label"])


def _told(found, raw):
    if found is None:
        return {"sentence": "The data have no labels that could be read from pixels."}
    told = {
        "accuracy": found.accuracy,
        "standard_error": found.standard_error,
        "count": len(found.right),
        "dimensions": found.dimensions,
    }
    if raw is not None:
        told["gain_over_pixels"], told["gain_error"] = found.gain_over(raw)
    return told


def _log_prob(trained, images, seed):
    """The log-likelihood of held-out images, or the model's sentence why it has none."""
    began = time.perf_counter()
    try:
        found = trained.log_prob(images, seed=seed)
    except ValueError as error:
        return {"sentence": str(error)}
    return {
        "nats": found.mean,
        "standard_error": found.standard_error,
        "shared_error": found.shared_error,
        "kind": found.kind,
        "count": len(images),
        "bits_per_dimension": found.bits_per_dimension(images[0].size),
        "seconds": time.perf_counter() - began,
    }


def _sample(trained, count, seed):
    trained.sample(1, seed=seed)  # traced and compiled before the clock runs
    began, began_cpu = time.perf_counter(), time.process_time()
    samples = trained.sample(count, seed=seed)["data"]
    seconds, cpu = time.perf_counter() - began, time.process_time() - began_cpu
    return samples, {
        "count": count,
        "ms_per_1000": 1e6 * seconds / count,
        "cpu_ms_per_1000": 1e6 * cpu / count,
        "sequential_passes": trained.sampling_steps,
    }


def _rate(samples, examples, seed):
    draw = np.random.default_rng(seed).integers(255, size=samples.shape, dtype=np.uint8)
    shown = {
        "as stored": samples,
        "black and white": np.where(draw < samples, np.uint8(255), np.uint8(0)),
    }
    return {
        kind: _figures(evaluator, _collected(shown[kind], evaluator))
        for kind, evaluator in examples.evaluators.items()
    }


def _collected(data, evaluator):
    batches = [{"data": data}]
    keep = evaluator.extractor is None
    return evaluation.collect("samples", batches, evaluator.extractor, len(data), keep_data=keep)


def _figures(evaluator, fake):
    return {
        figure.name: {
            "value": float(figure.value),
            "standard_error": figure.standard_error,
            "better": figure.better,
            "of": figure.details.get("of"),
        }
        for figure in (result.score for result in evaluator.compare(fake))
    }


def _metrics(extractor, kind):
    if extractor is None:
        return ["swd"]
    has_classes = extractor.classes and kind == "as stored"
    return ["fd", "pr", *(["is", "modes"] if has_classes else [])]


def _first(source, count):
    batches = list(source.examples(count))
    return {name: np.concatenate([batch[name] for batch in batches]) for name in batches[0]}
