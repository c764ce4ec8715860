"""The README is true: its programs run, its names exist, its paths lead somewhere."""

import ast
import asyncio
import inspect
import re
from collections.abc import Coroutine, Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

import koophone
from koophone.testing import Simulator

ROOT = Path(__file__).parent.parent
README = ROOT / "README.md"
TEXT = README.read_text(encoding="utf-8")


class Program(NamedTuple):
    """A block of Python, and the line at which it begins."""

    source: str
    line: int

    def run(self, namespace: dict[str, object]) -> None:
        """Runs it as a notebook does, where `await` may stand at the top level; tracebacks show the README's lines."""
        source = "\n" * self.line + self.source
        flags = ast.PyCF_ALLOW_TOP_LEVEL_AWAIT
        code = compile(source, README, "exec", flags=flags, dont_inherit=True)
        awaited = eval(code, namespace)  # noqa: S307 - the README is ours
        if code.co_flags & inspect.CO_COROUTINE:
            assert isinstance(awaited, Coroutine)
            asyncio.run(awaited)


def programs() -> Iterator[Program]:
    for block in re.finditer(r"^```python\n(.*?)^```$", TEXT, re.MULTILINE | re.DOTALL):
        yield Program(block[1], TEXT.count("\n", 0, block.start(1)))


def section(heading: str) -> str:
    """The text of one section."""
    found = re.search(rf"^##+ {re.escape(heading)}\n(.*?)(?=^##|\Z)", TEXT, re.MULTILINE | re.DOTALL)
    assert found, heading
    return found[1]


def rows(heading: str) -> list[list[str]]:
    """The cells of a section's first table, without its header."""
    lines = [line.strip("| ") for line in section(heading).splitlines() if line.startswith("|")]
    return [[cell.strip().strip("`") for cell in line.split("|")] for line in lines[2:]]


def test_every_program_runs_in_the_order_of_the_text(monkeypatch: pytest.MonkeyPatch) -> None:
    blocks = list(programs())
    namespace: dict[str, object] = {"__name__": "readme"}
    with Simulator(instances=200, speed=100) as cloud:
        monkeypatch.setenv("KOOPHONE_ENDPOINT", cloud.endpoint)
        monkeypatch.setenv("KOOPHONE_AUTH_TOKEN", cloud.token)
        for block in blocks:
            block.run(namespace)
        left = cloud.instance_ids

    assert len(blocks) == TEXT.count("```python") > 8
    assert len(left) == 50
    assert isinstance(namespace["report"], koophone.PrepareReport)


def test_the_operations_that_are_here_are_methods_of_both_clients_and_the_planned_ones_are_not() -> None:
    table = rows("Operations")

    assert len(table) == 21
    for method, _operation, _limit, status in table:
        present = (hasattr(koophone.Client, method), hasattr(koophone.AsyncClient, method))
        assert present == {"here": (True, True), "planned": (False, False)}[status], method


def test_each_operation_that_is_here_names_the_service_operation_in_its_help() -> None:
    for method, operation, _limit, status in rows("Operations"):
        if status == "here":
            assert f"({operation})" in (getattr(koophone.Client, method).__doc__ or "")


def test_the_tree_of_errors_is_the_tree_of_classes() -> None:
    parents = ["Exception"]
    drawn = {}
    for line in section("Errors").splitlines():
        if found := re.match(r"((?:│ +|[├└]── )*)(\w+Error)\b", line):
            depth = len(found[1]) // 4
            parents[depth + 1 :] = [found[2]]
            drawn[found[2]] = parents[depth]

    errors = {name: getattr(koophone, name) for name in koophone.__all__ if name.endswith("Error")}
    assert drawn == {name: error.__bases__[0].__name__ for name, error in errors.items()}


def test_the_defaults_of_the_options_are_those_of_the_client() -> None:
    signature = inspect.signature(koophone.Client)
    for option, default, _meaning in rows("Timeouts and limits"):
        number = default.removesuffix(" s").capitalize()
        assert str(signature.parameters[option].default).removesuffix(".0") == number, option


def test_every_path_of_the_table_of_contents_is_there() -> None:
    for path, _what in rows("The repository"):
        assert (ROOT / path).exists(), path


def test_every_make_target_is_in_the_makefile() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"\bmake ([a-z][\w/]*)", TEXT))

    assert targets >= {"demo", "test", "lint", "stubs", "develop", "lock"}
    for target in targets:
        assert re.search(rf"^{re.escape(target)}:", makefile, re.MULTILINE), target


def test_every_link_into_the_repository_leads_somewhere() -> None:
    links = [link for link in re.findall(r"\]\(([^)]+)\)", TEXT) if "://" not in link]

    assert links
    for link in links:
        assert (ROOT / link).exists(), link
