"""The check of the architecture finds each break of a rule, and none in what obeys them."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.check_architecture import find_breaks

ROOT = Path(__file__).parent.parent
HOME = "/" + "home/somebody"
BREAKS = [
    ("src/http/call.rs", "use pyo3::prelude::*;", "1: http must not name pyo3"),
    ("src/http/call.rs", "\nuse crate::api::ids::Ids;", "2: http must not name crate::api"),
    ("src/http/call.rs", "fn f() { crate::python::run() }", "1: http must not name crate::python"),
    ("src/http/mod.rs", "use super::simulator;", "1: http must not name crate::simulator"),
    ("src/http/call.rs", "use crate::*;", "1: http must not name crate::*"),
    ("src/simulator/a.rs", "#[pyo3::pyclass]\nstruct A;", "1: simulator must not name pyo3"),
    ("src/simulator/a.rs", "use crate::{http::Error};", "1: simulator must not name crate::http"),
    ("src/simulator/a.rs", "use crate::{\n  x,\n  api};", "3: simulator must not name crate::api"),
    ("src/simulator/a.rs", "use super::super::python;", "1: simulator must not name crate::python"),
    ("src/api/jobs.rs", "use crate::simulator::Clock;", "1: api must not name crate::simulator"),
    ("src/python/a.rs", "use crate::api::jobs;", "1: python must not name crate::api"),
    ("src/python/a.rs", "crate::simulator::run()", "1: python must not name crate::simulator"),
    ("src/python/macros.rs", "$crate::simulator::run()", "1: python must not name crate::simulator"),
    ("src/kitchen/sink.rs", "", "1: kitchen is none of the rooms api, http, python, simulator"),
    ("python/koophone/a.py", "import koophone", "1: the package imports itself by name; use dots"),
    ("python/koophone/b.py", "import koophone.a", "1: the package imports itself by name; use dots"),
    ("python/koophone/c/d.py", "def f():\n  from koophone import Client", "2: the package imports itself"),
    ("src/http/call.rs", "\n" * 301, "301: more than 300 lines"),
    ("tests/test_a.py", "\n" * 301, "301: more than 300 lines"),
    ("docs/a.md", f"see\n`{HOME}/x`", "2: a path of one machine"),
    ("setup.cfg", "", "1: the top level has no place for setup.cfg"),
]
GOOD_TREE = {
    "src/lib.rs": "mod api;\npub use crate::simulator::Simulator;\nuse pyo3::prelude::*;\n",
    "src/http/call.rs": """//! No word of pyo3 or crate::python is code here.
        const A: &str = "crate::api"; /* crate::simulator */
        const B: char = '"'; fn f<'a>(x: &'a str) {}
        use super::{error::Error, simulator_clock};
        mod tests { use super::*; use super::super::python_like; mod deep { use super::super::super::wire; } }
    """,
    "src/http/mod.rs": "mod tests { use super::*; use super::simulator::x; }\npub use self::api::Api;\n",
    "src/python/simulator.rs": "use crate::{http::clock, simulator::Simulator};\n",
    "src/api/jobs.rs": "use crate::{http::{Error, call}, python::{model, operations}};\n",
    "python/koophone/testing/a.py": "'import koophone'\nfrom ..errors import ApiError\nfrom koophone_tools import b\n",
    "python/koophone/_core.pyi": "\n" * 500,
    "docs/a.md": "GET https://example.com/home/a, /v1/tmp/x and /usr/bin/env\n",
}


def write(root: Path, files: dict[str, str]) -> None:
    for name, text in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, encoding="utf-8")


@pytest.mark.parametrize(
    ("file", "text", "expected"), BREAKS, ids=[f"{file}:{expected}" for file, _, expected in BREAKS]
)
def test_each_break_of_a_rule_is_found(tmp_path: Path, file: str, text: str, expected: str) -> None:
    write(tmp_path, {**GOOD_TREE, file: text})

    breaks = list(find_breaks(tmp_path))

    assert len(breaks) == 1, breaks
    assert breaks[0].startswith(f"{file}:{expected}")


def test_what_obeys_the_rules_passes(tmp_path: Path) -> None:
    write(tmp_path, GOOD_TREE)

    assert list(find_breaks(tmp_path)) == []


@pytest.mark.parametrize(("text", "status"), [("", 0), ("use pyo3::Python;", 1)], ids=["good", "bad"])
def test_the_command_fails_when_a_rule_is_broken(tmp_path: Path, text: str, status: int) -> None:
    write(tmp_path, {"src/http/call.rs": text})
    command = [sys.executable, "-m", "tests.check_architecture", str(tmp_path)]

    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)

    assert (done.returncode, done.stderr) == (status, "")
    assert done.stdout == ("src/http/call.rs:1: http must not name pyo3\n" if status else "")


def test_only_what_git_would_commit_is_checked(tmp_path: Path) -> None:
    subprocess.run(["git", "init", "--quiet", tmp_path], check=True)
    write(tmp_path, {".gitignore": "/target/\n", "target/a.rs": "\n" * 301, "tests/a.py": "\n" * 301})

    assert list(find_breaks(tmp_path)) == ["tests/a.py:301: more than 300 lines"]
