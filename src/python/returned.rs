//! What methods return to Python: objects of the package's own generic classes, with the types that stubs tell.

use std::{convert::Infallible, marker::PhantomData};

#[cfg(feature = "stubs")]
use pyo3::{PyTypeInfo, inspect::PyStaticExpr, type_hint_identifier, type_hint_subscript};
use pyo3::{prelude::*, types::PyNone};

use crate::http::{
    batch::Rows,
    envelope::{Envelope, Reply},
};

macro_rules! returned {
    ($( $(#[$doc:meta])* $name:ident<T> = $hint:expr; )*) => { $(
        $(#[$doc])*
        pub struct $name<T>(Py<PyAny>, PhantomData<fn() -> T>);

        impl<T> From<Py<PyAny>> for $name<T> {
            fn from(object: Py<PyAny>) -> Self {
                Self(object, PhantomData)
            }
        }

        impl<'py, T: IntoPyObject<'py>> IntoPyObject<'py> for $name<T> {
            type Target = PyAny;
            type Output = Bound<'py, PyAny>;
            type Error = PyErr;
            #[cfg(feature = "stubs")]
            const OUTPUT_TYPE: PyStaticExpr = $hint;

            fn into_pyobject(self, py: Python<'py>) -> PyResult<Self::Output> {
                Ok(self.0.into_bound(py))
            }
        }
    )* };
}

returned! {
    /// A value of that very type.
    Plain<T> = T::OUTPUT_TYPE;
    /// What became of a batch.
    BatchResult<T> = type_hint_subscript!(type_hint_identifier!("koophone.batches", "BatchResult"), T::OUTPUT_TYPE);
    /// A list of `Client`.
    Pager<T> = type_hint_subscript!(type_hint_identifier!("koophone.paging", "Pager"), T::OUTPUT_TYPE);
    /// A list of `AsyncClient`.
    AsyncPager<T> = type_hint_subscript!(type_hint_identifier!("koophone.paging", "AsyncPager"), T::OUTPUT_TYPE);
}

/// What a batch gives for an item of which the answer tells nothing: None.
#[derive(Clone, Copy, Debug)]
pub struct Nothing;

impl Reply for Rows<Nothing> {
    fn read(_: &Envelope<'_>) -> Result<Self, String> {
        Ok(Self::Alike(Box::new(|_| Nothing)))
    }
}

impl<'py> IntoPyObject<'py> for Nothing {
    type Target = PyNone;
    type Output = Borrowed<'py, 'py, PyNone>;
    type Error = Infallible;
    #[cfg(feature = "stubs")]
    const OUTPUT_TYPE: PyStaticExpr = PyNone::TYPE_HINT;

    fn into_pyobject(self, py: Python<'py>) -> Result<Self::Output, Infallible> {
        Ok(PyNone::get(py))
    }
}

/// What became of a wait for preparations.
pub struct PrepareReport(Py<PyAny>);

impl From<Py<PyAny>> for PrepareReport {
    fn from(object: Py<PyAny>) -> Self {
        Self(object)
    }
}

impl<'py> IntoPyObject<'py> for PrepareReport {
    type Target = PyAny;
    type Output = Bound<'py, PyAny>;
    type Error = PyErr;
    #[cfg(feature = "stubs")]
    const OUTPUT_TYPE: PyStaticExpr = type_hint_identifier!("koophone.reports", "PrepareReport");

    fn into_pyobject(self, py: Python<'py>) -> PyResult<Self::Output> {
        Ok(self.0.into_bound(py))
    }
}
