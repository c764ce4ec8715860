"""The public types, as the type checkers of users see the installed package."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

SAMPLES = Path(__file__).parent / "typing"


class Finding(NamedTuple):
    """What a checker says about a line."""

    line: int
    message: str


def mypy(program: Path, cache: Path) -> list[Finding]:
    # The empty configuration file: what counts is the package as installed, not the sources beside it.
    options = ["--strict", "--config-file=", f"--cache-dir={cache}", "--output=json"]
    lines = check("mypy", *options, program).splitlines()
    findings = [json.loads(line) for line in lines if line.startswith("{")]
    return [Finding(each["line"], each["message"]) for each in findings if each["severity"] == "error"]


def basedpyright(program: Path, project: Path) -> list[Finding]:
    (project / "pyrightconfig.json").write_text('{"typeCheckingMode": "standard"}', encoding="utf-8")
    options = ["--project", str(project), "--pythonpath", sys.executable, "--level=error", "--outputjson"]
    report = json.loads(check("basedpyright", *options, program))
    assert report["summary"]["filesAnalyzed"] == 1
    findings = report["generalDiagnostics"]
    return [Finding(each["range"]["start"]["line"] + 1, each["message"]) for each in findings]


def check(checker: str, *arguments: str | Path) -> str:
    clean = {name: value for name, value in os.environ.items() if name not in {"MYPYPATH", "PYTHONPATH"}}
    command = [sys.executable, "-m", checker, *arguments]
    done = subprocess.run(command, cwd=SAMPLES, env=clean, capture_output=True, text=True, check=False)
    assert done.returncode in {0, 1}, done.stdout + done.stderr  # found nothing, or found something
    return done.stdout


CHECKERS = pytest.mark.parametrize("checker", [mypy, basedpyright])


@CHECKERS
def test_every_call_has_its_type(checker: Callable[[Path, Path], list[Finding]], tmp_path: Path) -> None:
    assert checker(SAMPLES / "sample.py", tmp_path) == []


@CHECKERS
def test_the_checkers_find_every_mistake_and_nothing_else(
    checker: Callable[[Path, Path], list[Finding]], tmp_path: Path
) -> None:
    program = SAMPLES / "mistakes.py"
    lines = program.read_text(encoding="utf-8").splitlines()

    found = checker(program, tmp_path)

    assert {each.line for each in found} == {n for n, line in enumerate(lines, 1) if line.endswith("# mistake")}, found
