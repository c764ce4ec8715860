"""Models, results and reports as plain data, ready for JSON."""

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from datetime import datetime
from enum import IntEnum


def plain(value: object) -> object:
    """Turn enums into numbers, times into ISO 8601, models and errors into mappings, all others as they are."""
    match value:
        case IntEnum():
            return int(value)
        case datetime():
            return value.isoformat()
        case Mapping():
            return {str(key): plain(item) for key, item in value.items()}
        case list() | tuple() | AbstractSet():
            return [plain(item) for item in value]
        case BaseException():
            return error_as_dict(value)
        case _:
            to_dict = getattr(value, "to_dict", None)
            return value if to_dict is None else to_dict()


def fields_as_dict(model: object) -> dict[str, object]:
    """Turn a model into a mapping of its attributes."""
    names: tuple[str, ...] = type(model).__match_args__  # type: ignore[attr-defined] # every model has it
    return {name: plain(getattr(model, name)) for name in names}


def error_as_dict(error: BaseException) -> dict[str, object]:
    """Turn an error into its class and its attributes; a result or report on it is told elsewhere."""
    told = {name: plain(value) for name, value in vars(error).items() if name not in {"result", "report"}}
    return {"type": type(error).__name__, "message": str(error)} | {
        name: value for name, value in told.items() if name != "message" and not name.startswith("_")
    }
