"""The two sides of a meeting: the chief, to which all others connect, and the workers."""

import time
from multiprocessing import connection

from tfgan.training.distribution.cluster import port
from tfgan.training.distribution.rendezvous import messages
from tfgan.training.distribution.rendezvous.messages import Message
from tfgan.training.distribution.rendezvous.timeouts import MeetingError, Timeout

_TICK = 0.5  # seconds between two checks of the time, and between two attempts to connect
_GRACE = 10.0  # seconds by which a connected worker waits longer than the chief
_LISTED = 4  # items in an error message


class Chief:
    """The process to which all others connect; arguments: see `meeting`."""

    def __init__(self, role, timeout):
        self._name, self._timeout = role.name, timeout
        self._others = {name: at for name, at in role.members.items() if name != role.name}
        self._listener = _listen(role)
        self._connections = {}  # names by Connection; "" until one has introduced itself

    def compare(self, facts):
        """Waits for the facts of all others; facts and errors: see `meeting`."""
        differing = _differences({self._name: facts} | self._collect())
        self._listener.close()  # before any worker lets TensorFlow connect
        if not differing:
            self._broadcast(Message("go"))
            return
        sentence = (
            f"The workers differ in {_listed(differing)}: start all of them with the same code, "
            "flags and data, and a --workdir that all of them see."
        )
        self._broadcast(Message("differ", text=sentence))
        raise ValueError(sentence)

    def stop(self, reason):
        """Ends the meeting for all, with an error message."""
        self._broadcast(Message("stopped", text=reason))

    def close(self):
        self._listener.close()
        for each in self._connections:
            each.close()

    def _collect(self):
        """The facts of the others: dict of dict by name, in the order of the cluster."""
        facts, announced, timeout = {}, "", Timeout(self._timeout)
        while missing := _listed(
            [f"{name} ({at})" for name, at in self._others.items() if name not in facts]
        ):
            timeout.check(missing)
            if missing != announced:
                self._broadcast(Message("waiting", text=missing))
                announced = missing
            sources = [*self._connections, *([] if self._is_complete else [self._listener])]
            for ready in connection.wait(sources, _TICK):
                if ready is not self._listener:
                    self._receive(ready, facts)
                elif new := messages.accept(self._listener):
                    self._connections[new] = ""
        return {name: facts[name] for name in self._others}

    @property
    def _is_complete(self):
        """Whether all have been present once; from then on none may leave."""
        return self._listener.fileno() == -1

    def _receive(self, sender, facts):
        try:
            received = sender.receive()
        except ConnectionError:
            self._disconnect(sender, facts)
            return
        for message in received:
            if message.kind == "stopped":
                self._disconnect(sender, facts, message.text)
                return
            if message.kind != "facts" or not self._identify(sender, message.sender):
                sender.close()
                del self._connections[sender]
                return
            facts[message.sender] = message.facts

    def _identify(self, sender, name):
        if self._connections[sender] == name:
            return True
        if name in self._connections.values():
            text = f"There is a {name} already; this process has the index of another one."
            sender.send(Message("stopped", text=text))
        elif name in self._others and not self._connections[sender]:
            self._connections[sender] = name
            return True
        return False

    def _disconnect(self, sender, facts, reason=""):
        """Waits again for a worker that has left, unless the meeting was complete."""
        sender.close()
        name = self._connections.pop(sender)
        facts.pop(name, None)
        if name and self._is_complete:
            raise MeetingError(reason or _gone(name))

    def _broadcast(self, message):
        for each, name in self._connections.items():
            if name:
                each.send(message)


class Worker:
    """Any process but the chief; arguments, methods and errors: see `Chief`."""

    def __init__(self, role, timeout):
        self._name, self._timeout = role.name, timeout
        chief, self._address = next(iter(role.members.items()))
        self._chief = self._missing = f"{chief} ({self._address})"
        self._listener = _listen(role)  # nothing connects: it shows that the port is free
        self._connection = None
        self._has_met = False

    def compare(self, facts):
        """Waits until the chief has compared the facts of all."""
        self._missing, timeout = self._chief, Timeout(self._timeout)
        message = Message("facts", sender=self._name, facts=facts)
        if self._connection:
            self._connection.send(message)
        while not self._may_go():
            timeout.check(self._missing, grace=_GRACE if self._connection else 0.0)
            if self._connection is None:
                self._connection = messages.connect(self._address)
                self._connection.send(message) if self._connection else time.sleep(_TICK)
        self._listener.close()
        self._has_met = True

    def stop(self, reason):
        """Leaves with an error message, which ends a complete meeting for all."""
        if self._connection:
            self._connection.send(Message("stopped", sender=self._name, text=reason))

    def close(self):
        self._listener.close()
        if self._connection:
            self._connection.close()

    def _may_go(self):
        """Waits a moment for the chief; whether it says that all facts are equal."""
        if self._connection is None or not connection.wait([self._connection], _TICK):
            return False
        try:
            received = self._connection.receive()
        except ConnectionError as error:
            self._connection.close()
            self._connection, self._missing = None, self._chief
            if self._has_met:
                raise MeetingError(_gone(self._chief)) from error
            return False
        for message in received:
            if message.kind == "waiting":
                self._missing = message.text
            elif message.kind == "differ":
                raise ValueError(message.text)
            elif message.kind == "stopped":
                raise MeetingError(message.text)
        return any(message.kind == "go" for message in received)


def _listen(role):
    address = role.members[role.name]
    try:
        return messages.listen(port(address))
    except OSError as error:
        raise MeetingError(
            f"{role.name} cannot listen at its address {address} ({error.strerror}): another "
            "process may have the port, or the same index in TF_CONFIG."
        ) from error


def _gone(name):
    return f"{name} has stopped; start all workers again."


def _differences(facts):
    """Where the facts by worker, the chief's first, differ: list of str.

    For example "--steps (worker 0 has 100, worker 1 has 200)".
    """
    chief, *others = facts
    differing = []
    for topic in dict.fromkeys(topic for each in facts.values() for topic in each):
        values = {name: each.get(topic, "none") for name, each in facts.items()}
        other = next((name for name in others if values[name] != values[chief]), None)
        if other:
            one, two = (f"{name} has {_short(values[name])}" for name in (chief, other))
            differing.append(f"{topic} ({one}, {two})")
    return differing


def _listed(items):
    """ "a, b and c", or "a, b, c, d and 3 more"; "" for no items."""
    if len(items) > _LISTED:
        items = [*items[:_LISTED], f"{len(items) - _LISTED} more"]
    return " and ".join(filter(None, [", ".join(items[:-1]), *items[-1:]]))


def _short(text):
    return text if len(text) <= 60 else f"{text[:40]}..."
