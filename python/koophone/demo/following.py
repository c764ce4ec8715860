"""Follows the waits of both clients in one line."""

import shutil
import threading
from collections import Counter
from collections.abc import Mapping
from typing import Self

from ..reports import WaitProgress
from .halves import Listener
from .screen import INDENT, Screen

#: Simulated seconds between two lines where a line cannot be written over.
_INTERVAL = 10.0


class Following:
    """A line that tells how far several waits are: written over on a terminal, otherwise repeated; `with` ends it."""

    def __init__(self, screen: Screen, totals: Mapping[str, int]) -> None:
        """Begin it for waits with these names and numbers of instances."""
        self._screen = screen
        self._totals = totals
        self._last: dict[str, WaitProgress] = {}
        self._lock = threading.Lock()
        self._due = 0.0
        self._shown = ""

    def listener(self, name: str) -> Listener:
        """Make the function that one wait calls, from whatever thread."""

        def listen(progress: WaitProgress) -> None:
            with self._lock:
                self._last[name] = progress
                if len(self._last) == len(self._totals):
                    self._show(self._text(), progress.elapsed)

        return listen

    def _text(self) -> str:
        states: Counter[str] = Counter()
        for progress in self._last.values():
            states.update({name: number for name, number in progress.states.items() if name != "NORMAL"})
        elapsed = max(progress.elapsed for progress in self._last.values())
        ready = ", ".join(f"{name} {self._last[name].ready}/{total}" for name, total in self._totals.items())
        others = ", ".join(f"{number} {name.lower().replace('_', ' ')}" for name, number in sorted(states.items()))
        return f"{elapsed:3.0f} s: {ready} ready" + (f", {others}" if others else "")

    def _show(self, text: str, now: float) -> None:
        if self._screen.rewrites:
            # One cell stays free: with the last one filled, some terminals go on to the next line.
            fitting = f"{INDENT}{text}"[: shutil.get_terminal_size().columns - 1]
            self._screen.write(f"\r{fitting.ljust(len(self._shown))}")
            self._shown = fitting
        elif now >= self._due:
            self._screen.line(text)
            self._due = now + _INTERVAL

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_exc_info: object) -> None:
        if self._shown:
            self._screen.write("\n")
