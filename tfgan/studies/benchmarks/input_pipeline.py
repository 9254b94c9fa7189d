"""Images per second: decoded, from memory and from a prepared dataset, and what a step consumes."""

import functools
import operator
import os
import statistics
import tempfile

import keras
import numpy as np
import tensorflow as tf

from tfgan import modalities, recipes
from tfgan.data import ArraySource, open_source, open_stream
from tfgan.data.decoding import preprocessing
from tfgan.data.sources import image_folder, prepared
from tfgan.studies.benchmarks import timing

_STEPS = 5  # training steps per round

_FILES = "tf.data, one file per call"
_DECODED = "decoded"
_MEMORY = "batches from memory"
_PREPARED = "batches of a prepared set"
_STREAM = "a prepared set from end to end"
_TRAINING = "what a dcgan step consumes"
_AGAINST = {
    _DECODED: [_FILES, _TRAINING],
    _MEMORY: [_DECODED, _TRAINING],
    _PREPARED: [_DECODED, _MEMORY, _TRAINING],
    _STREAM: [_DECODED],
}


def run(data, image_size, batch_size, width, count, rounds, initializer, progress=timing.silent):
    """Measures.

    Args:
      data: str, see `--data`; images.
      image_size: (height, width), or None for as stored.
      batch_size: int.
      width: int, filters of the finest layer of the `dcgan` whose step is measured.
      count: int, the most images that are read.
      rounds: int.
      initializer: see `timing.in_process`; it starts TensorFlow.
      progress: see `timing.race`.
    Returns: dict that JSON can hold: what was measured; `input`, a list of dict: `name`,
      `images_per_second` (median of the rounds) and `against`, a list of dict: `name` of another
      row, `timing.ratios` of the rate to its rate; `memory`, a list of `timing.memory_row`.
    """
    stream = open_stream(data, image_size=image_size)
    modality = stream.spec.modality
    if modality != modalities.Images():
        raise ValueError(f"--what=input measures images; {data} holds {modality.kind}.")
    count = min(count, stream.count)
    if count < batch_size:
        raise ValueError(f"--batch_size {batch_size} is larger than the {count} images of {data}.")
    array = _array(stream, count)
    with tempfile.TemporaryDirectory() as folder:
        prepared.write(array, folder, {})
        record_set = open_source(f"tfrecord:{folder}")
        functions = {
            _DECODED: (functools.partial(_drain, stream, count), count),
            _MEMORY: (_batches(array, batch_size), batch_size * (count // batch_size)),
            _PREPARED: (_batches(record_set, batch_size), batch_size * (count // batch_size)),
            _STREAM: (functools.partial(_drain, record_set, count), count),
            _TRAINING: (_training(array, batch_size, width), _STEPS * batch_size),
        }
        if data.startswith("images:"):
            fit = preprocessing.ImagePreprocessing(image_size)
            paths = image_folder.list_files(data.removeprefix("images:")).paths[:count]
            files = functools.partial(_file_by_file, paths, fit, batch_size)
            functions = {_FILES: (files, len(paths)), **functions}
        seconds = timing.interleave(
            {name: function for name, (function, _) in functions.items()}, rounds, 1, progress
        )
        rates = {name: [functions[name][1] / s for s in seconds[name]] for name in functions}
        memory = []
        if timing.has_peak_memory():
            progress(f"memory: {_PREPARED}")
            begin = functools.partial(_begin, folder, batch_size)
            peak = timing.peak_memory(begin, operator.call, initializer=initializer)
            size = array.data.nbytes
            memory = [timing.memory_row(f"{_PREPARED}, an epoch", peak, "the pixels", size)]
    return {
        "data": data, "count": count, "shape": list(array.spec.shape), "batch_size": batch_size,
        "width": width, "rounds": rounds, "cores": os.cpu_count(),
        "input": _rows(rates), "memory": memory,
    }  # fmt: skip


def lines(results):
    """Images per second, and ratios, as lines of text."""
    yield (
        f"{results['count']:,} images {results['shape']} of {results['data']}, batch "
        f"{results['batch_size']}, dcgan of width {results['width']}, {results['cores']} cores, "
        f"medians of {results['rounds']} rounds"
    )
    for row in results["input"]:
        yield f"{row['name']:<38}{row['images_per_second']:>9,.0f} images/s"
        for other in row["against"]:
            yield f"{'':<40}{other['ratio']:.1f} times as fast as {other['name']}"
    yield from timing.memory_lines(results["memory"])


def _array(stream, count):
    batches = list(_first(stream, count))
    columns = {name: np.concatenate([batch[name] for batch in batches]) for name in batches[0]}
    names = stream.spec.class_names or None
    return ArraySource(stream.name, columns["data"], columns.get("label"), names)


def _first(source, count):
    for batch in source.examples(batch_size=256):
        yield {name: rows[:count] for name, rows in batch.items()}
        count -= len(batch["data"])
        if count <= 0:
            return


def _drain(source, count):
    for _ in _first(source, count):
        pass


def _file_by_file(paths, fit, batch_size):
    images = tf.data.Dataset.from_tensor_slices(paths).map(
        lambda path: preprocessing.decode(tf.io.read_file(path), fit),
        num_parallel_calls=tf.data.AUTOTUNE,
    )
    for _ in images.batch(batch_size).prefetch(tf.data.AUTOTUNE):
        pass


def _batches(source, batch_size):
    batches = iter(source.batches(batch_size, seed=0))

    def epoch():
        for _ in range(source.count // batch_size):
            next(batches)

    return epoch


def _training(source, batch_size, width):
    keras.utils.set_random_seed(0)
    model = recipes.find("dcgan").recipe(batch_size=batch_size, width=width).build(source.spec, 0)
    step = tf.function(model.train_step)
    batch = {"data": tf.constant(source.data[:batch_size])}

    def steps():
        for _ in range(_STEPS):
            step(batch)

    return steps


def _begin(folder, batch_size):
    epoch = _batches(open_source(f"tfrecord:{folder}"), batch_size)
    epoch()
    return epoch


def _rows(rates):
    rows = []
    for name, own in rates.items():
        against = [
            {"name": other, **timing.ratios(own, rates[other])}
            for other in _AGAINST.get(name, [])
            if other in rates
        ]
        rate = statistics.median(own)
        rows.append({"name": name, "images_per_second": rate, "against": against})
    return rows
