"""Programs in processes of their own, none of which pays for the import of TensorFlow.

One process, the server, imports TensorFlow and the library and starts nothing: no device, thread
pool or graph. A program is a fork of it, so it begins as a process that has just imported them, and
it ends as any interpreter does.
"""

import contextlib
import gc
import importlib
import json
import os
import random
import signal
import socket
import subprocess
import sys
import time

# In the pictures at the start and the end of a training: 2,500 would be drawn in 157 calls.
SHOWN_POINTS = 64
TFGAN = "from tfgan.pipelines import main\nmain.main()\n"  # the command line


class Programs:
    """Starts programs; each writes what it says into files of one directory."""

    def __init__(self, directory):
        self._directory, self._count, self._server = directory, 0, None

    def start(self, *arguments, code=TFGAN, environment=None, terminal=None):
        """Starts a program.

        Args:
          *arguments: its `sys.argv[1:]`, made text.
          code: str, Python, what it runs; by default `tfgan`.
          environment: dict of str; by default that of this process.
          terminal: str, a device that is its standard output and error, in place of files.
        Returns: Program.
        """
        self._count += 1
        said = [self._directory / f"{self._count}.{name}" for name in ("out", "err")]
        arguments = [str(argument) for argument in arguments]
        environment = dict(os.environ if environment is None else environment)
        places = [terminal, terminal] if terminal else map(str, said)
        pid = self.ask("_start", code, arguments, environment, *places)
        return Program(self, pid, *said)

    def ask(self, *request):
        """What the server answers."""
        if self._server is None:
            self._server = subprocess.Popen(
                [sys.executable, "-P", __file__],
                stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1,
            )  # fmt: skip
        print(json.dumps(request), file=self._server.stdin, flush=True)
        return json.loads(self._server.stdout.readline())

    def close(self):
        """Ends the server."""
        if self._server is not None:
            self._server.communicate()


class Program:
    """A running program, with the methods of `subprocess.Popen` that the tests need."""

    def __init__(self, programs, pid, out, err):
        self._programs, self.pid, self.out, self.err = programs, pid, out, err
        self.returncode = None

    def poll(self):
        """The exit code, -n after signal n; None while it runs."""
        if self.returncode is None:
            self.returncode = self._programs.ask("_poll", self.pid)
        return self.returncode

    def send_signal(self, number):
        if self.poll() is None:
            os.kill(self.pid, number)

    def kill(self):
        self.send_signal(signal.SIGKILL)

    def wait(self, timeout=400):
        """The exit code, once it has ended; seconds enough for a busy machine."""
        deadline = time.monotonic() + timeout
        while self.poll() is None:
            if time.monotonic() > deadline:
                self.kill()
                raise TimeoutError(f"No end in {timeout} s: {self.err.read_text()}")
            time.sleep(0.05)
        return self.returncode

    def end(self):
        """(exit code, standard output, standard error), once it has ended."""
        return self.wait(), self.out.read_text(), self.err.read_text()


def free_ports(count):
    """Ports of this machine that nobody listens to: list of int.

    They lie below those that systems give to connections, of which one might otherwise get such a
    port before it is listened to.
    """
    with contextlib.ExitStack() as open_sockets:
        ports = []
        while len(ports) < count:
            port = random.SystemRandom().randrange(10_000, 32_000)
            with contextlib.suppress(OSError):
                open_sockets.enter_context(socket.create_server(("127.0.0.1", port)))
                ports.append(port)
    return ports


_running = set()


def _start(code, arguments, environment, *said):
    """Forks; returns the number of the new process, in which this does not return."""
    files = [os.open(path, os.O_RDWR | os.O_CREAT, 0o600) for path in (os.devnull, *said)]
    pid = os.fork()
    if pid:
        for opened in files:
            os.close(opened)
        _running.add(pid)
        return pid
    for number, opened in enumerate(files):
        os.dup2(opened, number)
        os.close(opened)
    # A shell's background job, in which tests may run, ignores it.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    os.environ.clear()
    os.environ.update(environment)
    sys.argv[1:] = arguments
    exec(compile(code, "<program>", "exec"), {"__name__": "__main__"})
    sys.exit()


def _poll(pid):
    """The exit code of a fork, None while it runs."""
    ended, status = os.waitpid(pid, os.WNOHANG)
    if not ended:
        return None
    _running.discard(pid)
    return os.waitstatus_to_exitcode(status)


def _serve():
    """Answers requests, a line of JSON each, until there are no more; then no fork is left."""
    from tfgan.pipelines import start

    start.tensorflow()
    importlib.import_module("tfgan.pipelines.train")
    for name in ("evaluation", "export", "recipes", "runs", "training.callbacks"):
        importlib.import_module(f"tfgan.{name}")
    importlib.import_module("tfgan.modalities").Points.preview_count = SHOWN_POINTS
    gc.collect()
    gc.freeze()
    while line := sys.stdin.readline():
        name, *arguments = json.loads(line)
        print(json.dumps(globals()[name](*arguments)), flush=True)
    for pid in _running:
        os.kill(pid, signal.SIGKILL)


if __name__ == "__main__":
    _serve()
