"""For tests and trials without an account: a KooPhone of one's own."""

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .simulator import Simulator

__all__ = ["Simulator"]


def __getattr__(name: str) -> Any:  # noqa: ANN401 - whatever has that name
    """Loads the simulator on first use, so that what only lies in this package comes without the compiled core."""
    if name in __all__:
        return getattr(importlib.import_module(".simulator", __name__), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
