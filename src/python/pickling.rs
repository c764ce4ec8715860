//! How a client is pickled: its configuration, and where its token comes from; never a literal secret unasked.

use std::time::Duration;

use pyo3::{
    exceptions::PyTypeError,
    prelude::*,
    types::{PyAny, PyDict},
};
use reqwest::header::{HeaderMap, HeaderName};

use super::face::Face;
use crate::http::auth::Credentials;

/// Headers whose values are secrets.
const SECRET_HEADERS: [&str; 4] = ["authorization", "cookie", "proxy-authorization", "x-security-token"];

/// What pickle makes of a client: a function of `koophone/pickling.py` and its arguments.
pub fn reduce<'py>(class: &Bound<'py, PyAny>, face: &Face) -> PyResult<Bound<'py, PyAny>> {
    let py = class.py();
    let restore = py.import("koophone.pickling")?.getattr("restore")?;
    let on_failure = if face.options.collect_failures { "collect" } else { "raise" };
    let arguments = (class, settings(py, face)?, on_failure);
    Ok((restore, arguments).into_pyobject(py)?.into_any())
}

fn settings<'py>(py: Python<'py>, face: &Face) -> PyResult<Bound<'py, PyDict>> {
    let (config, options, settings) = (&face.core.config, &face.options, PyDict::new(py));
    let Credentials::Token { token, variable } = &config.credentials;
    if variable.is_none() {
        allow(config.allow_secret_pickle, "token")?;
        settings.set_item("auth", token.reveal())?;
    }
    settings.set_item("endpoint", config.endpoint.as_str())?;
    settings.set_item("timeout", options.timeout.as_secs_f64())?;
    settings.set_item("connect_timeout", config.connect_timeout.as_secs_f64())?;
    settings.set_item("deadline", options.deadline.as_ref().map(Duration::as_secs_f64))?;
    settings.set_item("max_concurrency", options.max_concurrency)?;
    settings.set_item("default_headers", headers(py, &options.headers, config.allow_secret_pickle)?)?;
    settings.set_item("allow_http", config.allow_http)?;
    settings.set_item("allow_secret_pickle", config.allow_secret_pickle)?;
    Ok(settings)
}

fn headers<'py>(py: Python<'py>, headers: &HeaderMap, secrets: bool) -> PyResult<Bound<'py, PyDict>> {
    let shown = PyDict::new(py);
    for (name, value) in headers {
        if SECRET_HEADERS.map(HeaderName::from_static).contains(name) {
            allow(secrets, name.as_str())?;
        }
        shown.set_item(name.as_str(), value.to_str().unwrap_or_default())?;
    }
    Ok(shown)
}

fn allow(allowed: bool, secret: &str) -> PyResult<()> {
    if allowed {
        return Ok(());
    }
    Err(PyTypeError::new_err(format!(
        "this client holds a {secret} that was given literally, so it does not pickle: \
         set the variable KOOPHONE_AUTH_TOKEN instead, or pass allow_secret_pickle=True"
    )))
}
