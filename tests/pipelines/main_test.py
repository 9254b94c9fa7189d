"""The command line: verbs, help, and one sentence for what it cannot do."""

import signal
import subprocess
import sys

import pytest
from tfgan.pipelines import interrupts, main
from tfgan.pipelines.errors import UserError

from tfgan import recipes


def run(capsys, *argv):
    """(exit code, standard output, standard error) of one command."""
    with pytest.raises(SystemExit) as ended:
        main.main(list(argv))
    captured = capsys.readouterr()
    return ended.value.code, captured.out, captured.err


@pytest.mark.parametrize("argv", [[], ["--help"], ["-h"], ["help"]], ids=str)
def test_help_lists_every_command(capsys, argv):
    code, out, _ = run(capsys, *argv)
    assert code == 0
    assert all(f"  {verb} " in out for verb in main.VERBS)


@pytest.mark.parametrize("verb", sorted(main.VERBS))
def test_every_command_has_its_own_help(capsys, verb):
    code, out, _ = run(capsys, verb, "--help")
    assert code == 0
    assert out.startswith(f"tfgan {verb}: ")


def test_an_unknown_command_gets_the_nearest_one(capsys):
    code, _, err = run(capsys, "trian")
    assert code == 2
    assert "received 'trian'. Did you mean 'train'" in err and len(err.splitlines()) == 1


def test_an_unknown_flag_gets_the_nearest_one(capsys):
    code, _, err = run(capsys, "train", "--step=3")
    assert code == 2
    assert "There is no flag --step. Did you mean --steps" in err
    assert len(err.splitlines()) == 1


@pytest.mark.parametrize("argument", ["--steps=many", "--batch_size=0", "--crop=middle", "dcgan"])
def test_a_bad_value_gets_one_sentence(capsys, argument):
    code, _, err = run(capsys, "train", argument)
    assert code == 2
    assert len(err.splitlines()) == 1
    assert argument.split("=")[-1] in err


def test_flags_can_stand_in_a_file(capsys, tmp_path):
    flagfile = tmp_path / "flags"
    flagfile.write_text("--recipe=dcgan\n--set=width=8\n--seed=5\n")
    code, out, _ = run(capsys, "train", f"--flagfile={flagfile}", "--seed=6", "--dry_run=recipe")
    assert code == 0
    assert '"width": 8' in out
    assert '"seed": 6' in out


def test_the_module_is_the_command():
    done = subprocess.run(
        [sys.executable, "-m", "tfgan.pipelines.main", "--version"],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert done.stdout.strip() == "0.1.0"


def test_the_list_of_recipes_stands_in_two_columns(capsys):
    code, out, _ = run(capsys, "recipes")
    assert code == 0
    lines = out.splitlines()
    assert [line.split()[0] for line in lines] == recipes.names()
    width = max(map(len, recipes.names()))
    assert all(line[width : width + 2] == "  " and line[width + 2] != " " for line in lines)


def test_a_reader_that_has_seen_enough_ends_a_command_quietly():
    """As `tfgan recipes | head -1`, once head has gone."""
    command = [sys.executable, "-m", "tfgan.pipelines", "recipes"]
    program = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    program.stdout.close()
    assert program.stderr.read() == ""
    assert program.wait() == 141


def test_ctrl_c_while_a_command_works_is_one_sentence(capsys, monkeypatch):
    def interrupted(values, positionals):
        raise KeyboardInterrupt

    monkeypatch.setattr("tfgan.pipelines.recipes.run", interrupted)
    code, _, err = run(capsys, "recipes")
    assert (code, err) == (130, "tfgan recipes: Interrupted.\n")


@pytest.fixture
def sigint():
    """The handler of SIGINT while a command works."""
    before = signal.getsignal(signal.SIGINT)
    interrupts.exit_immediately()
    interrupts.raise_keyboard_interrupt()
    yield
    interrupts.exit_immediately()
    interrupts.raise_keyboard_interrupt()  # forgets what has come
    signal.signal(signal.SIGINT, before)


@pytest.mark.usefixtures("sigint")
@pytest.mark.parametrize(
    "error", [SystemError("bad argument"), UserError("KeyboardInterrupt: ", 2)]
)
def test_ctrl_c_that_surfaces_as_another_error_is_the_same_sentence(capsys, monkeypatch, error):
    """As in the middle of TensorFlow's C++ part."""

    def interrupted(values, positionals):
        try:
            signal.raise_signal(signal.SIGINT)
        except KeyboardInterrupt:
            raise error from None

    monkeypatch.setattr("tfgan.pipelines.recipes.run", interrupted)
    code, _, err = run(capsys, "recipes")
    assert (code, err) == (130, "tfgan recipes: Interrupted.\n")


@pytest.mark.usefixtures("sigint")
def test_what_a_command_says_of_its_interruption_is_kept(capsys, monkeypatch):
    def interrupted(values, positionals):
        try:
            signal.raise_signal(signal.SIGINT)
        except KeyboardInterrupt as error:
            raise UserError("Interrupted: 3 are kept.", 130) from error

    monkeypatch.setattr("tfgan.pipelines.recipes.run", interrupted)
    assert run(capsys, "recipes")[::2] == (130, "tfgan recipes: Interrupted: 3 are kept.\n")


def test_an_error_without_ctrl_c_is_not_hidden(capsys, monkeypatch):
    def broken(values, positionals):
        raise SystemError("a bug")

    monkeypatch.setattr("tfgan.pipelines.recipes.run", broken)
    with pytest.raises(SystemError):
        main.main(["recipes"])
