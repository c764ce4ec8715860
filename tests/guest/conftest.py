"""What every test of a guest may ask for: a launcher of programs, and each interpreter in turn."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.guest.program import Launcher
from tests.interpreters import find_interpreters

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.scripted_server import ScriptedServer


@pytest.fixture
def start(server: ScriptedServer, tmp_path: Path) -> Iterator[Launcher]:
    """Starts programs; what still runs at the end of the test is killed."""
    launcher = Launcher(server, tmp_path, [])
    yield launcher
    for program in launcher.programs:
        program.kill()


PYTHONS = {each.version.rpartition(".")[0]: each.executable for each in find_interpreters()}


@pytest.fixture(params=PYTHONS.values(), ids=list(PYTHONS))
def python(request: pytest.FixtureRequest) -> str:
    """Each Python of this machine that the wheel is for: what they do with signals and at exit differs."""
    executable: str = request.param
    return executable
