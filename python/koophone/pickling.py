"""How a pickled client comes back: built anew, with a core of its own."""

from __future__ import annotations

TYPE_CHECKING = False  # importing `typing` for it would cost more than all the rest
if TYPE_CHECKING:
    from typing import Any

    from ._core import AsyncClient, Client


def restore(cls: type[Client | AsyncClient], settings: dict[str, Any], on_failure: str) -> Client | AsyncClient:
    """Build the client that was pickled."""
    client = cls(**settings)
    return client if on_failure == "raise" else client.with_options(on_failure=on_failure)
