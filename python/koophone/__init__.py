"""A client for Huawei Cloud's KooPhone cloud phones: `Client` blocks, `AsyncClient` is awaited.

Names are loaded when they are first used, so that importing the package costs nothing that is not needed.
"""

from importlib import import_module

TYPE_CHECKING = False  # type checkers know the name; importing `typing` for it would cost more than all the rest
if TYPE_CHECKING:
    from ._core import (
        AsyncClient,
        Client,
        Instance,
        InstancePreparation,
        Job,
        PrepareProgress,
        __version__,
    )
    from .batches import BatchFailure, BatchResult
    from .enums import (
        AssignStatus,
        FrozenStatus,
        LoginStatus,
        PrepareStatus,
        ProgressStatus,
        RunningStatus,
        TransferStatus,
    )
    from .errors import (
        ApiError,
        AuthenticationError,
        BatchError,
        ConflictError,
        ConnectError,
        CredentialsError,
        DecodeError,
        InternalError,
        InvalidRequestError,
        KooPhoneError,
        NotFoundError,
        NotSubscribedError,
        PermissionDeniedError,
        PrepareFailedError,
        RateLimitError,
        RequestTimeoutError,
        ServerError,
        TransportError,
        WaitTimeoutError,
    )
    from .paging import AsyncPager, Page, Pager, Table
    from .reports import PrepareReport, WaitProgress

#: Where names live; what nearly every program loads comes first, what is slow to load last.
_HOMES = ("_core", "errors", "enums", "reports", "batches", "paging")

__all__ = [
    "ApiError",
    "AssignStatus",
    "AsyncClient",
    "AsyncPager",
    "AuthenticationError",
    "BatchError",
    "BatchFailure",
    "BatchResult",
    "Client",
    "ConflictError",
    "ConnectError",
    "CredentialsError",
    "DecodeError",
    "FrozenStatus",
    "Instance",
    "InstancePreparation",
    "InternalError",
    "InvalidRequestError",
    "Job",
    "KooPhoneError",
    "LoginStatus",
    "NotFoundError",
    "NotSubscribedError",
    "Page",
    "Pager",
    "PermissionDeniedError",
    "PrepareFailedError",
    "PrepareProgress",
    "PrepareReport",
    "PrepareStatus",
    "ProgressStatus",
    "RateLimitError",
    "RequestTimeoutError",
    "RunningStatus",
    "ServerError",
    "Table",
    "TransferStatus",
    "TransportError",
    "WaitProgress",
    "WaitTimeoutError",
    "__version__",
]


def __getattr__(name: str) -> object:
    if name in __all__:
        for home in _HOMES:
            module = import_module(f"{__name__}.{home}")
            if hasattr(module, name):
                value = globals()[name] = getattr(module, name)
                return value
    message = f"module {__name__!r} has no attribute {name!r}"
    raise AttributeError(message)


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
