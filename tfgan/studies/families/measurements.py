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
      training: dict batch in NumPy of gray images, `data` and `label` if there are labels.
      held_out: dict batch of the same entries.
      binary_held_out: uint8, the held-out images in black and white, drawn once, for likelihoods.
      evaluators: dict of `evaluation.Evaluator` by the kind of its images: "as stored", and "black
        and white" where each pixel is drawn with its gray as the probability.
      pixel_probe: `probe.Probe` of the pixels themselves, or None without labels.
      count: int, samples of a model, and held-out examples instead.
    """

    training: dict
    held_out: dict
    binary_held_out: np.ndarray
    evaluators: dict
    pixel_probe: probe.Probe | None
    count: int


def read(source, binary, extractor, *, count, seed):
    """Reads the real examples: Examples.

    Args:
      source: `data.Source` of images.
      binary: `data.Source`, the same images in black and white.
      extractor: `extractors.Extractor`, or None.
      count: int, the most samples and held-out examples.
      seed: int, of the draws of metrics.
    """
    if source.held_out is None:
        raise ValueError(f"Families are compared on held-out examples; {source.name} has none.")
    count = min(count, source.held_out.count)
    options = {"count": max(_MOST_REAL, count), "seed": seed}
    training, held_out = _first(source, _MOST_REAL), _first(source.held_out, count)
    return Examples(
        training=training,
        held_out=held_out,
        binary_held_out=_first(binary.held_out, count)["data"],
        evaluators={
            kind: evaluation.Evaluator(each, extractor, _metrics(extractor, kind), **options)
            for kind, each in (("as stored", source), ("black and white", binary))
        },
        pixel_probe=_probe(training, held_out, lambda data: data) if "label" in training else None,
        count=count,
    )


def reference(examples):
    """Scores of held-out real examples instead of samples: dict like `measure`'s, where it can."""
    abstraction = {"sentence": "The data have no labels that could be read from pixels."}
    if examples.pixel_probe:
        abstraction = _accuracy(examples.pixel_probe)
    samples = {
        kind: _scores(evaluator, evaluator.held_out.first(examples.count))
        for kind, evaluator in examples.evaluators.items()
    }
    return {"abstraction": abstraction, "samples": samples}


def measure(model, examples, *, seed):
    """What is measured of a `GenerativeModel`: (dict for JSON, uint8 `[count, h, w, channels]`).

    `seed` is that of samples and likelihoods.
    """
    samples, sampling = _sample(model, examples.count, seed)
    measured = {
        "abstraction": _abstraction(model, examples),
        "log_prob": _log_prob(model, examples.binary_held_out, seed),
        "sampling": sampling,
        "samples": _quality(samples, examples, seed),
    }
    return measured, samples


def _abstraction(model, examples):
    """The linear probe of the code, or the model's sentence why it has none."""
    try:
        model.encode(examples.held_out["data"][:1])
    except ValueError as error:
        return {"sentence": str(error)}
    if examples.pixel_probe is None:
        return {"sentence": "The data have no labels that could be read from a code."}
    code_probe = _probe(examples.training, examples.held_out, model.encode)
    gain, error = code_probe.gain_over(examples.pixel_probe)
    return _accuracy(code_probe) | {"gain_over_pixels": gain, "gain_error": error}


def _probe(training, held_out, encode):
    codes, held_out_codes = encode(training["data"]), encode(held_out["data"])
    return probe.run(codes, training["label"], held_out_codes, held_out["label"])


def _accuracy(result):
    return {
        "accuracy": result.accuracy,
        "standard_error": result.standard_error,
        "count": len(result.correct),
        "dimensions": result.dimensions,
    }


def _log_prob(model, images, seed):
    """The log-likelihood of held-out images, or the model's sentence why it has none."""
    start = time.perf_counter()
    try:
        likelihood = model.log_prob(images, seed=seed)
    except ValueError as error:
        return {"sentence": str(error)}
    return {
        "nats": likelihood.mean,
        "standard_error": likelihood.standard_error,
        "shared_error": likelihood.shared_error,
        "kind": likelihood.kind,
        "count": len(images),
        "bits_per_dimension": likelihood.bits_per_dimension(images[0].size),
        "seconds": time.perf_counter() - start,
    }


def _sample(model, count, seed):
    """(uint8 samples, what drawing them took)."""
    model.sample(1, seed=seed)  # traced and compiled before the clock runs
    start, cpu_start = time.perf_counter(), time.process_time()
    samples = model.sample(count, seed=seed)["data"]
    seconds, cpu_seconds = time.perf_counter() - start, time.process_time() - cpu_start
    return samples, {
        "count": count,
        "ms_per_1000": 1e6 * seconds / count,
        "cpu_ms_per_1000": 1e6 * cpu_seconds / count,
        "sequential_passes": model.sampling_steps,
    }


def _quality(samples, examples, seed):
    draw = np.random.default_rng(seed).integers(255, size=samples.shape, dtype=np.uint8)
    black_and_white = np.where(draw < samples, np.uint8(255), np.uint8(0))
    scores = {}
    for kind, data in (("as stored", samples), ("black and white", black_and_white)):
        evaluator = examples.evaluators[kind]
        extractor = evaluator.extractor
        features = evaluation.collect(
            "samples", [{"data": data}], extractor, len(data), keep_data=extractor is None
        )
        scores[kind] = _scores(evaluator, features)
    return scores


def _scores(evaluator, fake):
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
