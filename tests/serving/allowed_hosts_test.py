"""A name that was rebound to this machine is told from one that belongs to it."""

import pytest

from tfgan.serving.allowed_hosts import Hosts

LOCAL = ["localhost", "LOCALHOST", "localhost.", "a.localhost", "127.0.0.1", "127.9.9.9", "[::1]"]
NUMBERS = ["192.168.1.5", "0.0.0.0", "[2001:db8::1]"]
NAMES = ["evil.example", "localhost.evil.example", "127.0.0.1.evil.example", "evillocalhost"]
BROKEN = ["", ":80", "[::1", "::1", "a b", "a/b", "a@localhost", "localhost:80:80", "localhost:x"]


@pytest.mark.parametrize("address", ["127.0.0.1", "::1"])
def test_a_local_server_has_local_names_alone(address):
    hosts = Hosts(address)
    for host in LOCAL:
        assert hosts.allow(host) and hosts.allow(f"{host}:8501")
    for host in [*NUMBERS, *NAMES]:
        assert not hosts.allow(host) and not hosts.allow(f"{host}:8501")


@pytest.mark.parametrize("address", ["0.0.0.0", "::", "192.168.1.5"])
def test_a_server_for_other_machines_has_every_address_and_still_no_name(address):
    hosts = Hosts(address)
    for host in [*LOCAL, *NUMBERS]:
        assert hosts.allow(host) and hosts.allow(f"{host}:8501")
    for host in NAMES:
        assert not hosts.allow(host)


def test_names_are_added_in_any_case_and_with_any_port():
    hosts = Hosts("127.0.0.1", ["GAN.example.org", "192.168.1.5", "[fe80::1]"])
    for host in ("gan.example.org", "Gan.Example.Org:443", "192.168.1.5:1", "[fe80::1]:8501"):
        assert hosts.allow(host)
    assert not hosts.allow("example.org") and not hosts.allow("www.gan.example.org")


def test_a_star_allows_every_host_that_is_one():
    assert all(Hosts("127.0.0.1", ["*"]).allow(host) for host in [*LOCAL, *NUMBERS, *NAMES])
    for host in BROKEN:
        assert not Hosts("127.0.0.1", ["*"]).allow(host) and not Hosts("0.0.0.0").allow(host)


def test_a_request_without_a_host_comes_from_no_browser():
    assert Hosts("127.0.0.1").allow(None)
