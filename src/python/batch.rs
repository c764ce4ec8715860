//! Shows a batch to Python as `BatchResult`, whole or broken off.

use std::sync::Arc;

use pyo3::{
    prelude::*,
    sync::PyOnceLock,
    types::{PyAny, PyDict, PyTuple},
};

use super::{
    errors::exception,
    work::{Progress, Work},
};
use crate::http::{
    Session,
    batch::{Batch, Sender},
    error::Outcome,
};

/// What batches give.
pub trait Value: Clone + Send + Sync + 'static + for<'py> IntoPyObject<'py> {}
impl<T: Clone + Send + Sync + 'static + for<'py> IntoPyObject<'py>> Value for T {}

/// The work of a batch: raises or returns as the caller's `on_failure` says.
pub fn work<T: Value>(
    session: &Session,
    operation: &'static str,
    ids: Arc<[String]>,
    limit: usize,
    send: Sender<T>,
) -> Work {
    let batch = Batch::new(operation, ids, limit);
    let (running, finished) = (batch.clone(), batch.clone());
    let collect = session.options.collect_failures;
    let max_concurrency = session.options.max_concurrency;
    let future = async move { running.run(max_concurrency, send).await };
    Work::with_progress(operation, Partial(batch), future, move |py, ()| {
        let result = result(py, &finished)?;
        if !collect {
            result.call_method0("raise_for_failures")?;
        }
        Ok(result.unbind())
    })
}

/// A batch whose call was broken off.
struct Partial<T>(Arc<Batch<T>>);

impl<T: Value> Progress for Partial<T> {
    fn leave_on(&self, exception: &Bound<'_, PyAny>) -> PyResult<()> {
        if exception.hasattr("result")? {
            return Ok(());
        }
        exception.setattr("result", result(exception.py(), &self.0)?)
    }
}

fn result<'py, T: Value>(py: Python<'py>, batch: &Batch<T>) -> PyResult<Bound<'py, PyAny>> {
    static RESULT: PyOnceLock<Py<PyAny>> = PyOnceLock::new();
    static FAILURE: PyOnceLock<Py<PyAny>> = PyOnceLock::new();
    let tally = batch.tally();
    let values = PyDict::new(py);
    for (id, value) in tally.succeeded {
        values.set_item(id, value)?;
    }
    let mut failures = Vec::new();
    for failure in tally.failures {
        let fields = PyDict::new(py);
        fields.set_item("instance_ids", PyTuple::new(py, failure.ids)?)?;
        fields.set_item("error", exception(py, &failure.error)?)?;
        fields.set_item("outcome", outcome(failure.outcome))?;
        failures.push(FAILURE.import(py, "koophone.batches", "BatchFailure")?.call((), Some(&fields))?);
    }
    let requests = PyDict::new(py);
    requests.set_item("requests", tally.requests)?;
    RESULT.import(py, "koophone.batches", "BatchResult")?.call((values, PyTuple::new(py, failures)?), Some(&requests))
}

fn outcome(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Rejected => "rejected",
        Outcome::NotSent => "not_sent",
        Outcome::Unknown => "unknown",
    }
}
