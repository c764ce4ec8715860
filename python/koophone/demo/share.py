"""Which instances of a fleet are to be prepared, to fail, to be reset and to be deleted."""

from collections.abc import Sequence
from dataclasses import dataclass

from .._core import Instance
from ..enums import RunningStatus


@dataclass(frozen=True)
class Share:
    """What is to happen to the instances of one half."""

    prepared: Sequence[str]
    #: The one that fails to prepare.
    failing: str
    #: It, and those that are prepared together with it.
    tried: Sequence[str]
    reset: Sequence[str]
    deleted: Sequence[str]

    @classmethod
    def of(cls, half: Sequence[Instance]) -> "Share":
        """Give three quarters and a few of the rest their parts."""
        # One that runs is ready without being prepared, so it cannot fail.
        failing = [each.instance_id for each in half if each.running_status != RunningStatus.RUNNING][-1]
        others = [each.instance_id for each in half if each.instance_id != failing]
        three_quarters, few = len(half) * 3 // 4, min(5, max(1, len(half) // 20))
        tried = (failing, *others[three_quarters : three_quarters + 2])
        return cls(others[:three_quarters], failing, tried, others[:few], others[-few:])
