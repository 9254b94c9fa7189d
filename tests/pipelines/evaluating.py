"""`tfgan evaluate` in this process."""

from tfgan.pipelines import main


def evaluate(capsys, *flags):
    """What the command prints."""
    code = main._run(["evaluate", "--count=120", *flags])
    captured = capsys.readouterr()
    assert code == 0, captured.err
    return captured.out


def refused(capsys, *flags):
    """The sentence of a command that is refused before it prints anything."""
    code = main._run(["evaluate", *flags])
    out, err = capsys.readouterr()
    sentences = [line for line in err.splitlines() if not line.startswith("INFO: ")]
    assert code == 2 and len(sentences) == 1 and not out, err
    return sentences[0]
