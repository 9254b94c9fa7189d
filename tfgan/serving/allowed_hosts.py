"""The host names that a server responds to.

A web page elsewhere can make its own name resolve to this machine once it is loaded (DNS
rebinding); the browser then treats the server as part of the page and lets it read the responses.
The header `Host` shows it, because the browser still sends the page's name there.
"""

import ipaddress
import re

_NAME = r"(\[[\w:.]+\]|[\w.-]+)"
_HOST = re.compile(rf"{_NAME}(:\d{{0,5}})?", re.ASCII)
_ANY = "*"


class Hosts:
    """The hosts that requests may name.

    Those of this machine always (localhost, 127.0.0.1, [::1]); also any IP address if the server
    can be reached from other machines, since only names can be rebound.

    Args:
      address: str, the IP address that the server listens on.
      names: iterable of str, further names, without ports; "*" for any.

    >>> hosts = Hosts("127.0.0.1", ["gan.example.org"])
    >>> hosts.allow("localhost:8501"), hosts.allow("gan.example.org"), hosts.allow("evil.example")
    (True, True, False)
    """

    def __init__(self, address, names=()):
        self._names = {_normalize(name) for name in names}
        self._is_local = ipaddress.ip_address(address).is_loopback

    def allow(self, host):
        """Whether a request with this `Host` may be served; None: no header, as in HTTP/1.0."""
        if host is None:
            return True
        match = _HOST.fullmatch(host)
        if match is None:
            return False
        name = _normalize(match[1])
        if not self._names.isdisjoint((_ANY, name)) or f".{name}".endswith(".localhost"):
            return True
        try:
            address = ipaddress.ip_address(name)
        except ValueError:
            return False
        return address.is_loopback or not self._is_local


def is_name(text):
    """Whether a string may be a name of `Hosts`: "*", or a host without scheme and port."""
    return text == _ANY or re.fullmatch(_NAME, text, re.ASCII) is not None


def _normalize(name):
    return name.lower().rstrip(".").strip("[]")
