"""`tfgan` and `python -m tfgan`: the command line."""

from tfgan.pipelines import interrupts


def main():
    """Runs the command that the process was started with, and ends the process.

    Ctrl-C while the program is being loaded, or once it has ended, leaves no traceback.
    """
    interrupts.leave_at_once()
    from tfgan.pipelines.main import main as run

    try:
        run()
    finally:
        interrupts.leave_at_once()


if __name__ == "__main__":
    main()
