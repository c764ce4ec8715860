//! What methods return to Python: objects of the package's own generic classes, with the types that stubs tell.

use std::marker::PhantomData;

use pyo3::prelude::*;
#[cfg(feature = "stubs")]
use pyo3::{inspect::PyStaticExpr, type_hint_identifier, type_hint_subscript};

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
