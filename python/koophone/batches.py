"""What became of a batch: every ID is in exactly one place."""

import copy
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal, NoReturn, TypeVar, overload

from .errors import BatchError, KooPhoneError
from .plain import plain

T_co = TypeVar("T_co", covariant=True)
Default = TypeVar("Default")

Outcome = Literal["rejected", "not_sent", "unknown"]


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchFailure:
    """IDs of one request that failed together.

    Attributes:
        instance_ids: The IDs.
        error: What went wrong.
        outcome: `"rejected"`: the service said no; `"not_sent"`: the request never left; `"unknown"`: the service may
            have acted, so look before sending it again.

    Example:
        >>> from koophone.testing import Simulator
        >>> with Simulator(instances=1) as cloud, cloud.client() as client:
        ...     result = client.with_options(on_failure="collect").reset_instances(["nobody"])
        >>> failure = result.failures[0]
        >>> failure.instance_ids, failure.outcome, type(failure.error).__name__
        (('nobody',), 'rejected', 'PermissionDeniedError')
    """

    instance_ids: tuple[str, ...]
    error: KooPhoneError
    outcome: Outcome

    def to_dict(self) -> dict[str, object]:
        """Give it as plain data, ready for JSON."""
        return {name: plain(getattr(self, name)) for name in ("instance_ids", "error", "outcome")}


class BatchResult(Mapping[str, T_co]):
    """The IDs that succeeded, with their values, in the caller's order; and the failures beside them.

    `result[instance_id]` raises the error of a failed ID, and `KeyError` for an ID that was not in the batch.

    Example:
        >>> from koophone.testing import Simulator
        >>> with Simulator(instances=3) as cloud, cloud.client() as client:
        ...     result = client.reset_instances(cloud.instance_ids)
        >>> result.ok, len(result), result.failures
        (True, 3, ())
    """

    __slots__ = ("_failures", "_requests", "_values")

    def __init__(
        self, values: Mapping[str, T_co], failures: tuple[BatchFailure, ...] = (), *, requests: int = 1
    ) -> None:
        """Hold what became of a batch that took so many requests."""
        self._values = dict(values)
        self._failures = tuple(failures)
        self._requests = requests

    def __getitem__(self, instance_id: str) -> T_co:
        try:
            return self._values[instance_id]
        except KeyError:
            for failure in self._failures:
                if instance_id in failure.instance_ids:
                    # A copy: raising one object twice would mix up its tracebacks.
                    raise copy.copy(failure.error) from None
            raise

    @overload
    def get(self, instance_id: str, /) -> T_co | None: ...
    @overload
    def get(self, instance_id: str, /, default: Default) -> T_co | Default: ...
    def get(self, instance_id: str, /, default: object = None) -> object:
        """Give the value of an ID that succeeded, otherwise `default`."""
        return self._values.get(instance_id, default)

    def __contains__(self, instance_id: object) -> bool:
        return instance_id in self._values

    def __iter__(self) -> Iterator[str]:
        return iter(self._values)

    def __len__(self) -> int:
        return len(self._values)

    @property
    def succeeded(self) -> tuple[str, ...]:
        """The IDs that succeeded, in the caller's order."""
        return tuple(self._values)

    @property
    def failures(self) -> tuple[BatchFailure, ...]:
        """What failed, in the caller's order."""
        return self._failures

    @property
    def ok(self) -> bool:
        """Whether nothing failed."""
        return not self._failures

    def raise_for_failures(self) -> None:
        """Raise what the call itself would have raised.

        Raises:
            KooPhoneError: The request's own error, if the batch took a single one.
            BatchError: If it took several and any failed.
        """
        if self._failures:
            self._raise()

    def _raise(self) -> NoReturn:
        errors = [copy.copy(failure.error) for failure in self._failures]
        if self._requests == 1:
            errors[0].result = self
            raise errors[0]
        raise BatchError(self._summary(), errors, self)

    def _summary(self) -> str:
        failed = sum(len(failure.instance_ids) for failure in self._failures)
        counts: dict[str, int] = {}
        for failure in self._failures:
            counts[failure.outcome] = counts.get(failure.outcome, 0) + len(failure.instance_ids)
        told = ", ".join(f"{count} {outcome}" for outcome, count in counts.items())
        return f"{failed} of {failed + len(self)} instances failed: {told}; see .result"

    def to_dict(self) -> dict[str, object]:
        """Give it as plain data, ready for JSON."""
        return {"succeeded": plain(self._values), "failures": plain(self._failures), "ok": self.ok}

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, BatchResult):
            return NotImplemented
        return self._values == other._values and self._failures == other._failures

    __hash__ = None  # type: ignore[assignment] # as other mappings

    def __repr__(self) -> str:
        failed = sum(len(failure.instance_ids) for failure in self._failures)
        return f"<BatchResult: {len(self):,} succeeded, {failed:,} failed>"
