"""Checks the rules of the architecture that no compiler checks.

`python -m tests.check_architecture .` prints every break in the repository at `.` and ends with 1 if there is one.
"""

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from tests.rust_paths import named_paths

TOP_LEVEL = frozenset({"src", "python", "tests", "docs", "benches", "examples", ".ci", ".gitignore", "Makefile"})
TOP_LEVEL |= {"Cargo.toml", "Cargo.lock", "rustfmt.toml", "pyproject.toml", "README.md", "CHANGELOG.md", "LICENSE"}
ROOMS = frozenset({"api", "http", "simulator", "python"})
# What each room may not name. Arrows point from `api` to `python` and from both to `http`.
FORBIDDEN = {
    "api": {"crate::simulator"},
    "http": {"pyo3", "crate::api", "crate::python", "crate::simulator"},
    "simulator": {"pyo3", "crate::api", "crate::http", "crate::python"},
    "python": {"crate::api", "crate::simulator"},
}
SIMULATOR_FACE = Path("src/python/simulator")  # shows the simulator to Python, so it must name it
MAX_LINES = 300
MACHINE_PATH = re.compile(r"(?<![\w.~$})>-])/(?:root|home|Users|work|tmp)/\w")


def main(root: Path) -> int:
    """Prints every break of a rule; 1 if there is one."""
    breaks = list(find_breaks(root))
    print(*breaks, sep="\n", end="\n" if breaks else "")
    return 1 if breaks else 0


def find_breaks(root: Path) -> Iterator[str]:
    """Yields every break of a rule in the repository at `root`, as `file:line: what is wrong`."""
    files = tracked_files(root)
    for file in files:
        if file.parts[0] not in TOP_LEVEL:
            yield f"{file}:1: the top level has no place for {file.parts[0]}"
        try:
            text = (root / file).read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
        yield from (f"{file}:{line}: {problem}" for line, problem in problems(file, text))


def tracked_files(root: Path) -> list[Path]:
    """What git would commit; without git, as in a source archive, everything that is there."""
    if (root / ".git").exists():
        command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
        listed = subprocess.run(command, cwd=root, capture_output=True, text=True, check=True).stdout.split("\0")
        return sorted(Path(name) for name in listed if (root / name).is_file())
    return sorted(path.relative_to(root) for path in root.rglob("*") if path.is_file())


def problems(file: Path, text: str) -> Iterator[tuple[int, str]]:
    """Yields the line and the text of each problem of one file."""
    if file.suffix in {".rs", ".py"} and (lines := len(text.splitlines())) > MAX_LINES:
        yield lines, f"more than {MAX_LINES} lines"
    if file.suffix == ".rs" and file.parts[0] == "src":
        yield from forbidden_paths(file, text)
    if file.suffix == ".py" and file.is_relative_to("python/koophone"):
        yield from imports_by_name(text)
    for number, line in enumerate(text.splitlines(), 1):
        if MACHINE_PATH.search(line):
            yield number, "a path of one machine"


def forbidden_paths(file: Path, text: str) -> Iterator[tuple[int, str]]:
    """Yields the paths that a Rust file names against the arrows between rooms."""
    module = tuple(part for part in file.with_suffix("").parts[1:] if part not in {"mod", "lib"})
    if not module:
        return
    room = module[0]
    if room not in ROOMS:
        yield 1, f"{room} is none of the rooms {', '.join(sorted(ROOMS))}"
        return
    forbidden = FORBIDDEN[room] | {"crate::*"}
    if file.with_suffix("") == SIMULATOR_FACE or file.is_relative_to(SIMULATOR_FACE):
        forbidden -= {"crate::simulator"}
    for line, path in named_paths(text, module):
        if (name := "::".join(path)) in forbidden:
            yield line, f"{room} must not name {name}"


def imports_by_name(text: str) -> Iterator[tuple[int, str]]:
    """Yields the imports of the package by its own name, which would load it whole."""
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and not node.level:
            names = [node.module or ""]
        else:
            continue
        if any(name.partition(".")[0] == "koophone" for name in names):
            yield node.lineno, "the package imports itself by name; use dots"


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
