"""A Python program in a process of its own, which a test follows line by line."""

from __future__ import annotations

import contextlib
import json
import os
import select
import signal
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from textwrap import dedent
from typing import TYPE_CHECKING, Any

import koophone
from tests.face import TOKEN

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tests.scripted_server import ScriptedServer

Json = Any  # whatever a program says

#: Seconds after which a program that says nothing, or does not end, is taken for hung.
PATIENCE = 20.0

#: An option for programs that fork: from Python 3.12 on that warns in a process with threads, which is their affair.
QUIETLY = "-Wignore::DeprecationWarning"

PRELUDE = f"""
import asyncio, gc, json, multiprocessing, os, signal, sys, threading, time
import koophone

ENDPOINT, TOKEN = sys.argv[1], {TOKEN!r}
IDS = [f"phone-{{number:05}}" for number in range(350)]
USER = "1008600000104285462"

def say(value):
    sys.stdout.write(json.dumps(value) + "\\n")
    sys.stdout.flush()

def hear():
    return sys.stdin.readline()

def new_client(**options):
    return koophone.Client(TOKEN, endpoint=ENDPOINT, **options)

def new_async_client(**options):
    return koophone.AsyncClient(TOKEN, endpoint=ENDPOINT, **options)

def in_child(work):
    child = os.fork()
    if child == 0:
        work()
        sys.exit()
    return child

def join(child):
    pid, status = os.waitpid(child, 0)
    return os.waitstatus_to_exitcode(status)

def outcomes(result):
    found = {{"succeeded": list(result.succeeded)}}
    for failure in result.failures:
        found.setdefault(failure.outcome, []).extend(failure.instance_ids)
    return found

def parts(report):
    pending = {{one: progress and progress.status for one, progress in report.pending.items()}}
    return {{"ready": report.ready, "failed": list(report.failed), "pending": pending}}
"""


@dataclass(frozen=True)
class End:
    """How a program ended."""

    code: int
    output: str
    errors: str


#: What a program looks like that has nothing more to say.
SILENT = End(0, "", "")


class Program:
    """A running program. It talks on stdout in lines of JSON, and goes on when told to on stdin."""

    def __init__(self, arguments: Sequence[str | Path], environment: dict[str, str]) -> None:
        pipe = subprocess.PIPE
        # Unbuffered, so that `select` sees every line that was not read yet.
        self._process = subprocess.Popen(
            arguments,
            bufsize=0,
            stdin=pipe,
            stdout=pipe,
            stderr=pipe,
            env=os.environ | environment,
            start_new_session=True,
        )

    @property
    def pid(self) -> int:
        """The number of its process."""
        return self._process.pid

    def says(self) -> Json:
        """Returns what the program says next."""
        assert self._process.stdout
        readable, _, _ = select.select([self._process.stdout], [], [], PATIENCE)
        line = self._process.stdout.readline() if readable else b""
        if not line:
            _, errors = self.kill()
            raise AssertionError(f"the program {'ended' if readable else 'is silent'}:\n{errors}")
        return json.loads(line)

    def tell(self) -> None:
        """Lets the program go on from where it `hear`s."""
        assert self._process.stdin
        self._process.stdin.write(b"\n")

    def signal(self, number: int) -> float:
        """Sends a signal; returns the moment, by a clock that all processes share."""
        moment = time.monotonic()
        self._process.send_signal(number)
        return moment

    def ends(self) -> End:
        """Waits until the program ends by itself; returns what it had left to say."""
        try:
            output, errors = self._process.communicate(timeout=PATIENCE)
        except subprocess.TimeoutExpired:
            left = self.kill()
            raise AssertionError(f"the program does not end: {left}") from None
        return End(self._process.returncode, output.decode(), errors.decode())

    def kill(self) -> tuple[str, str]:
        """Ends it and every child that it left behind; returns what they said on stdout and stderr."""
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.pid, signal.SIGKILL)
        output, errors = self._process.communicate()
        return output.decode(), errors.decode()


@dataclass
class Launcher:
    """Starts programs against a server.

    Attributes:
        server: What they call.
        folder: Where their sources go.
        programs: What was started.
    """

    server: ScriptedServer
    folder: Path
    programs: list[Program]

    def __call__(self, source: str, *options: str, python: str = sys.executable) -> Program:
        """Starts a program on an interpreter with these options."""
        script = self.folder / "program.py"
        script.write_text(PRELUDE + dedent(source))
        # Other interpreters than that of the tests find the package, and nothing else, here.
        packages = self.folder / "packages"
        packages.mkdir(exist_ok=True)
        if not (packages / "koophone").exists():
            (packages / "koophone").symlink_to(Path(koophone.__file__).parent)
        arguments: list[str | Path] = [python, *options, script, self.server.endpoint]
        program = Program(arguments, {"PYTHONPATH": str(packages)})
        self.programs.append(program)
        return program
