"""Everything that a call raises.

KooPhoneError
├── ApiError                  the service or its gateway said no
│   ├── InvalidRequestError   ├── AuthenticationError   ├── PermissionDeniedError
│   ├── NotSubscribedError    ├── NotFoundError         ├── ConflictError
│   ├── RateLimitError        └── ServerError
├── TransportError            no usable answer; `.sent` tells whether the request may have reached the service
│   ├── ConnectError          └── RequestTimeoutError (also TimeoutError)
├── DecodeError               an answer that is not what the service documents
├── CredentialsError          nothing to authenticate with
├── BatchError                some requests of a batch failed (also ExceptionGroup); `.result` holds the rest
├── InternalError             a bug inside the core
└── WaitTimeoutError (also TimeoutError), PrepareFailedError    a wait that did not end well; `.report`
"""

from __future__ import annotations

TYPE_CHECKING = False  # importing `typing` for it would cost more than all the rest
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any, Self

    from .batches import BatchResult
    from .reports import PrepareReport


class KooPhoneError(Exception):
    """The base of all errors of this package.

    Attributes:
        operation: The method that failed, as `"reset_instances"`; None where no single one did.
        request_id: The `x-request-id` of the failed request, to be quoted to the service's support.
        result: What became of every ID; only on errors that leave a batch.
        report: What became of every instance; only on errors that leave a wait.
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


class ApiError(KooPhoneError):
    """The service or its gateway said no. Its subclasses say why; this class itself is for codes nobody documents.

    Attributes:
        code: The service's code, as `"KOOPHONE.API.1000"`; None if it gave none.
        message: The service's words.
        status: The HTTP status; business errors come with 200, too.
        hint: What can be done about it; may be empty.
        retryable: Whether the same call may well succeed later.
        attempts: How often the request was tried.
    """

    def __init__(  # noqa: PLR0913 - one keyword for each attribute
        self,
        message: str = "",
        *,
        code: str | None = None,
        status: int = 200,
        hint: str = "",
        retryable: bool = False,
        attempts: int = 1,
        operation: str | None = None,
        request_id: str | None = None,
    ) -> None:
        super().__init__(message, operation=operation, request_id=request_id)
        self.code = code
        self.status = status
        self.hint = hint
        self.retryable = retryable
        self.attempts = attempts

    def __str__(self) -> str:
        text = super().__str__()
        return f"{text}. {self.hint}" if self.hint else text

    def _details(self) -> list[str]:
        details = [self.code] if self.code else []
        details.append(f"HTTP {self.status}")
        return details + super()._details()


class InvalidRequestError(ApiError):
    """An argument is wrong: the same call cannot succeed."""


class AuthenticationError(ApiError):
    """The token or signature was not accepted. It ends a batch, list or wait at once."""


class PermissionDeniedError(ApiError):
    """The caller may not do this, or an instance is not the caller's."""


class NotSubscribedError(ApiError):
    """The account has not subscribed to the service."""


class NotFoundError(ApiError):
    """Something named in the request does not exist."""


class ConflictError(ApiError):
    """The state of an instance forbids it now."""


class RateLimitError(ApiError):
    """Too many requests: the service did nothing."""


class ServerError(ApiError):
    """The service broke: it may have acted. Look at the state before sending it again."""


class TransportError(KooPhoneError):
    """No usable answer.

    Attributes:
        sent: False only when it is certain that no byte of the request was written; True: the service may have acted.
        attempts: How often the request was tried.
    """

    def __init__(
        self,
        message: str = "",
        *,
        sent: bool = True,
        attempts: int = 1,
        operation: str | None = None,
        request_id: str | None = None,
    ) -> None:
        super().__init__(message, operation=operation, request_id=request_id)
        self.sent = sent
        self.attempts = attempts

    def _details(self) -> list[str]:
        return [*super()._details(), "it may have been carried out" if self.sent else "it was not sent"]


class ConnectError(TransportError):
    """No connection could be made."""


class RequestTimeoutError(TransportError, TimeoutError):
    """A request took longer than `timeout`, or a call longer than `deadline`."""


class DecodeError(KooPhoneError):
    """An answer that is not what the service documents, a redirect included.

    Attributes:
        status: The HTTP status.
        attempts: How often the request was tried.
    """

    def __init__(
        self,
        message: str = "",
        *,
        status: int | None = None,
        attempts: int = 1,
        operation: str | None = None,
        request_id: str | None = None,
    ) -> None:
        super().__init__(message, operation=operation, request_id=request_id)
        self.status = status
        self.attempts = attempts


class CredentialsError(KooPhoneError):
    """There is nothing to authenticate with, or it cannot be used."""


class InternalError(KooPhoneError):
    """A bug inside the core. The client works on; whether the service acted is unknown."""


class BatchError(KooPhoneError, ExceptionGroup[KooPhoneError]):
    """Some of the requests of a batch failed.

    `except* NotFoundError` handles those of one kind; `except BatchError` the group.

    Attributes:
        result: What became of every ID, those that succeeded included.
        exceptions: One error for each failed request.
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

    def derive(self, excs: Sequence[KooPhoneError], /) -> BatchError:  # type: ignore[override]
        """Make the group that `split` and `subgroup` give: same class, same result."""
        return BatchError(self.args[0], excs, self.result)


class PrepareFailedError(KooPhoneError):
    """Some instances could not be prepared.

    Attributes:
        report: What became of every instance.
    """

    def __init__(self, message: str = "", report: PrepareReport | None = None) -> None:
        super().__init__(message)
        if report is not None:
            self.report = report


class WaitTimeoutError(KooPhoneError, TimeoutError):
    """A wait's `timeout` passed before everything was decided.

    Attributes:
        report: What became of every instance.
    """

    def __init__(self, message: str = "", report: PrepareReport | None = None) -> None:
        super().__init__(message)
        if report is not None:
            self.report = report
