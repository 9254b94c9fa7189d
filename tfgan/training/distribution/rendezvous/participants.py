"""The two sides of a meeting: the chief, that all others connect to, and a worker."""

import time
from multiprocessing import connection

from tfgan.training.distribution.cluster import port
from tfgan.training.distribution.rendezvous import messages as wire
from tfgan.training.distribution.rendezvous.differences import differences, listed
from tfgan.training.distribution.rendezvous.timeouts import MeetingError, Waiting

_TICK = 0.5  # seconds between two looks at the time, and between two attempts to connect
_GRACE = 10.0  # seconds for which a worker that has come is more patient than the chief


class Chief:
    """The side that all others connect to.

    Args:
      role: `distribution.Role`.
      patience: float, seconds, how long the last worker is waited for at each comparison.
    Raises: MeetingError, if the address of this process is in use.
    """

    def __init__(self, role, patience):
        self._name, self._patience = role.name, patience
        self._others = {name: at for name, at in role.members.items() if name != role.name}
        self._listener = _take_port(role)
        self._lines = {}  # names by Line; "" before one has introduced itself

    def compare(self, facts):
        """Waits for what all others say of themselves.

        Args:
          facts: dict of str by name.
        Raises: ValueError, if it is not equal; MeetingError, if one does not come or has ended.
        """
        found = differences({self._name: facts} | self._collect())
        self._listener.close()  # before any worker asks TensorFlow to connect
        if not found:
            self._tell(wire.Message("go"))
            return
        sentence = (
            f"The workers differ in {listed(found)}: start all of them with the same code, flags "
            "and data, and a --workdir that all of them see."
        )
        self._tell(wire.Message("differ", text=sentence))
        raise ValueError(sentence)

    def stop(self, reason):
        """Ends the meeting for all, with a sentence."""
        self._tell(wire.Message("stopped", text=reason))

    def close(self):
        """Ends the connections."""
        self._listener.close()
        for line in self._lines:
            line.close()

    def _collect(self):
        """What each of the others says: dict of facts by name, in the order of the cluster."""
        facts, told, waiting = {}, "", Waiting(self._patience)
        while missing := listed(
            [f"{name} ({at})" for name, at in self._others.items() if name not in facts]
        ):
            waiting.report(missing)
            if missing != told:
                self._tell(wire.Message("waiting", text=missing))
                told = missing
            sources = [*self._lines, *([] if self._is_complete else [self._listener])]
            for ready in connection.wait(sources, _TICK):
                if ready is not self._listener:
                    self._hear(ready, facts)
                elif line := wire.accept(self._listener):
                    self._lines[line] = ""
        return {name: facts[name] for name in self._others}

    @property
    def _is_complete(self):
        """Whether all have come once; from then on none may leave."""
        return self._listener.fileno() == -1

    def _hear(self, line, facts):
        try:
            messages = line.receive()
        except ConnectionError:
            self._lose(line, facts, "")
            return
        for message in messages:
            if message.kind == "stopped":
                self._lose(line, facts, message.text)
                return
            if message.kind != "facts" or not self._knows(line, message.sender):
                line.close()
                del self._lines[line]
                return
            facts[message.sender] = message.facts

    def _knows(self, line, name):
        """Whether a connection is that of a worker that is waited for, under its name."""
        if self._lines[line] == name:
            return True
        if name in self._lines.values():
            text = f"There is a {name} already; this process has the index of another one."
            line.send(wire.Message("stopped", text=text))
        elif name in self._others and not self._lines[line]:
            self._lines[line] = name
            return True
        return False

    def _lose(self, line, facts, reason):
        """Waits for a worker again that has left, unless the meeting was complete."""
        line.close()
        name = self._lines.pop(line)
        facts.pop(name, None)
        if name and self._is_complete:
            raise MeetingError(reason or _gone(name))

    def _tell(self, message):
        for line, name in self._lines.items():
            if name:
                line.send(message)


class Worker:
    """The side of all others than the chief.

    Args:
      role, patience: as of `Chief`.
    Raises: as `Chief`.
    """

    def __init__(self, role, patience):
        self._name, self._patience = role.name, patience
        chief, self._address = next(iter(role.members.items()))
        self._chief = f"{chief} ({self._address})"
        self._listener = _take_port(role)  # nobody connects: it shows that the port is free
        self._line = None
        self._has_met = False
        self._missing = ""

    def compare(self, facts):
        """Waits until the chief says that all have said the same; as `Chief.compare`."""
        self._missing, waiting = self._chief, Waiting(self._patience)
        message = wire.Message("facts", sender=self._name, facts=facts)
        if self._line:
            self._line.send(message)
        while not self._may_go():
            waiting.report(self._missing, grace=_GRACE if self._line else 0.0)
            if self._line is None:
                self._connect(message)
        self._listener.close()
        self._has_met = True

    def stop(self, reason):
        """Leaves, with a sentence, which ends the meeting for all once it is complete."""
        if self._line:
            self._line.send(wire.Message("stopped", sender=self._name, text=reason))

    def close(self):
        """Ends the connection."""
        self._listener.close()
        if self._line:
            self._line.close()

    def _connect(self, message):
        self._line = wire.connect(self._address)
        if self._line is None:
            time.sleep(_TICK)
        else:
            self._line.send(message)

    def _may_go(self):
        """Listens to the chief for a moment: whether it says that all are there and equal."""
        if self._line is None or not connection.wait([self._line], _TICK):
            return False
        try:
            messages = self._line.receive()
        except ConnectionError as error:
            self._line.close()
            self._line, self._missing = None, self._chief
            if self._has_met:
                raise MeetingError(_gone(self._chief)) from error
            return False
        for message in messages:
            if message.kind == "waiting":
                self._missing = message.text
            elif message.kind == "differ":
                raise ValueError(message.text)
            elif message.kind == "stopped":
                raise MeetingError(message.text)
        return any(message.kind == "go" for message in messages)


def _take_port(role):
    """A socket that listens at the address of this process."""
    address = role.members[role.name]
    try:
        return wire.listen(port(address))
    except OSError as error:
        raise MeetingError(
            f"{role.name} cannot listen at its address {address} ({error.strerror}): another "
            "process may have the port, or the same index in TF_CONFIG."
        ) from error


def _gone(name):
    return f"{name} has stopped; start all workers again."
