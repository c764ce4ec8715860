//! Runs Rust futures for Python. This file alone knows how they are waited for; workers never touch Python.

use std::{
    panic::AssertUnwindSafe,
    sync::mpsc::{Receiver, RecvTimeoutError, sync_channel},
    time::Duration,
};

use futures_util::FutureExt;
use pyo3::{exceptions::PyTypeError, prelude::*};
use tokio::{
    runtime::{Builder, Runtime},
    task::AbortHandle,
};

use super::{
    errors::raise,
    process::PerProcess,
    work::{Finish, Progress, Work, panicked},
};
use crate::http::{Error, panics};

/// How soon a blocking call notices Ctrl-C.
const SIGNAL_INTERVAL: Duration = Duration::from_millis(50);
/// How often `on_progress` is called at most.
pub const PROGRESS_INTERVAL: Duration = Duration::from_millis(200);

static WORKERS: PerProcess<Runtime> = PerProcess::new();

fn start_workers(py: Python<'_>) -> PyResult<Runtime> {
    let stop = py.import("koophone._core")?.getattr("_shutdown")?;
    py.import("atexit")?.call_method1("register", (stop,))?;
    let mut workers = Builder::new_multi_thread();
    workers.worker_threads(2).thread_name("koophone").on_thread_start(panics::silence_this_thread);
    workers.max_blocking_threads(4); // look-ups of names; their number must not grow with the fleet
    Ok(workers.enable_all().build()?)
}

/// Stops the workers before the interpreter goes; registered with `atexit` when they start.
#[pyfunction]
pub fn _shutdown(py: Python<'_>) {
    if let Some(runtime) = WORKERS.take(py) {
        py.detach(|| runtime.shutdown_timeout(Duration::from_millis(200)));
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
        WORKERS.with(
            py,
            || start_workers(py),
            |workers| Self(PerProcess::of(AbortOnDrop(workers.spawn(future).abort_handle()))),
        )
    }
}

/// Makes the result of a finished call.
pub fn finish(py: Python<'_>, outcome: Result<Finish, Error>) -> PyResult<Py<PyAny>> {
    outcome.map_err(|error| raise(py, &error))?(py)
}

/// Waits for a call with the interpreter released; a signal whose handler raises ends it.
pub fn block_on(py: Python<'_>, work: Work) -> PyResult<Py<PyAny>> {
    work.progress.as_ref().map_or(Ok(()), |progress| progress.check_blocking(py))?;
    let (sender, receiver) = sync_channel(1);
    let task = Task::start(py, work.operation, work.future, move |outcome| drop(sender.send(outcome)))?;
    let progress = work.progress.as_deref();
    let outcome = wait(py, receiver, progress).and_then(|outcome| {
        tell(py, progress, true)?;
        finish(py, outcome)
    });
    if let (Err(error), Some(progress)) = (&outcome, progress) {
        drop(task); // first ended, then told what it did
        progress.leave_on(error.value(py))?;
    }
    outcome
}

fn wait(
    py: Python<'_>,
    mut receiver: Receiver<Result<Finish, Error>>,
    progress: Option<&dyn Progress>,
) -> PyResult<Result<Finish, Error>> {
    loop {
        let received;
        (receiver, received) = py.detach(move || {
            let received = receiver.recv_timeout(SIGNAL_INTERVAL);
            (receiver, received)
        });
        match received {
            Ok(outcome) => return Ok(outcome),
            Err(RecvTimeoutError::Timeout) => py.check_signals()?,
            // The interpreter is exiting: a daemon thread has nowhere to return to.
            Err(RecvTimeoutError::Disconnected) => park(py),
        }
        tell(py, progress, false)?;
    }
}

fn park(py: Python<'_>) -> ! {
    py.detach(|| {
        loop {
            std::thread::park();
        }
    })
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
