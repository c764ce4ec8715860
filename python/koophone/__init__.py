"""A client for Huawei Cloud's KooPhone cloud phones: `Client` blocks, `AsyncClient` is awaited.

Names are loaded when they are first used, so that importing the package costs nothing that is not needed.
"""

from importlib import import_module
from typing import TYPE_CHECKING

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

_MODULES = {
    "_core": ("AsyncClient", "Client", "Instance", "InstancePreparation", "Job", "PrepareProgress", "__version__"),
    "batches": ("BatchFailure", "BatchResult"),
    "enums": (
        "AssignStatus",
        "FrozenStatus",
        "LoginStatus",
        "PrepareStatus",
        "ProgressStatus",
        "RunningStatus",
        "TransferStatus",
    ),
    "errors": (
        "ApiError",
        "AuthenticationError",
        "BatchError",
        "ConflictError",
        "ConnectError",
        "CredentialsError",
        "DecodeError",
        "InternalError",
        "InvalidRequestError",
        "KooPhoneError",
        "NotFoundError",
        "NotSubscribedError",
        "PermissionDeniedError",
        "PrepareFailedError",
        "RateLimitError",
        "RequestTimeoutError",
        "ServerError",
        "TransportError",
        "WaitTimeoutError",
    ),
    "paging": ("AsyncPager", "Page", "Pager", "Table"),
    "reports": ("PrepareReport", "WaitProgress"),
}
_HOME = {name: module for module, names in _MODULES.items() for name in names}

__all__ = [  # noqa: PLE0604 - the names are texts, in the table above
    *_HOME
]


def __getattr__(name: str) -> object:
    if name not in _HOME:
        message = f"module {__name__!r} has no attribute {name!r}"
        raise AttributeError(message)
    value = globals()[name] = getattr(import_module(f"{__name__}.{_HOME[name]}"), name)
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
