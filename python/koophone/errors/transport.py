"""Errors of the way: no answer, or one that cannot be read."""

from .base import KooPhoneError


class TransportError(KooPhoneError):
    """No usable answer.

    Attributes:
        sent: False only when it is certain that no byte of the request was written; True: the service may have acted.
        attempts: How often the request was tried.

    Example:
        >>> print(koophone.TransportError("the connection broke", sent=True))
        the connection broke (it may have been carried out)
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
    """No connection could be made.

    Example:
        >>> with koophone.Client("token", endpoint="http://127.0.0.1:1") as client:
        ...     try:
        ...         client.reset_instances(["a44uhlf7"])
        ...     except koophone.ConnectError as error:
        ...         print(error.sent)
        False
    """


class RequestTimeoutError(TransportError, TimeoutError):
    """A request took longer than `timeout`, or a call longer than `deadline`.

    Example:
        >>> import socket
        >>> with socket.create_server(("127.0.0.1", 0)) as silent:
        ...     endpoint = f"http://127.0.0.1:{silent.getsockname()[1]}"
        ...     with koophone.Client("token", endpoint=endpoint, timeout=0.1) as client:
        ...         client.reset_instances(["a44uhlf7"])
        Traceback (most recent call last):
        koophone.errors.RequestTimeoutError: reset_instances: no answer within 0.1 s ...
    """


class DecodeError(KooPhoneError):
    """An answer that is not what the service documents, a redirect included.

    Attributes:
        status: The HTTP status.
        attempts: How often the request was tried.

    Example:
        >>> print(koophone.DecodeError("data.result: missing", operation="list_instances", status=200))
        list_instances: data.result: missing
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
