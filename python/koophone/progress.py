"""Tells a caller how far a wait is: through a function of the caller's, and through a bar."""

import sys
import time
from collections.abc import Awaitable, Callable
from importlib.util import find_spec
from inspect import iscoroutinefunction
from typing import TYPE_CHECKING, Any, Protocol, TypeAlias

if TYPE_CHECKING:
    from .reports import WaitProgress

OnProgress: TypeAlias = "Callable[[WaitProgress], object]"

#: Seconds between two lines where a line cannot be written over.
_LINE_INTERVAL = 10.0


class _Bar(Protocol):
    def show(self, progress: "WaitProgress") -> None: ...
    def close(self) -> None: ...


class Listener:
    """Whoever wants to know."""

    def __init__(self, progress: bool, on_progress: Callable[[Any], object] | None) -> None:  # noqa: FBT001 - the core alone calls it
        if on_progress is not None and not callable(on_progress):
            message = f"on_progress must be callable, not {type(on_progress).__name__}"
            raise TypeError(message)
        self._on_progress = on_progress
        self._bar: _Bar | None = (_TqdmBar() if find_spec("tqdm") else _Line()) if progress else None

    def check_blocking(self) -> None:
        """Refuse a function that only a loop can call.

        Raises:
            TypeError: It is an `async def`.
        """
        if iscoroutinefunction(self._on_progress):
            message = "on_progress of a blocking client must not be an async def"
            raise TypeError(message)

    def tell(self, progress: "WaitProgress") -> Awaitable[object] | None:
        """Show how far it is; gives what is to be awaited."""
        if self._bar:
            self._bar.show(progress)
        told = self._on_progress(progress) if self._on_progress else None
        return told if isinstance(told, Awaitable) else None

    def close(self) -> None:
        """Stop showing."""
        if self._bar:
            self._bar.close()
            self._bar = None


class _TqdmBar:
    """A bar by tqdm, which knows terminals and notebooks."""

    def __init__(self) -> None:
        self._bar: Any = None

    def show(self, progress: "WaitProgress") -> None:
        if self._bar is None:
            from tqdm.auto import tqdm  # noqa: PLC0415 - optional, and slow to import

            self._bar = tqdm(total=progress.total, unit="phone")
        states = ", ".join(f"{count} {name.lower()}" for name, count in progress.states.items())
        self._bar.set_postfix_str(states, refresh=False)
        self._bar.update(progress.done - self._bar.n)

    def close(self) -> None:
        if self._bar is not None:
            self._bar.close()


class _Line:
    """A line on stderr: written over on a terminal, repeated now and then elsewhere."""

    def __init__(self) -> None:
        self._stream = sys.stderr
        self._rewrites = self._stream.isatty()
        self._written = 0.0
        self._text = ""
        self._shown = ""

    def show(self, progress: "WaitProgress") -> None:
        states = ", ".join(f"{count} {name.lower()}" for name, count in progress.states.items())
        self._text = f"{progress.done}/{progress.total} done after {progress.elapsed:.0f} s: {states}"
        if self._rewrites:
            self._write(f"\r\x1b[K{self._text}")
        elif time.monotonic() - self._written >= _LINE_INTERVAL:
            self._write(f"{self._text}\n")

    def close(self) -> None:
        if self._rewrites:
            self._write("\n")
        elif self._text != self._shown:
            self._write(f"{self._text}\n")

    def _write(self, text: str) -> None:
        self._stream.write(text)
        self._stream.flush()
        self._written = time.monotonic()
        self._shown = self._text
