"""The `tfgan` command: `tfgan VERB --flags`.

Nothing here imports TensorFlow; a verb does after its flags are parsed.
"""

import importlib
import sys

from absl import flags

import tfgan
from tfgan import failures, words

from . import interrupts, output, parsing, recipe_flags, usage
from .errors import UserError

VERBS = {
    "train": "train a recipe on a data source; the same command again resumes the run",
    "sample": "draw samples from a run: a grid, a folder of PNG files, or an .npz",
    "interpolate": "draw rows of images, or an animation, on paths between samples",
    "arithmetic": "add and subtract mean latents, such as those of two labels",
    "directions": "draw rows of images along directions of the latent space",
    "project": "find the latents whose image is nearest to a given one",
    "translate": "translate images with a run of pix2pix, cyclegan or cut",
    "export": "write the model of a run for TF Serving, Keras, LiteRT or ONNX",
    "evaluate": "measure the samples of a run, or compare two datasets",
    "compare": "train families of models on equal budgets and compare them",
    "prepare": "decode and resize images once, into files that are fast to read",
    "serve": "serve an exported model over HTTP, with the API of TensorFlow Serving",
    "pipeline": "prepare, train, evaluate and export as Kubeflow steps: compile, or run here",
    "benchmark": "measure speed and memory as ratios to alternatives",
    "launch": "start a training run on Vertex AI, or print the request",
    "tune": "search hyperparameters on Vertex AI, or print the request",
    "theory": "check the theory of GANs numerically, and the library with it",
    "recipes": "list the recipes, or the parameters of one",
}
_HELP = ("--help", "-h", "-help")


def main(argv=None):
    """Runs one command and exits with its code: 0 done, 1 failed, 2 refused, 128 + n by signal n.

    A closed pipe, as by `head`, counts as SIGPIPE: 141.

    Args:
      argv: list of str, without the program's name; by default the process' own.
    """
    with output.recording_errors():
        code = _run(sys.argv[1:] if argv is None else argv)
        sys.stdout.flush()
        code = output.exit_code(code)
    sys.exit(code)


def _run(argv):
    verb = argv[0] if argv else "help"
    if verb in (*_HELP, "help"):
        print(usage.of_program(VERBS))
        return 0
    if verb == "--version":
        print(tfgan.__version__)
        return 0
    if verb not in VERBS:
        return _refuse("tfgan", words.unknown("The command", verb, VERBS, most=len(VERBS)), 2)
    try:
        return _run_verb(verb, argv[1:])
    except (Exception, KeyboardInterrupt) as error:
        user_error = _user_error(error)
        if user_error is None:
            raise
        return _refuse(f"tfgan {verb}", user_error, user_error.code)


def _user_error(error):
    """The `UserError` that an exception amounts to; None for a bug."""
    is_interrupted = interrupts.received() or isinstance(error, KeyboardInterrupt)
    if isinstance(error, UserError) and (error.code == 130 or not is_interrupted):
        return error
    if is_interrupted:
        return UserError("Interrupted.", 130)
    if isinstance(error, failures.Failure):
        return UserError(str(error), 1)
    return UserError(str(error)) if isinstance(error, flags.Error) else None


def parse(verb, argv):
    """Parses the command line of a verb without running it.

    Returns: (the verb's module, `flags.FlagValues`, list of the arguments that are not flags).
    Raises: absl `flags.Error` for an unknown flag, and for a value that a flag does not accept.
    """
    program, values = _define(verb)
    if hasattr(program, "define_more_flags"):  # flags that depend on others, such as --recipe
        program.define_more_flags(values, argv)
    return program, values, parsing.read(verb, values, argv)


def _run_verb(verb, argv):
    if any(argument in _HELP for argument in argv):
        print(_help(verb, argv))
        return 0
    program, values, positionals = parse(verb, argv)
    return program.run(values, positionals) or 0


def _help(verb, argv):
    program, values = _define(verb)
    recipe = ""
    if hasattr(program, "define_more_flags"):
        recipe = recipe_flags.recipe(values["recipe"].default, argv)
    try:
        return usage.of_verb(verb, program.__doc__, values, recipe)
    except ValueError as error:
        raise UserError(str(error)) from error


def _define(verb):
    program = importlib.import_module(f".{verb}", __package__)
    values = flags.FlagValues()
    program.define_flags(values)
    return program, values


def _refuse(program, sentence, code):
    print(f"{program}: {sentence}", file=sys.stderr)
    return code


if __name__ == "__main__":
    main()
