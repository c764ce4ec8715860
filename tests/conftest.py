"""What every test may ask for: a server, a client of either kind, and an environment without credentials."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from tests.face import Face, open_face
from tests.interpreters import find_interpreters
from tests.scripted_server import ScriptedServer

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from koophone import Client

FOREIGN = ("KOOPHONE_", "HUAWEICLOUD_", "HW_", "OS_", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY")


def pytest_report_header() -> str:
    """Names the interpreters that test_wheel.py runs on, so that the log of a run shows what it proved."""
    return "wheel tested on: " + ", ".join(f"Python {each.version}" for each in find_interpreters())


@pytest.fixture(autouse=True)
def bare_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Takes away what the machine would say about credentials, endpoints and proxies."""
    for name in os.environ:
        if name.upper().startswith(FOREIGN):
            monkeypatch.delenv(name)
    monkeypatch.setenv("HOME", str(tmp_path))


@pytest.fixture
def server() -> Iterator[ScriptedServer]:
    """A server that answers by the test's script; an error in the script fails the test."""
    with ScriptedServer() as scripted:
        yield scripted
    assert scripted.errors == []


@pytest.fixture(params=["blocking", "asyncio"])
def face(request: pytest.FixtureRequest) -> Iterator[Face]:
    """Each of the two clients in turn."""
    with open_face(request.param) as opened:
        yield opened


@pytest.fixture
def client(face: Face, server: ScriptedServer) -> Client:
    """A client of the server."""
    return face.client(server.endpoint)
