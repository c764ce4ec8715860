//! IDs, as many operations take them; checked once, before anything is sent.

use std::{collections::HashSet, ops::Range, sync::Arc};

use pyo3::{
    exceptions::{PyTypeError, PyValueError},
    prelude::*,
    types::{PyBytes, PyString},
};
use serde::{Serialize, Serializer};

use crate::python::arguments::type_name;

/// The service's limit on every ID.
const LONGEST: usize = 32;

macro_rules! id {
    ($( $(#[$doc:meta])* $name:ident = $argument:literal; )*) => { $(
        $(#[$doc])*
        #[derive(Clone, Debug, Serialize)]
        #[serde(transparent)]
        pub struct $name(pub String);

        impl<'py> FromPyObject<'_, 'py> for $name {
            type Error = PyErr;
            #[cfg(feature = "stubs")]
            const INPUT_TYPE: pyo3::inspect::PyStaticExpr = <String as FromPyObject<'_, '_>>::INPUT_TYPE;

            fn extract(object: Borrowed<'_, 'py, PyAny>) -> PyResult<Self> {
                checked($argument, &object).map(Self)
            }
        }
    )* };
}

id! {
    /// One instance.
    InstanceId = "instance_id";
    /// One user.
    UserId = "user_id";
}

/// Any number of instances, each once, in the caller's order; or those of one request.
#[derive(Clone, Debug)]
pub struct InstanceIds {
    all: Arc<[String]>,
    part: Range<usize>,
}

impl InstanceIds {
    /// All of them.
    pub fn ids(&self) -> Arc<[String]> {
        self.all.clone()
    }

    /// Those of one request.
    pub fn part(&self, part: Range<usize>) -> Self {
        Self { all: self.all.clone(), part }
    }
}

impl Serialize for InstanceIds {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.all[self.part.clone()].serialize(serializer)
    }
}

impl<'py> FromPyObject<'_, 'py> for InstanceIds {
    type Error = PyErr;
    #[cfg(feature = "stubs")]
    const INPUT_TYPE: pyo3::inspect::PyStaticExpr = pyo3::type_hint_subscript!(
        pyo3::type_hint_identifier!("collections.abc", "Iterable"),
        pyo3::type_hint_identifier!("builtins", "str")
    );

    fn extract(object: Borrowed<'_, 'py, PyAny>) -> PyResult<Self> {
        let wrong = || {
            let given = type_name(&object);
            PyTypeError::new_err(format!("instance_ids must be an iterable of str, such as a list, not {given}"))
        };
        if object.is_instance_of::<PyString>() || object.is_instance_of::<PyBytes>() {
            return Err(wrong()); // it could be iterated, letter by letter
        }
        let (mut all, mut seen) = (Vec::new(), HashSet::new());
        for item in object.try_iter().map_err(|_| wrong())? {
            let id = checked("instance_ids", &item?)?;
            if seen.insert(id.clone()) {
                all.push(id);
            }
        }
        Ok(Self { part: 0..all.len(), all: all.into() })
    }
}

fn checked(argument: &str, object: &Bound<'_, PyAny>) -> PyResult<String> {
    let text = object
        .cast::<PyString>()
        .map_err(|_| PyTypeError::new_err(format!("{argument}: an ID must be a str, not {}", type_name(object))))?;
    let id: String =
        text.extract().map_err(|_| PyValueError::new_err(format!("{argument}: an ID must be valid Unicode")))?;
    let length = id.chars().count();
    if !(1..=LONGEST).contains(&length) {
        return Err(PyValueError::new_err(format!("{argument}: an ID has 1 to {LONGEST} characters, not {length}")));
    }
    if id.chars().any(char::is_control) {
        return Err(PyValueError::new_err(format!("{argument}: an ID has no control characters, but {id:?} does")));
    }
    Ok(id)
}
