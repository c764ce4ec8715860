"""What a wait tells: while it runs, and at its end."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from .plain import plain

if TYPE_CHECKING:
    from ._core import InstancePreparation, PrepareProgress
    from .errors import KooPhoneError


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitProgress:
    """How far a wait is.

    Attributes:
        total: How many are waited for.
        done: How many are decided: ready or failed.
        ready: How many are ready.
        failed: How many failed.
        pending: How many are undecided.
        states: How many are in each state, by its name, as `"QUEUING"`; `"NOT_POLLED"` where nothing is known yet.
        elapsed: Seconds since the wait began.

    Example:
        >>> from koophone.testing import Simulator
        >>> def tell(progress):
        ...     if progress.done == progress.total:
        ...         print(progress.ready, "ready,", progress.failed, "failed")
        >>> with Simulator(instances=2, speed=100) as cloud, cloud.client() as client:
        ...     report = client.prepare_and_wait(cloud.instance_ids, user_id="1008600000104285462", on_progress=tell)
        2 ready, 0 failed
    """

    total: int
    done: int
    ready: int
    failed: int
    pending: int
    states: Mapping[str, int]
    elapsed: float

    def to_dict(self) -> dict[str, object]:
        """Give it as plain data, ready for JSON."""
        return {name: plain(getattr(self, name)) for name in self.__match_args__ or self.__slots__}


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class PrepareReport:
    """What became of every instance of a wait: each ID is in exactly one of ready, failed and pending.

    Attributes:
        ready: The IDs that are ready.
        failed: Why the others failed: the answer of prepare, the progress, or the error of a request.
        pending: What was last known of those undecided; None if nothing was.
        elapsed: Seconds that the wait took.

    Example:
        >>> from koophone.testing import Simulator
        >>> with Simulator(instances=2, speed=100) as cloud, cloud.client() as client:
        ...     report = client.prepare_and_wait(cloud.instance_ids, user_id="1008600000104285462")
        >>> len(report.ready), report.failed, report.pending, report.ok
        (2, {}, {}, True)
    """

    ready: tuple[str, ...]
    failed: "Mapping[str, InstancePreparation | PrepareProgress | KooPhoneError]"
    pending: "Mapping[str, PrepareProgress | None]"
    elapsed: float

    @property
    def ok(self) -> bool:
        """Whether all are ready."""
        return not self.failed and not self.pending

    def to_dict(self) -> dict[str, object]:
        """Give it as plain data, ready for JSON."""
        return {name: plain(getattr(self, name)) for name in ("ready", "failed", "pending", "elapsed", "ok")}

    def __repr__(self) -> str:
        counts = f"{len(self.ready):,} ready, {len(self.failed):,} failed, {len(self.pending):,} pending"
        return f"<PrepareReport: {counts}, {self.elapsed:.1f} s>"

    __str__ = __repr__
