//! Times as arguments: aware or naive `datetime`s, written in UTC without a zone.

use chrono::{DateTime, NaiveDateTime, Utc};
use pyo3::{
    exceptions::{PyTypeError, PyValueError},
    prelude::*,
    types::PyDateTime,
};
use serde::{Deserializer, Serialize, Serializer};

use crate::{
    http::wire::{self, Wire},
    python::arguments::type_name,
};

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

/// A time in a model: aware and UTC when it is read, naive ones are taken as UTC when it is given.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Moment(DateTime<Utc>);

/// How the wire has it: an empty text is none.
pub struct OptionalMoment(pub Option<Moment>);

impl Wire for OptionalMoment {
    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        wire::Time::read(deserializer).map(|time| Self(time.0.map(Moment)))
    }
}

impl<'py> IntoPyObject<'py> for Moment {
    type Target = PyDateTime;
    type Output = Bound<'py, PyDateTime>;
    type Error = PyErr;
    #[cfg(feature = "stubs")]
    const OUTPUT_TYPE: pyo3::inspect::PyStaticExpr = <DateTime<Utc> as IntoPyObject<'_>>::OUTPUT_TYPE;

    fn into_pyobject(self, py: Python<'py>) -> PyResult<Self::Output> {
        self.0.into_pyobject(py)
    }
}

impl<'py> FromPyObject<'_, 'py> for Moment {
    type Error = PyErr;
    #[cfg(feature = "stubs")]
    const INPUT_TYPE: pyo3::inspect::PyStaticExpr = <DateTime<Utc> as FromPyObject<'_, '_>>::INPUT_TYPE;

    fn extract(object: Borrowed<'_, 'py, PyAny>) -> PyResult<Self> {
        time("a time", &object).map(Self)
    }
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
