//! Times as arguments: aware or naive `datetime`s, written in UTC without a zone.

use chrono::{DateTime, NaiveDateTime, Utc};
use pyo3::{exceptions::PyTypeError, prelude::*};
use serde::{Serialize, Serializer};

use crate::python::arguments::type_name;

/// A time; a naive one is taken as UTC.
#[derive(Clone, Copy, Debug)]
pub struct Time(DateTime<Utc>);

impl Serialize for Time {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&self.0.format("%Y-%m-%d %H:%M:%S"))
    }
}

impl<'py> FromPyObject<'_, 'py> for Time {
    type Error = PyErr;
    #[cfg(feature = "stubs")]
    const INPUT_TYPE: pyo3::inspect::PyStaticExpr = <DateTime<Utc> as FromPyObject<'_, '_>>::INPUT_TYPE;

    fn extract(object: Borrowed<'_, 'py, PyAny>) -> PyResult<Self> {
        if let Ok(naive) = object.extract::<NaiveDateTime>() {
            return Ok(Self(naive.and_utc()));
        }
        to_utc(&object)?.extract().map(Self)
    }
}

/// Some zones know their offset only for a given time, so Python does the conversion.
fn to_utc<'py>(object: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
    let datetime = object.py().import("datetime")?;
    if !object.is_instance(&datetime.getattr("datetime")?)? {
        return Err(PyTypeError::new_err(format!("a time must be a datetime, not {}", type_name(object))));
    }
    object.call_method1("astimezone", (datetime.getattr("timezone")?.getattr("utc")?,))
}
