"""Errors of files, data and memory become one sentence, whatever raises them."""

import numpy as np
import pytest
import tensorflow as tf

from tfgan import failures

CORRUPTED = (
    "Graph execution error:\n\nDetected at node IteratorGetNext defined at (most recent call "
    'last):\n  File "/usr/bin/tfgan", line 8, in <module>\n\ncorrupted record at 133512\n\t '
    "[[{{node IteratorGetNext}}]] [Op:__inference_multi_step_on_iterator_654]"
)


def failure(context, error):
    """The sentence of the Failure that a context makes of an error."""
    with pytest.raises(failures.Failure) as caught, context:
        raise error
    return str(caught.value)


def test_a_damaged_record_is_not_a_line_of_python():
    error = tf.errors.DataLossError(None, None, CORRUPTED)
    sentence = failure(failures.reading_data(), error)
    assert sentence == "Reading the data failed: corrupted record at 133512"
    assert failures.user_message(
        "{{function_node a}} corrupted record at 5 [Op:IteratorGetNext] name: "
    ) == ("corrupted record at 5")


def test_a_record_that_cannot_be_parsed_is_one_sentence(tmp_path):
    with tf.io.TFRecordWriter(f"{tmp_path}/a") as writer:
        writer.write(b"\xff\xff\xff")
    form = {"a": tf.io.FixedLenFeature([], tf.string)}
    records = tf.data.TFRecordDataset(f"{tmp_path}/a")
    with (
        pytest.raises(failures.Failure, match="A record of the data cannot be parsed"),
        failures.reading_data(),
    ):
        list(records.map(lambda record: tf.io.parse_single_example(record, form)))


def test_memory_that_runs_out_is_a_failure():
    with (
        pytest.raises(failures.Failure, match="Memory does not suffice: 4.00 EiB"),
        failures.reading_data(),
    ):
        np.empty(2**59)
    error = tf.errors.ResourceExhaustedError(
        None, None, "OOM when allocating tensor with shape[1024,1024] and type float on CPU"
    )
    sentence = failure(failures.reading_data(), error)
    assert sentence.startswith("Memory does not suffice: 4.0 MiB more")


def test_a_full_disk_stays_an_error_of_writing():
    error = tf.errors.ResourceExhaustedError(None, None, "a; No space left on device")
    with (
        pytest.raises(failures.Failure, match="run cannot be written: a; No space left"),
        failures.writing("run"),
        failures.reading_data(),
    ):
        raise error


@pytest.mark.parametrize(
    "kind", [each for each in tf.errors.OpError.__subclasses__() if "tensorflow" in each.__module__]
)
def test_whatever_a_file_system_raises_is_an_error_of_writing(kind):
    error = kind(None, None, "run/a.index; File too large")
    sentence = failure(failures.writing("run"), error)
    assert sentence == "run cannot be written: run/a.index; File too large"


@pytest.mark.parametrize(
    "message",
    [
        "{{function_node __wrapped__SaveV2_dtypes_1_device_CPU:0}} a; File too large [Op:SaveV2]",
        "Graph execution error:\n\nDetected at node SaveV2 defined at\na; File too large",
        "{{function_node __wrapped__FlushSummaryWriter_device}} a; full [Op:FlushSummaryWriter]",
    ],
)
def test_operations_that_write_raise_errors_of_writing(message):
    error = tf.errors.OutOfRangeError(None, None, message)
    assert "run cannot be written: a; " in failure(failures.writing("run"), error)


@pytest.mark.parametrize(
    ("kind", "message"),
    [
        (tf.errors.NotFoundError, CORRUPTED),
        (tf.errors.InvalidArgumentError, "Matrix size-incompatible [Op:MatMul] name: "),
        (tf.errors.UnknownError, "{{function_node __wrapped__Conv2D_device_GPU}} no algorithm"),
        (tf.errors.OutOfRangeError, "Graph execution error:\n\nDetected at node Gather"),
    ],
)
def test_errors_of_a_step_are_not_called_errors_of_writing(kind, message):
    with pytest.raises(kind), failures.writing("run"):
        raise kind(None, None, message)


def test_a_record_that_vanishes_in_mid_run_is_an_error_of_reading():
    error = tf.errors.NotFoundError(None, None, CORRUPTED)
    assert failure(failures.reading_data(), error).startswith("Reading the data failed: ")


def test_memory_that_runs_out_while_writing_is_not_called_an_error_of_writing():
    error = tf.errors.ResourceExhaustedError(None, None, "OOM when allocating tensor")
    assert failure(failures.writing("run"), error).startswith("Memory does not suffice")
