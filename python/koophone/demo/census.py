"""A fleet in numbers."""

from collections import Counter
from collections.abc import Sequence
from typing import TypeAlias

from .._core import Instance
from ..enums import RunningStatus, TransferStatus

#: How many instances are so, by what they are.
Census: TypeAlias = "Counter[str]"

_ROWS = ("instances", "stopped", "starting", "running", "assigned to a user", "backed up", "restored", "with a phone")


def count(fleet: Sequence[Instance]) -> Census:
    """Count a fleet by status."""
    census: Census = Counter(instances=len(fleet))
    for instance in fleet:
        census[(instance.running_status or RunningStatus.UNKNOWN).name.lower()] += 1
        census["assigned to a user"] += instance.assign_user is not None
        census["backed up"] += instance.backup_status == TransferStatus.SUCCEEDED
        census["restored"] += instance.restore_status == TransferStatus.SUCCEEDED
        census["with a phone"] += instance.phone_id is not None
    return census


def rows(census: Census) -> list[tuple[str, int]]:
    """Give it as rows of a table."""
    return [(name, census[name]) for name in _names(census)]


def changes(before: Census, after: Census) -> list[tuple[str, int, int, str]]:
    """Give what two counts have in common as rows of a table."""
    return [(name, before[name], after[name], f"{after[name] - before[name]:+}") for name in _names(before | after)]


def _names(census: Census) -> list[str]:
    return [*_ROWS, *sorted(set(census) - set(_ROWS))]
