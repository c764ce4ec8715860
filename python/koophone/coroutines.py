"""Makes an `async def` of each method of the core that starts a call.

Real coroutine functions, so that `create_task`, `TaskGroup`, anyio and `unittest.mock` take them for what they are, and
a forgotten `await` gives Python's own warning.
"""

from __future__ import annotations

TYPE_CHECKING = False  # importing `typing` for it would cost more than all the rest
if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Coroutine, Iterable
    from typing import Any, Protocol, Self

    class Call(Protocol):
        """A started call of the core."""

        def news(self) -> Awaitable[None]:
            """Come when there is something new."""

        def is_done(self) -> bool:
            """Tell whether the outcome is there."""

        def tell(self) -> Awaitable[object] | None:
            """Tell `on_progress`; gives what is to be awaited."""

        def result(self) -> object:
            """Give the result, or raise."""

        def abandon(self, exception: BaseException, /) -> None:
            """End the call and leave on the exception what it did."""


def coroutine_function(start: Callable[..., Call]) -> Callable[..., Coroutine[Any, Any, object]]:
    """Make a coroutine function that starts a call and follows it to its end."""

    async def call(self: object, /, *args: object, **kwargs: object) -> object:
        running = start(self, *args, **kwargs)
        try:
            done = False
            while not done:
                await running.news()
                done = running.is_done()
                told = running.tell()
                if told is not None:
                    await told
            return running.result()
        except BaseException as error:
            running.abandon(error)
            raise

    call.__name__ = start.__name__
    call.__qualname__ = f"AsyncClient.{start.__name__}"
    call.__module__ = "koophone"
    call.__doc__ = start.__doc__
    call.__wrapped__ = start  # type: ignore[attr-defined] # the signature is read from it
    return call


class _Closing:
    """What `AsyncClient` does when it is closed; the core has the rest of it."""

    _close: Callable[[], None]
    _leave: Callable[[], None]

    async def aclose(self) -> None:
        """Close the client and its copies; later calls raise `RuntimeError`.

        Example:
            >>> import asyncio
            >>> asyncio.run(koophone.AsyncClient("token").aclose())
        """
        self._close()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_exc_info: object) -> None:
        self._leave()


def install(client: type, names: Iterable[str]) -> None:
    """Give `AsyncClient` its coroutine functions; the core calls it once, when it is loaded."""
    for name in names:
        setattr(client, name, coroutine_function(getattr(client, name)))
    for name in ("aclose", "__aenter__", "__aexit__"):
        function = vars(_Closing)[name]
        function.__qualname__ = f"AsyncClient.{name}"
        setattr(client, name, function)
