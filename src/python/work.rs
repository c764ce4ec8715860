//! A method call as both faces see it: a future for the workers, and what to do with it on the caller's thread.

use futures_util::{FutureExt, future::BoxFuture};
use pyo3::{BoundObject, prelude::*, types::PyAny};

use super::errors::raise;
use crate::http::{Error, Result};

/// Makes the Python result, on the caller's thread.
pub type Finish = Box<dyn FnOnce(Python<'_>) -> PyResult<Py<PyAny>> + Send>;

/// What a call has done so far, readable while it runs and after it was broken off.
pub trait Progress: Send + Sync + 'static {
    /// Leaves on an exception what was done until then: `.result` of a batch, `.report` of a wait.
    fn leave_on(&self, exception: &Bound<'_, PyAny>) -> PyResult<()>;

    /// Tells the caller's `on_progress` how far it is; gives what is to be awaited of that.
    ///
    /// At the end it is told in any case, before that only what is new, and not too often.
    fn tell(&self, _py: Python<'_>, _at_end: bool) -> PyResult<Option<Py<PyAny>>> {
        Ok(None)
    }

    /// Whether somebody wants to be told.
    fn has_listener(&self) -> bool {
        false
    }

    /// Refuses a listener that only a loop can call.
    fn check_blocking(&self, _py: Python<'_>) -> PyResult<()> {
        Ok(())
    }
}

/// A method call, not yet started.
pub struct Work {
    /// The method's name.
    pub operation: &'static str,
    /// What runs on the workers.
    pub future: BoxFuture<'static, Finish>,
    /// What it has done so far, if it does several things.
    pub progress: Option<Box<dyn Progress>>,
}

impl Work {
    /// A call that does one thing.
    pub fn new<T, F, C>(operation: &'static str, future: F, convert: C) -> Self
    where
        T: Send + 'static,
        F: Future<Output = Result<T>> + Send + 'static,
        C: FnOnce(Python<'_>, T) -> PyResult<Py<PyAny>> + Send + 'static,
    {
        let future = future.map(|result| -> Finish {
            Box::new(move |py| match result {
                Ok(value) => convert(py, value),
                Err(error) => Err(raise(py, &error)),
            })
        });
        Self { operation, future: future.boxed(), progress: None }
    }

    /// A call whose result is read from what it has done.
    pub fn with_progress<P, F, C>(operation: &'static str, progress: P, future: F, convert: C) -> Self
    where
        P: Progress,
        F: Future + Send + 'static,
        F::Output: Send + 'static,
        C: FnOnce(Python<'_>, F::Output) -> PyResult<Py<PyAny>> + Send + 'static,
    {
        let future = future.map(|output| -> Finish { Box::new(move |py| convert(py, output)) });
        Self { operation, future: future.boxed(), progress: Some(Box::new(progress)) }
    }
}

/// Converts a value whose Python form is its own.
pub fn plain<T>(py: Python<'_>, value: T) -> PyResult<Py<PyAny>>
where
    T: for<'py> IntoPyObject<'py>,
{
    value.into_pyobject(py).map(|object| object.into_any().unbind()).map_err(Into::into)
}

/// The failure that a panic of a worker means.
pub fn panicked(operation: &'static str) -> Error {
    Error::new(operation, crate::http::error::Cause::Internal(crate::http::panics::last_place()))
}
