"""The release wheel: what it is, what it holds, and that it runs on every Python of this machine.

`make test` builds it; `KOOPHONE_WHEEL` names another one.
"""

import os
import re
import subprocess
import tomllib
import zipfile
from email.message import Message
from email.parser import Parser
from pathlib import Path

import pytest

from tests.interpreters import Interpreter, find_interpreters

ROOT = Path(__file__).parent.parent
MEGABYTE = 1_000_000


@pytest.fixture(scope="session")
def version() -> str:
    manifest = tomllib.loads((ROOT / "Cargo.toml").read_text(encoding="utf-8"))
    return str(manifest["package"]["version"])


@pytest.fixture(scope="session")
def wheel(version: str) -> Path:
    named = os.environ.get("KOOPHONE_WHEEL")
    wheels = [Path(named).absolute()] if named else list((ROOT / "target/wheels").glob(f"koophone-{version}-*.whl"))
    assert len(wheels) == 1, f"`make test` builds exactly one wheel; found {wheels}"
    return wheels[0]


@pytest.fixture(scope="session")
def metadata(wheel: Path, version: str) -> Message:
    with zipfile.ZipFile(wheel) as archive:
        return Parser().parsestr(archive.read(f"koophone-{version}.dist-info/METADATA").decode())


def test_one_wheel_serves_every_python_from_3_11(wheel: Path, version: str) -> None:
    # Where the machine's C library allows no manylinux tag, maturin falls back to plain linux.
    tags = rf"koophone-{re.escape(version)}-cp311-abi3-(manylinux_\d+_\d+_\w+|manylinux\d+_\w+|linux_\w+)"

    assert re.fullmatch(rf"{tags}(\.manylinux\w+)*\.whl", wheel.name)


def test_the_wheel_is_smaller_than_5_megabytes(wheel: Path) -> None:
    assert wheel.stat().st_size < 5 * MEGABYTE


def test_the_wheel_carries_its_types_and_its_licence(wheel: Path, version: str) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()

    assert {"koophone/py.typed", "koophone/_core.pyi"} <= set(names)
    assert f"koophone-{version}.dist-info/licenses/LICENSE" in names


def test_the_wheel_holds_one_library_and_no_leftovers(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()

    assert [name for name in names if name.endswith(".so")] == ["koophone/_core.abi3.so"]
    assert [name for name in names if not name.startswith(("koophone/", "koophone-"))] == []
    assert [name for name in names if "__pycache__" in name] == []


def test_the_wheel_has_the_version_of_the_crate(metadata: Message, version: str) -> None:
    assert metadata["Version"] == version


def test_the_wheel_needs_python_3_11_and_nothing_else(metadata: Message) -> None:
    required = [line for line in metadata.get_all("Requires-Dist", []) if "extra ==" not in line]

    assert metadata["Requires-Python"] == ">=3.11"
    assert required == []


@pytest.mark.parametrize("interpreter", find_interpreters(), ids=lambda interpreter: interpreter.version)
def test_the_demo_runs_from_the_wheel_on_each_python(wheel: Path, tmp_path: Path, interpreter: Interpreter) -> None:
    if not interpreter.makes_venvs:
        pytest.skip(f"{interpreter.executable} has no ensurepip, so it cannot make a virtual environment")
    python = tmp_path / "venv/bin/python"
    run(interpreter.executable, "-m", "venv", tmp_path / "venv", cwd=tmp_path)
    run(python, "-m", "pip", "--isolated", "install", "--no-index", "--no-deps", wheel, cwd=tmp_path)

    done = run(python, "-m", "koophone", "demo", "--instances", "20", "--speed", "200", cwd=tmp_path)

    assert done.stdout != ""
    assert done.stderr == ""


def run(*command: str | Path, cwd: Path) -> subprocess.CompletedProcess[str]:
    """Runs a command far from the sources and from the variables that lead Python to other packages."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "VIRTUAL_ENV"))}
    done = subprocess.run(command, cwd=cwd, env=clean, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done
