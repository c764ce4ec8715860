"""Finds every CPython of this machine that the wheel says it installs on."""

import functools
import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

OLDEST = [3, 11]
_NAME = re.compile(r"python3(\.\d+)?")
# Asked of each candidate. A build without the global lock has another ABI, for which the wheel is not.
_QUESTION = """
import importlib.util, json, platform, sys, sysconfig
print(json.dumps({
    "executable": sys.executable,
    "version": platform.python_version(),
    "fits": sys.implementation.name == "cpython" and list(sys.version_info[:2]) >= %s
        and not sysconfig.get_config_var("Py_GIL_DISABLED"),
    "makes_venvs": importlib.util.find_spec("ensurepip") is not None,
}))
"""


class Interpreter(NamedTuple):
    """A Python of this machine."""

    version: str
    executable: str
    makes_venvs: bool


@functools.cache
def find_interpreters() -> tuple[Interpreter, ...]:
    """Returns one interpreter of each full version; the one that runs this is the first of its version."""
    found: dict[str, Interpreter] = {}
    for candidate in dict.fromkeys([Path(sys.executable), *_on_path(), *_of_pyenv()]):
        interpreter = _ask(candidate)
        if interpreter is not None:
            found.setdefault(interpreter.version, interpreter)
    return tuple(sorted(found.values(), key=lambda each: [int(part) for part in re.findall(r"\d+", each.version)]))


def _on_path() -> Iterator[Path]:
    for folder in map(Path, os.get_exec_path()):
        if folder.is_dir():
            yield from sorted(path for path in folder.glob("python3*") if _NAME.fullmatch(path.name))


def _of_pyenv() -> Iterator[Path]:
    root = Path(os.environ.get("PYENV_ROOT") or Path.home() / ".pyenv")
    yield from sorted(root.glob("versions/*/bin/python3"))


def _ask(candidate: Path) -> Interpreter | None:
    """Returns what a candidate says of itself; None if it is too old, another Python, or a shim that does not run."""
    question = _QUESTION % OLDEST
    try:
        asked = subprocess.run(
            [candidate, "-I", "-c", question], capture_output=True, text=True, timeout=30, check=True
        )
        answer = json.loads(asked.stdout)
    except (OSError, subprocess.SubprocessError, ValueError):
        return None
    return Interpreter(answer["version"], answer["executable"], answer["makes_venvs"]) if answer["fits"] else None
