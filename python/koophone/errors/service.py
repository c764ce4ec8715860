"""The service or its gateway said no."""

from .base import KooPhoneError


class ApiError(KooPhoneError):
    """The service or its gateway said no. Its subclasses say why; this class itself is for codes nobody documents.

    Attributes:
        code: The service's code, as `"KOOPHONE.API.1000"`; None if it gave none.
        message: The service's words.
        status: The HTTP status; business errors come with 200, too.
        hint: What can be done about it; may be empty.
        retryable: Whether the same call may well succeed later.
        attempts: How often the request was tried.

    Example:
        >>> from koophone.testing import Simulator
        >>> with Simulator(instances=1) as cloud, cloud.client() as client:
        ...     try:
        ...         client.reset_instances(["nobody"])
        ...     except koophone.ApiError as error:
        ...         print(error.code, error.status, error.retryable)
        KOOPHONE.API.1001 200 False
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
    """An argument is wrong: the same call cannot succeed.

    Example:
        >>> from koophone.testing import Simulator
        >>> with Simulator(instances=1) as cloud, cloud.client() as client:
        ...     client.list_instances(order="sideways").collect()
        Traceback (most recent call last):
        koophone.errors.InvalidRequestError: list_instances: Parameter order must be asc or desc. ...
    """


class AuthenticationError(ApiError):
    """The token or signature was not accepted. It ends a batch, list or wait at once.

    Example:
        >>> from koophone.testing import Simulator
        >>> with Simulator() as cloud, koophone.Client("an old token", endpoint=cloud.endpoint) as client:
        ...     client.list_instances().collect()
        Traceback (most recent call last):
        koophone.errors.AuthenticationError: list_instances: Incorrect IAM authentication information: ...
    """


class PermissionDeniedError(ApiError):
    """The caller may not do this, or an instance is not the caller's.

    Example:
        >>> from koophone.testing import Simulator
        >>> with Simulator(instances=1) as cloud, cloud.client() as client:
        ...     client.reset_instances(["nobody"])
        Traceback (most recent call last):
        koophone.errors.PermissionDeniedError: reset_instances: No rights on the instance, or it does not exist: ...
    """


class NotSubscribedError(ApiError):
    """The account has not subscribed to the service.

    Example:
        >>> print(koophone.NotSubscribedError("not subscribed", code="KOOPHONE.API.1004", status=200))
        not subscribed (KOOPHONE.API.1004, HTTP 200)
    """


class NotFoundError(ApiError):
    """Something named in the request does not exist.

    Example:
        >>> from koophone.testing import Simulator
        >>> with Simulator(instances=1) as cloud, cloud.client() as client:
        ...     client.get_instance("nobody")
        Traceback (most recent call last):
        koophone.errors.NotFoundError: get_instance: no instance has the ID "nobody" ...
    """


class ConflictError(ApiError):
    """The state of an instance forbids it now.

    Example:
        >>> from koophone.testing import Simulator
        >>> with Simulator(instances=1) as cloud, cloud.client() as client:
        ...     cloud.change_instance(cloud.instance_ids[0], billing_mode="0")
        ...     client.delete_instances(cloud.instance_ids)
        Traceback (most recent call last):
        koophone.errors.ConflictError: delete_instances: A pay-per-use instance cannot be deleted: ...
    """


class RateLimitError(ApiError):
    """Too many requests: the service did nothing.

    Example:
        >>> print(koophone.RateLimitError("throttled", code="APIGW.0308", status=429))
        throttled (APIGW.0308, HTTP 429)
    """


class ServerError(ApiError):
    """The service broke: it may have acted. Look at the state before sending it again.

    Example:
        >>> print(koophone.ServerError("system error", code="KOOPHONE.API.9999", status=500))
        system error (KOOPHONE.API.9999, HTTP 500)
    """
