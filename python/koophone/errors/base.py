"""The base of all errors, and those that need nothing else."""

from __future__ import annotations

TYPE_CHECKING = False  # importing `typing` for it would cost more than all the rest
if TYPE_CHECKING:
    from typing import Any

    from ..batches import BatchResult
    from ..reports import PrepareReport


class KooPhoneError(Exception):
    """The base of all errors of this package.

    Attributes:
        operation: The method that failed, as `"reset_instances"`; None where no single one did.
        request_id: The `x-request-id` of the failed request, to be quoted to the service's support.
        result: What became of every ID; only on errors that leave a batch.
        report: What became of every instance; only on errors that leave a wait.

    Example:
        >>> from koophone.testing import Simulator
        >>> with Simulator(instances=1) as cloud, cloud.client() as client:
        ...     try:
        ...         client.get_instance("nobody")
        ...     except koophone.KooPhoneError as error:
        ...         print(type(error).__name__, error.operation)
        NotFoundError get_instance
    """

    operation: str | None
    request_id: str | None
    result: BatchResult[Any]
    report: PrepareReport

    def __init__(self, message: str = "", *, operation: str | None = None, request_id: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.operation = operation
        self.request_id = request_id

    def __str__(self) -> str:
        where = f"{self.operation}: " if self.operation else ""
        details = ", ".join(self._details())
        return f"{where}{self.message}{f' ({details})' if details else ''}"

    def _details(self) -> list[str]:
        return [f"request {self.request_id}"] if self.request_id else []


class CredentialsError(KooPhoneError):
    """There is nothing to authenticate with, or it cannot be used.

    Example:
        >>> koophone.Client()  # in an environment without a token
        Traceback (most recent call last):
        koophone.errors.CredentialsError: no credentials: ...
    """


class InternalError(KooPhoneError):
    """A bug inside the core. The client works on; whether the service acted is unknown.

    Example:
        >>> print(koophone.InternalError("a bug in koophone", operation="reset_instances"))
        reset_instances: a bug in koophone
    """
