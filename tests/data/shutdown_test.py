import subprocess
import sys
import threading

import pytest

from tfgan.data import shutdown
from tfgan.data.sources import prepared

from .sources.prepared import sets


def test_a_program_ends_in_the_middle_of_reading_ahead(tmp_path):
    prepared.write(sets.numbered(500, shape=(32, 32, 3)), str(tmp_path), {})
    code = (
        "from tfgan.data import open_source\n"
        f"batches = iter(open_source('tfrecord:{tmp_path}').batches(64, seed=0))\n"
        "for _ in range(20): next(batches)\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True, timeout=120)


def test_closing_waits_for_who_is_inside_and_lets_nobody_in():
    gate, inside, leave = shutdown.Gate(), threading.Event(), threading.Event()

    def read():
        with gate:
            inside.set()
            leave.wait()

    reader = threading.Thread(target=read)
    closer = threading.Thread(target=gate.close)
    reader.start()
    inside.wait()
    closer.start()
    closer.join(0.05)
    assert closer.is_alive()
    leave.set()
    closer.join(10)
    assert not closer.is_alive()
    with pytest.raises(StopIteration), gate:
        pass
    reader.join()
