"""Every public name has an example in its docstring, and every example comes out as it says."""

import doctest
import inspect
from collections.abc import Iterator

import pytest

import koophone
import koophone.testing
from koophone.testing import Simulator


def public_names() -> Iterator[tuple[str, object]]:
    """Yields every public class and function, and every public method and property of the clients and the simulator."""
    for module in (koophone, koophone.testing):
        yield from ((name, getattr(module, name)) for name in module.__all__ if name != "__version__")
    for kind in (koophone.Client, koophone.AsyncClient, Simulator):
        yield from members(kind)


def members(kind: type) -> Iterator[tuple[str, object]]:
    """Yields what a class itself offers."""
    yield from ((f"{kind.__name__}.{name}", value) for name, value in vars(kind).items() if not name.startswith("_"))


def every_docstring() -> Iterator[tuple[str, str]]:
    """Yields the docstrings of all public classes and of all that they offer."""
    for name, value in public_names():
        yield name, inspect.getdoc(value) or ""
        if inspect.isclass(value):
            yield from ((member, inspect.getdoc(offered) or "") for member, offered in members(value))


PUBLIC = dict(public_names())
# By text, so that what both clients share runs once.
EXAMPLES = {text: name for name, text in every_docstring() if ">>>" in text}


@pytest.mark.parametrize("name", PUBLIC)
def test_every_public_name_has_an_example(name: str) -> None:
    assert ">>>" in (inspect.getdoc(PUBLIC[name]) or "")


@pytest.mark.parametrize(("text", "name"), EXAMPLES.items(), ids=EXAMPLES.values())
def test_the_example_comes_out_as_it_says(text: str, name: str) -> None:
    example = doctest.DocTestParser().get_doctest(text, {"koophone": koophone}, name, None, None)
    runner = doctest.DocTestRunner(optionflags=doctest.ELLIPSIS)
    said: list[str] = []

    results = runner.run(example, out=said.append)

    assert results.attempted > 0
    assert results.failed == 0, "".join(said)
