"""Errors that a user can cause become a message and an exit code."""

import numpy as np
import pytest
import tensorflow as tf
from tfgan.pipelines import errors, main

from tfgan import failures, files


def refused(error, *code):
    with pytest.raises(errors.UserError) as caught, errors.user_errors(*code):
        raise error
    return str(caught.value), caught.value.code


def test_a_wrong_argument_or_file_has_the_code_of_a_wrong_request():
    assert refused(ValueError("steps must be 3.")) == ("steps must be 3.", 2)
    assert refused(OSError("a: no such file")) == ("a: no such file", 2)
    assert refused(ValueError("steps must be 3."), 1) == ("steps must be 3.", 1)
    error = tf.errors.NotFoundError(None, None, "run/a; No such file [Op:ReadFile]")
    assert refused(error) == ("run/a; No such file", 2)


def test_memory_that_runs_out_is_a_failure():
    with (
        pytest.raises(errors.UserError, match="Memory does not suffice: 4.00 EiB") as caught,
        errors.user_errors(),
    ):
        np.empty(2**59)
    assert caught.value.code == 1
    error = tf.errors.ResourceExhaustedError(
        None, None, "OOM when allocating tensor with shape[1024,1024] and type float on CPU"
    )
    sentence, code = refused(error)
    assert sentence.startswith("Memory does not suffice: 4.0 MiB more") and code == 1


@pytest.mark.parametrize("error", [failures.Failure("The disk is full."), files.Locked("Locked.")])
def test_a_failure_ends_a_command_with_its_sentence(capsys, monkeypatch, error):
    def failing(values, positionals):
        with errors.user_errors():
            raise error

    monkeypatch.setattr("tfgan.pipelines.recipes.run", failing)
    assert main._run(["recipes"]) == 1
    assert capsys.readouterr().err == f"tfgan recipes: {error}\n"


def test_a_bug_stays_a_bug():
    with pytest.raises(ZeroDivisionError), errors.user_errors():
        1 / 0  # noqa: B018
