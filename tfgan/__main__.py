"""`tfgan` and `python -m tfgan`: the command line."""

from tfgan.pipelines import interrupts


def main():
    """Runs the command of this process, and ends the process.

    Ctrl-C leaves no traceback, also while the program is loaded and after it has ended.
    """
    interrupts.exit_immediately()
    from tfgan.pipelines.main import main as run

    try:
        run()
    finally:
        interrupts.exit_immediately()


if __name__ == "__main__":
    main()
