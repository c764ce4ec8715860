//! Runs Rust futures for Python. This file alone knows how they are waited for; workers never touch Python.

use std::{
    panic::AssertUnwindSafe,
    sync::mpsc::{RecvTimeoutError, sync_channel},
    time::Duration,
};

use futures_util::FutureExt;
use pyo3::{exceptions::PyTypeError, prelude::*, types::PyDict};
use tokio::{
    runtime::{Builder, Runtime},
    task::AbortHandle,
};

use super::{
    errors::raise,
    inside,
    process::PerProcess,
    work::{Finish, Progress, Work, panicked},
};
use crate::http::{Error, panics};

/// How soon a blocking call notices Ctrl-C.
const SIGNAL_INTERVAL: Duration = Duration::from_millis(50);
/// How often `on_progress` is called at most.
pub const PROGRESS_INTERVAL: Duration = Duration::from_millis(200);

static WORKERS: PerProcess<Runtime> = PerProcess::new();

fn start_workers() -> PyResult<Runtime> {
    let mut workers = Builder::new_multi_thread();
    workers.worker_threads(2).thread_name("koophone").on_thread_start(panics::silence_this_thread);
    workers.max_blocking_threads(4); // look-ups of names; their number must not grow with the fleet
    Ok(workers.enable_all().build()?)
}

/// Has the workers stopped before the interpreter goes, and forks wait for a good moment.
pub fn register(py: Python<'_>) -> PyResult<()> {
    py.import("atexit")?.call_method1("register", (wrap_pyfunction!(shutdown, py)?,))?;
    let before = PyDict::new(py);
    before.set_item("before", wrap_pyfunction!(inside::wait_for_others, py)?)?;
    let os = py.import("os")?;
    if os.hasattr("register_at_fork")? {
        os.call_method("register_at_fork", (), Some(&before))?;
    }
    Ok(())
}

/// Stops the workers. Exit handlers that come later, on the same thread, may still call; daemon threads may not.
#[pyfunction]
fn shutdown(py: Python<'_>) {
    inside::wait_at_exit(py);
    if let Some(workers) = WORKERS.take(py) {
        py.detach(|| workers.shutdown_timeout(Duration::from_millis(200)));
    }
}

/// Makes the next request panic, so that a test can see what a panic does.
#[pyfunction]
pub fn _panic_at_next_request() {
    panics::panic_at_next_request();
}

/// Something on the workers; dropping it ends it, and closes its connections.
pub struct Task(#[expect(dead_code, reason = "held for its drop")] PerProcess<AbortOnDrop>);

struct AbortOnDrop(AbortHandle);

impl Drop for AbortOnDrop {
    fn drop(&mut self) {
        self.0.abort();
    }
}

impl Task {
    /// Starts a future whose panic becomes an error.
    pub fn start<T: Send + 'static>(
        py: Python<'_>,
        operation: &'static str,
        future: impl Future<Output = T> + Send + 'static,
        done: impl FnOnce(Result<T, Error>) + Send + 'static,
    ) -> PyResult<Self> {
        let future = async move {
            let result = AssertUnwindSafe(future).catch_unwind().await;
            done(result.map_err(|_| panicked(operation)));
        };
        WORKERS
            .with(py, start_workers, |workers| Self(PerProcess::of(AbortOnDrop(workers.spawn(future).abort_handle()))))
    }
}

/// Makes the result of a finished call.
pub fn finish(py: Python<'_>, outcome: Result<Finish, Error>) -> PyResult<Py<PyAny>> {
    outcome.map_err(|error| raise(py, &error))?(py)
}

/// Waits for a call with the interpreter released; a signal whose handler raises ends it.
pub fn block_on(py: Python<'_>, work: Work) -> PyResult<Py<PyAny>> {
    let (sender, mut receiver) = sync_channel(1);
    let task = {
        let _inside = inside::enter(py);
        work.progress.as_ref().map_or(Ok(()), |progress| progress.check_blocking(py))?;
        Task::start(py, work.operation, work.future, move |outcome| drop(sender.send(outcome)))?
    };
    let progress = work.progress.as_deref();
    loop {
        let received;
        (receiver, received) = py.detach(move || {
            let received = receiver.recv_timeout(SIGNAL_INTERVAL);
            (receiver, received)
        });
        let _inside = inside::enter(py);
        let outcome = match received {
            Ok(outcome) => tell(py, progress, true).and_then(|()| finish(py, outcome)),
            Err(RecvTimeoutError::Disconnected) => inside::park(py),
            Err(RecvTimeoutError::Timeout) => match py.check_signals().and_then(|()| tell(py, progress, false)) {
                Ok(()) => continue,
                Err(error) => Err(error),
            },
        };
        drop(task); // first ended, then told what it did
        if let (Err(error), Some(progress)) = (&outcome, progress) {
            progress.leave_on(error.value(py))?;
        }
        return outcome;
    }
}

fn tell(py: Python<'_>, progress: Option<&dyn Progress>, at_end: bool) -> PyResult<()> {
    match progress.map_or(Ok(None), |progress| progress.tell(py, at_end))? {
        None => Ok(()),
        Some(awaitable) => {
            if awaitable.bind(py).hasattr("close")? {
                awaitable.call_method0(py, "close")?; // a coroutine that nobody will await
            }
            Err(PyTypeError::new_err("on_progress of a blocking client must not give an awaitable"))
        }
    }
}
