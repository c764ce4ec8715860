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

from .base import CredentialsError, InternalError, KooPhoneError
from .partial import BatchError, PrepareFailedError, WaitTimeoutError
from .service import (
    ApiError,
    AuthenticationError,
    ConflictError,
    InvalidRequestError,
    NotFoundError,
    NotSubscribedError,
    PermissionDeniedError,
    RateLimitError,
    ServerError,
)
from .transport import ConnectError, DecodeError, RequestTimeoutError, TransportError

__all__ = [
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
]

# The files are for whoever reads them; tracebacks and pickles name the package.
for _name in __all__:
    globals()[_name].__module__ = __name__
