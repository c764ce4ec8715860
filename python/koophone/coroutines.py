"""Makes an `async def` of each method of the core that starts a call.

Real coroutine functions, so that `create_task`, `TaskGroup`, anyio and `unittest.mock` take them for what they are, and
a forgotten `await` gives Python's own warning.
"""

from collections.abc import Awaitable, Callable, Coroutine, Iterable
from typing import Any, Protocol


class _Call(Protocol):
    def news(self) -> Awaitable[None]: ...
    def is_done(self) -> bool: ...
    def tell(self) -> Awaitable[object] | None: ...
    def result(self) -> object: ...
    def abandon(self, exception: BaseException, /) -> None: ...


def coroutine_function(start: Callable[..., _Call]) -> Callable[..., Coroutine[Any, Any, object]]:
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


async def _aclose(client: Any) -> None:  # noqa: ANN401 - `AsyncClient`, which is being made here
    """Close the client and its copies; later calls raise `RuntimeError`."""
    client._close()  # noqa: SLF001 - its Rust half


async def _aenter(client: Any) -> Any:  # noqa: ANN401
    return client


async def _aexit(client: Any, *_exc_info: object) -> None:  # noqa: ANN401
    client._leave()  # noqa: SLF001


def install(client: type, names: Iterable[str]) -> None:
    """Give `AsyncClient` its coroutine functions; the core calls it once, when it is loaded."""
    for name in names:
        setattr(client, name, coroutine_function(getattr(client, name)))
    for name, function in {"aclose": _aclose, "__aenter__": _aenter, "__aexit__": _aexit}.items():
        function.__name__ = name
        function.__qualname__ = f"AsyncClient.{name}"
        setattr(client, name, function)
