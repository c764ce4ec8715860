"""Plain text for people: headings, lines and tables."""

import os
from collections.abc import Sequence
from typing import TextIO

#: What stands before every line of a section.
INDENT = "   "


class Screen:
    """Writes to a terminal, a pipe or a file, always without colours and escape codes."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        #: Whether a line can be written over.
        self.rewrites = stream.isatty() and os.environ.get("TERM") != "dumb"

    def heading(self, text: str) -> None:
        """Begin a section."""
        self.write(f"\n{text}\n")

    def line(self, text: str) -> None:
        """Write one line of a section."""
        self.write(f"{INDENT}{text}\n")

    def table(self, header: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
        """Write rows in columns as wide as their widest cell; numbers stand at the right."""
        cells = [list(header), *([str(cell) for cell in row] for row in rows)]
        widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
        numeric = [cell.lstrip("+-").isdigit() for cell in cells[-1]]
        for row in cells:
            columns = zip(row, widths, numeric, strict=True)
            aligned = (cell.rjust(width) if right else cell.ljust(width) for cell, width, right in columns)
            self.line("  ".join(aligned).rstrip())

    def write(self, text: str) -> None:
        """Write it at once."""
        self._stream.write(text)
        self._stream.flush()
