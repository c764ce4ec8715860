//! A call that asyncio awaits: started in a running loop, followed through its mailbox.

use std::{
    convert::Infallible,
    pin::pin,
    sync::{Arc, Mutex, PoisonError},
};

use futures_util::future::{Either, select};
use pyo3::{exceptions::PyRuntimeError, prelude::*, types::PyAny};

use super::{
    inside,
    mailbox::{Mailbox, new_ticket},
    runtime::{PROGRESS_INTERVAL, Task, finish},
    work::{Finish, Progress, Work},
};
use crate::http::Error;

type Outcome = Result<Finish, Error>;

/// A started call; `koophone/coroutines.py` makes an `async def` of it.
#[pyclass(frozen, module = "koophone._core")]
pub struct Call {
    mailbox: Py<Mailbox>,
    running: Py<PyAny>,
    ticket: u64,
    outcome: Arc<Mutex<Option<Outcome>>>,
    progress: Option<Box<dyn Progress>>,
    task: Mutex<Option<Task>>,
}

impl Call {
    /// Starts a call on behalf of the running loop.
    pub fn start(py: Python<'_>, work: Work) -> PyResult<Self> {
        let _inside = inside::enter(py);
        let (running, mailbox) = Mailbox::of_running_loop(py)?;
        let (ticket, outcome) = (new_ticket(), Arc::new(Mutex::new(None)));
        let (inbox, slot) = (mailbox.get().inbox(), outcome.clone());
        let listener = work.progress.as_ref().is_some_and(|progress| progress.has_listener()).then(|| inbox.clone());
        let future = async move {
            let Some(inbox) = listener else { return work.future.await };
            let ticks = async || -> Infallible {
                loop {
                    tokio::time::sleep(PROGRESS_INTERVAL / 4).await; // whether it is time to tell is decided there
                    inbox.post(ticket);
                }
            };
            match select(work.future, pin!(ticks())).await {
                Either::Left((finish, _)) => finish,
                Either::Right((never, _)) => match never {},
            }
        };
        let task = Task::start(py, work.operation, future, move |result| {
            *slot.lock().unwrap_or_else(PoisonError::into_inner) = Some(result);
            inbox.post(ticket);
        })?;
        let task = Mutex::new(Some(task));
        Ok(Self { mailbox, running: running.unbind(), ticket, outcome, progress: work.progress, task })
    }

    fn take_outcome(&self) -> Option<Outcome> {
        self.outcome.lock().unwrap_or_else(PoisonError::into_inner).take()
    }

    fn end(&self) {
        self.mailbox.get().forget(self.ticket);
        let task = self.task.lock().unwrap_or_else(PoisonError::into_inner).take();
        drop(task);
    }
}

#[pymethods]
impl Call {
    /// A future that is done when there is something new: the outcome, or progress to tell.
    fn news(&self, py: Python<'_>) -> PyResult<Py<PyAny>> {
        let _inside = inside::enter(py);
        let future = self.mailbox.get().expect(self.running.bind(py), self.ticket)?;
        if self.is_done() {
            self.mailbox.get().inbox().post(self.ticket); // it may have come before the future was there
        }
        Ok(future)
    }

    /// Whether the outcome is there.
    fn is_done(&self) -> bool {
        self.outcome.lock().unwrap_or_else(PoisonError::into_inner).is_some()
    }

    /// Tells `on_progress`; gives what is to be awaited of it.
    fn tell(&self, py: Python<'_>) -> PyResult<Option<Py<PyAny>>> {
        let _inside = inside::enter(py);
        self.progress.as_ref().map_or(Ok(None), |progress| progress.tell(py, self.is_done()))
    }

    /// The result, or what the call raises.
    pub fn result(&self, py: Python<'_>) -> PyResult<Py<PyAny>> {
        let _inside = inside::enter(py);
        let outcome = self.take_outcome().ok_or_else(|| PyRuntimeError::new_err("the call is not done"))?;
        finish(py, outcome)
    }

    /// Ends the call, and leaves on `exception` what was done until then.
    fn abandon(&self, exception: &Bound<'_, PyAny>) -> PyResult<()> {
        let _inside = inside::enter(exception.py());
        self.end();
        self.progress.as_ref().map_or(Ok(()), |progress| progress.leave_on(exception))
    }
}

impl Drop for Call {
    fn drop(&mut self) {
        self.end();
    }
}

/// A method of `AsyncClient` that starts a call.
pub struct Method(pub &'static str);

inventory::collect!(Method);

/// Makes coroutine functions of the methods that start a call.
pub fn install(client: &Bound<'_, PyAny>) -> PyResult<()> {
    let names: Vec<&str> = inventory::iter::<Method>.into_iter().map(|method| method.0).collect();
    client.py().import("koophone.coroutines")?.call_method1("install", (client, names))?;
    Ok(())
}
