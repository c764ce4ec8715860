//! Times as arguments: aware or naive `datetime`s, written in UTC without a zone.

use chrono::{DateTime, NaiveDateTime, Utc};
use pyo3::{
    exceptions::{PyTypeError, PyValueError},
    prelude::*,
};
use serde::{Serialize, Serializer};

use crate::python::arguments::type_name;

macro_rules! times {
    ($( $(#[$doc:meta])* $name:ident = $argument:literal; )*) => { $(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug)]
        pub struct $name(DateTime<Utc>);

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(&self.0.format("%Y-%m-%d %H:%M:%S"))
            }
        }

        impl<'py> FromPyObject<'_, 'py> for $name {
            type Error = PyErr;
            #[cfg(feature = "stubs")]
            const INPUT_TYPE: pyo3::inspect::PyStaticExpr = <DateTime<Utc> as FromPyObject<'_, '_>>::INPUT_TYPE;

            fn extract(object: Borrowed<'_, 'py, PyAny>) -> PyResult<Self> {
                time($argument, &object).map(Self)
            }
        }
    )* };
}

times! {
    /// From when on; a naive time is taken as UTC.
    StartTime = "start_time";
    /// Until when; a naive time is taken as UTC.
    EndTime = "end_time";
}

fn time(argument: &str, object: &Bound<'_, PyAny>) -> PyResult<DateTime<Utc>> {
    let datetime = object.py().import("datetime")?;
    if !object.is_instance(&datetime.getattr("datetime")?)? {
        return Err(PyTypeError::new_err(format!("{argument} must be a datetime, not {}", type_name(object))));
    }
    if let Ok(naive) = object.extract::<NaiveDateTime>() {
        return Ok(naive.and_utc());
    }
    // Some zones know their offset only for a given time, so Python does the conversion.
    let utc = object.call_method1("astimezone", (datetime.getattr("timezone")?.getattr("utc")?,));
    utc.map_err(|error| {
        PyValueError::new_err(format!("{argument}: {} has no date in UTC: {}", object, error.value(object.py())))
    })?
    .extract()
}
