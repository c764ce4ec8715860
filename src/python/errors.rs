//! Gives each [`Error`] its exception, from `koophone/errors.py`.

use pyo3::{
    prelude::*,
    sync::PyOnceLock,
    types::{PyAny, PyDict},
};

use crate::http::{Error, codes::Kind, error::Cause};

/// The exception of an error.
pub fn raise(py: Python<'_>, error: &Error) -> PyErr {
    exception(py, error).map_or_else(|broken| broken, PyErr::from_value)
}

/// An exception class of `koophone/errors.py`.
pub fn class<'py>(py: Python<'py>, name: &str) -> PyResult<Bound<'py, PyAny>> {
    static MODULE: PyOnceLock<Py<PyModule>> = PyOnceLock::new();
    MODULE.get_or_try_init(py, || py.import("koophone.errors").map(Bound::unbind))?.bind(py).getattr(name)
}

/// The exception object of an error.
pub fn exception<'py>(py: Python<'py>, error: &Error) -> PyResult<Bound<'py, PyAny>> {
    let fields = PyDict::new(py);
    fields.set_item("operation", error.operation)?;
    fields.set_item("request_id", &error.request_id)?;
    let (name, message) = match &error.cause {
        Cause::Refused { kind, code, message, status, hint } => {
            fields.set_item("code", code)?;
            fields.set_item("status", status)?;
            fields.set_item("hint", hint)?;
            fields.set_item("retryable", matches!(kind, Kind::RateLimit | Kind::Server))?;
            fields.set_item("attempts", error.attempts)?;
            (refused(*kind), message.clone())
        }
        Cause::Connect(text) => {
            transport(&fields, false, error.attempts)?;
            ("ConnectError", format!("cannot connect: {text}"))
        }
        Cause::Timeout { text, sent } => {
            transport(&fields, *sent, error.attempts)?;
            ("RequestTimeoutError", text.clone())
        }
        Cause::Broken { text, sent } => {
            transport(&fields, *sent, error.attempts)?;
            ("TransportError", text.clone())
        }
        Cause::Undecodable { text, status } => {
            fields.set_item("status", status)?;
            fields.set_item("attempts", error.attempts)?;
            ("DecodeError", format!("the answer is not what the service documents: {text}"))
        }
        Cause::Credentials(text) => ("CredentialsError", text.clone()),
        Cause::Internal(place) => {
            ("InternalError", format!("a bug in koophone {} ({place})", env!("CARGO_PKG_VERSION")))
        }
    };
    class(py, name)?.call((message,), Some(&fields))
}

fn transport(fields: &Bound<'_, PyDict>, sent: bool, attempts: u32) -> PyResult<()> {
    fields.set_item("sent", sent)?;
    fields.set_item("attempts", attempts)
}

fn refused(kind: Kind) -> &'static str {
    match kind {
        Kind::InvalidRequest => "InvalidRequestError",
        Kind::Authentication => "AuthenticationError",
        Kind::PermissionDenied => "PermissionDeniedError",
        Kind::NotSubscribed => "NotSubscribedError",
        Kind::NotFound => "NotFoundError",
        Kind::Conflict => "ConflictError",
        Kind::RateLimit => "RateLimitError",
        Kind::Server => "ServerError",
        Kind::Other => "ApiError",
    }
}
