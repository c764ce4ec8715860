//! Arguments that every client takes, checked once; each error names its argument.

use std::ops::RangeInclusive;

use pyo3::{
    exceptions::{PyOverflowError, PyTypeError, PyValueError},
    prelude::*,
    types::{PyBool, PyMapping, PyString},
};
use reqwest::header::HeaderMap;

use crate::http::config::header;

/// Longer times overflow clocks, and nobody means them.
const LONGEST: f64 = 1e9;

/// A time in seconds, above zero.
fn seconds(name: &str, value: &Bound<'_, PyAny>) -> PyResult<f64> {
    let wrong = || PyTypeError::new_err(format!("{name} must be a number of seconds, not {}", type_name(value)));
    if value.is_instance_of::<PyBool>() || value.is_instance_of::<PyString>() {
        return Err(wrong());
    }
    let seconds: f64 = value.extract().map_err(|_| wrong())?;
    if seconds > 0.0 && seconds <= LONGEST {
        return Ok(seconds);
    }
    Err(PyValueError::new_err(format!("{name} must be above 0 and at most {LONGEST:e} seconds, not {seconds}")))
}

macro_rules! times {
    ($( $name:ident )*) => { $(
        #[doc = concat!("Checks `", stringify!($name), "`.")]
        pub fn $name(value: &Bound<'_, PyAny>) -> PyResult<f64> {
            seconds(stringify!($name), value)
        }
    )* };
}

times! { timeout connect_timeout poll_interval }

/// Checks `deadline`.
pub fn deadline(value: &Bound<'_, PyAny>) -> PyResult<Option<f64>> {
    if value.is_none() { Ok(None) } else { seconds("deadline", value).map(Some) }
}

/// Checks `max_concurrency`.
pub fn max_concurrency(value: &Bound<'_, PyAny>) -> PyResult<i64> {
    whole("max_concurrency", value, 1..=1000)
}

/// Checks `page_size`.
pub fn page_size(value: &Bound<'_, PyAny>) -> PyResult<i64> {
    whole("page_size", value, 1..=200)
}

/// Checks a `timeout` that may be left out.
pub fn given_timeout(value: &Bound<'_, PyAny>) -> PyResult<Given<f64>> {
    timeout(value).map(Given::Yes)
}

/// Checks a `deadline` that may be left out.
pub fn given_deadline(value: &Bound<'_, PyAny>) -> PyResult<Given<Option<f64>>> {
    deadline(value).map(Given::Yes)
}

/// A whole number within limits.
pub fn whole(name: &str, value: &Bound<'_, PyAny>, limits: RangeInclusive<i64>) -> PyResult<i64> {
    let bounds = || format!("{name} must be {} to {}, not {value}", limits.start(), limits.end());
    if value.is_instance_of::<PyBool>() {
        return Err(PyTypeError::new_err(format!("{name} must be an int, not bool")));
    }
    match value.extract::<i64>() {
        Ok(number) if limits.contains(&number) => Ok(number),
        Ok(_) => Err(PyValueError::new_err(bounds())),
        Err(error) if error.is_instance_of::<PyOverflowError>(value.py()) => Err(PyValueError::new_err(bounds())),
        Err(_) => Err(PyTypeError::new_err(format!("{name} must be an int, not {}", type_name(value)))),
    }
}

/// Headers that go with every request.
pub fn headers(name: &str, value: &Bound<'_, PyAny>, headers: &mut HeaderMap) -> PyResult<()> {
    let mapping = value.cast::<PyMapping>().map_err(|_| {
        PyTypeError::new_err(format!("{name} must be a mapping of str to str, not {}", type_name(value)))
    })?;
    for pair in mapping.items()?.iter() {
        let (key, value): (String, String) =
            pair.extract().map_err(|_| PyTypeError::new_err(format!("{name} must be a mapping of str to str")))?;
        let (key, value) = header(&key, &value).map_err(|wrong| PyValueError::new_err(format!("{name}: {wrong}")))?;
        headers.insert(key, value);
    }
    Ok(())
}

/// Whether failures are raised or collected.
pub fn collects_failures(value: &str) -> PyResult<bool> {
    match value {
        "raise" => Ok(false),
        "collect" => Ok(true),
        other => Err(PyValueError::new_err(format!("on_failure must be \"raise\" or \"collect\", not {other:?}"))),
    }
}

/// The name of an object's type, for errors.
pub fn type_name(value: &Bound<'_, PyAny>) -> String {
    value.get_type().name().map(|name| name.to_string()).unwrap_or_default()
}

/// An argument that may be left out where None already means something.
#[derive(Clone, Copy, Default)]
pub enum Given<T> {
    /// Left out.
    #[default]
    No,
    /// Given.
    Yes(T),
}

impl<'a, 'py, T: FromPyObject<'a, 'py>> FromPyObject<'a, 'py> for Given<T> {
    type Error = T::Error;
    #[cfg(feature = "stubs")]
    const INPUT_TYPE: pyo3::inspect::PyStaticExpr = T::INPUT_TYPE;

    fn extract(object: Borrowed<'a, 'py, PyAny>) -> Result<Self, Self::Error> {
        object.extract().map(Self::Yes)
    }
}

/// Headers; whoever reads them names the argument.
pub struct Headers<'py>(pub Bound<'py, PyAny>);

impl<'py> FromPyObject<'_, 'py> for Headers<'py> {
    type Error = PyErr;
    #[cfg(feature = "stubs")]
    const INPUT_TYPE: pyo3::inspect::PyStaticExpr = pyo3::type_hint_subscript!(
        pyo3::type_hint_identifier!("collections.abc", "Mapping"),
        pyo3::type_hint_identifier!("builtins", "str"),
        pyo3::type_hint_identifier!("builtins", "str")
    );

    fn extract(object: Borrowed<'_, 'py, PyAny>) -> PyResult<Self> {
        Ok(Self(object.to_owned()))
    }
}

/// A function that is told how far a wait is; `koophone/progress.py` checks it.
#[derive(Debug)]
pub struct OnProgress(pub Py<PyAny>);

impl<'py> FromPyObject<'_, 'py> for OnProgress {
    type Error = PyErr;
    #[cfg(feature = "stubs")]
    const INPUT_TYPE: pyo3::inspect::PyStaticExpr = pyo3::type_hint_identifier!("koophone.progress", "OnProgress");

    fn extract(object: Borrowed<'_, 'py, PyAny>) -> PyResult<Self> {
        Ok(Self(object.to_owned().unbind()))
    }
}
