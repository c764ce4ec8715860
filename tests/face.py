"""Both clients with the looks of the blocking one, so that a test is written once and runs on both."""

from __future__ import annotations

import asyncio
import inspect
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING, Any, Literal, cast

import koophone

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Iterator

Name = Literal["blocking", "asyncio"]
TOKEN = "MIIDkgYJKoZIhvcNAQcC-a-token-of-the-tests"  # noqa: S105 - opens nothing


class Loop:
    """One event loop on which all that a client returns to be awaited is awaited."""

    def __init__(self, runner: asyncio.Runner) -> None:
        self._runner = runner

    def call(self, function: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        """Calls a function inside the loop, awaits what it gives, and dresses that as the blocking client would."""

        async def inside() -> Any:
            result = function(*args, **kwargs)
            return await result if inspect.isawaitable(result) else result

        result = self._runner.run(inside())
        return Dressed(result, self) if isinstance(result, koophone.AsyncClient | koophone.AsyncPager) else result

    def iterate(self, source: AsyncIterator[Any]) -> Iterator[Any]:
        """Iterates step by step, each step a run of the loop."""
        iterator = self.call(aiter, source)
        while (item := self.call(anext, iterator, None)) is not None:
            yield item


class Dressed:
    """An `AsyncClient` or `AsyncPager` that looks like a `Client` or `Pager`."""

    def __init__(self, inner: Any, loop: Loop) -> None:
        self.inner, self._loop = inner, loop

    def __getattr__(self, name: str) -> Any:
        value = getattr(self.inner, name)
        return (lambda *args, **kwargs: self._loop.call(value, *args, **kwargs)) if callable(value) else value

    def __iter__(self) -> Iterator[Any]:
        return self._loop.iterate(self.inner)

    def __repr__(self) -> str:
        return repr(self.inner)

    def pages(self) -> Iterator[Any]:
        """What `Pager.pages` gives."""
        return self._loop.iterate(self.inner.pages())

    def close(self) -> None:
        """What `Client.close` does."""
        self._loop.call(self.inner.aclose)


class Face:
    """One of the two clients."""

    def __init__(self, name: Name, stack: ExitStack) -> None:
        self.name, self._stack = name, stack
        self._loop = Loop(stack.enter_context(asyncio.Runner())) if name == "asyncio" else None

    def client(self, endpoint: str | None = None, **options: Any) -> koophone.Client:
        """Makes a client that closes with the test; without an `auth` it gets a token."""
        options = {"auth": TOKEN, "endpoint": endpoint} | options
        if self._loop is None:
            return self._stack.enter_context(koophone.Client(**options))
        client = cast("koophone.Client", self._loop.call(koophone.AsyncClient, **options))
        self._stack.callback(client.close)
        return client


@contextmanager
def open_face(name: Name) -> Iterator[Face]:
    """Opens a face, and closes its clients and its loop."""
    with ExitStack() as stack:
        yield Face(name, stack)
