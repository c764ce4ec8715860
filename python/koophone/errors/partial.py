"""Errors of work that was done in part: each tells what became of every instance."""

from __future__ import annotations

from .base import KooPhoneError

TYPE_CHECKING = False  # as in base.py
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any, Self

    from ..batches import BatchResult
    from ..reports import PrepareReport


class BatchError(KooPhoneError, ExceptionGroup[KooPhoneError]):
    """Some of the requests of a batch failed.

    `except* NotFoundError` handles those of one kind; `except BatchError` the group.

    Attributes:
        result: What became of every ID, those that succeeded included.
        exceptions: One error for each failed request.

    Example:
        >>> from koophone.testing import Simulator
        >>> with Simulator(instances=150) as cloud, cloud.client() as client:
        ...     try:
        ...         client.reset_instances([*cloud.instance_ids, "nobody"])
        ...     except koophone.BatchError as error:
        ...         print(error)
        51 of 151 instances failed: 51 rejected; see .result (1 sub-exception)
    """

    def __new__(cls, message: str, exceptions: Sequence[KooPhoneError], result: BatchResult[Any] | None = None) -> Self:
        """Make one; `result` is None only while unpickling."""
        error = super().__new__(cls, message, exceptions)
        if result is not None:
            error.result = result
        return error

    def __init__(
        self, message: str, exceptions: Sequence[KooPhoneError], result: BatchResult[Any] | None = None
    ) -> None:
        del exceptions, result  # `__new__` keeps both
        self.operation = None
        self.request_id = None
        self.args = (message, self.exceptions)

    def __str__(self) -> str:
        return ExceptionGroup.__str__(self)

    def derive(self, excs: Sequence[Exception], /) -> BatchError:  # type: ignore[override] # a group of our errors only
        """Make the group that `split` and `subgroup` give: same class, same result."""
        return BatchError(self.args[0], excs, self.result)  # type: ignore[arg-type] # a group of ours has parts of ours


class PrepareFailedError(KooPhoneError):
    """Some instances could not be prepared.

    Attributes:
        report: What became of every instance.

    Example:
        >>> from koophone.testing import Simulator
        >>> with Simulator(instances=5, speed=100) as cloud, cloud.client() as client:
        ...     cloud.change_instance(cloud.instance_ids[0], fails_to_prepare=True)
        ...     try:
        ...         client.prepare_and_wait(cloud.instance_ids, user_id="1008600000104285462")
        ...     except koophone.PrepareFailedError as error:
        ...         print(len(error.report.ready), list(error.report.failed) == [cloud.instance_ids[0]])
        4 True
    """

    def __init__(self, message: str = "", report: PrepareReport | None = None) -> None:
        super().__init__(message)
        if report is not None:
            self.report = report


class WaitTimeoutError(KooPhoneError, TimeoutError):
    """A wait's `timeout` passed before everything was decided.

    Attributes:
        report: What became of every instance.

    Example:
        >>> from koophone.testing import Simulator
        >>> with Simulator(instances=5) as cloud, cloud.client() as client:
        ...     try:
        ...         client.prepare_and_wait(cloud.instance_ids, user_id="1008600000104285462", timeout=0.5)
        ...     except koophone.WaitTimeoutError as error:
        ...         print(len(error.report.ready), len(error.report.pending))
        0 5
    """

    def __init__(self, message: str = "", report: PrepareReport | None = None) -> None:
        super().__init__(message)
        if report is not None:
            self.report = report
