//! How asyncio learns that a call is done: one mailbox a loop, emptied on the loop's own thread.
//!
//! Workers drop a ticket in and ring through a socket pair that the loop watches; one ring serves all tickets that
//! came meanwhile. So workers never touch Python, and nothing wakes a loop whose interpreter is going.

use std::{
    collections::HashMap,
    io::{ErrorKind, Read, Write},
    os::{fd::AsRawFd, unix::net::UnixStream},
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
};

use pyo3::{intern, prelude::*, sync::PyOnceLock, types::PyAny};

use super::inside;

/// Where workers leave their tickets.
pub struct Inbox {
    tickets: Mutex<Vec<u64>>,
    bell: UnixStream,
}

impl Inbox {
    /// Tells the loop that something is to be looked at.
    pub fn post(&self, ticket: u64) {
        let mut tickets = lock(&self.tickets);
        tickets.push(ticket);
        if tickets.len() == 1 {
            // A full pipe rings already, and a closed one has nobody behind it.
            drop((&self.bell).write(&[1]));
        }
    }
}

/// The mailbox of one loop, in one process.
#[pyclass(frozen, weakref, module = "koophone._core")]
pub struct Mailbox {
    inbox: Arc<Inbox>,
    bell: UnixStream,
    process: u32,
    futures: Mutex<HashMap<u64, Py<PyAny>>>,
}

#[pymethods]
impl Mailbox {
    /// Wakes whoever waits for the tickets that came; the loop calls it.
    fn _empty(&self, py: Python<'_>) -> PyResult<()> {
        let _inside = inside::enter(py);
        let mut rings = [0; 64];
        match (&self.bell).read(&mut rings) {
            Err(error) if error.kind() != ErrorKind::WouldBlock => return Err(error.into()),
            _ => {}
        }
        let tickets = std::mem::take(&mut *lock(&self.inbox.tickets));
        for ticket in tickets {
            let future = lock(&self.futures).remove(&ticket);
            if let Some(future) = future
                && !future.call_method0(py, intern!(py, "done"))?.is_truthy(py)?
            {
                future.call_method1(py, intern!(py, "set_result"), (py.None(),))?;
            }
        }
        Ok(())
    }
}

impl Mailbox {
    /// The mailbox of the running loop.
    pub fn of_running_loop(py: Python<'_>) -> PyResult<(Bound<'_, PyAny>, Py<Self>)> {
        static RUNNING_LOOP: PyOnceLock<Py<PyAny>> = PyOnceLock::new();
        static MAILBOXES: PyOnceLock<Py<PyAny>> = PyOnceLock::new();
        let running = RUNNING_LOOP.import(py, "asyncio", "get_running_loop")?.call0()?;
        let mailboxes = MAILBOXES
            .get_or_try_init(py, || py.import("weakref")?.getattr("WeakKeyDictionary")?.call0().map(Bound::unbind))?
            .bind(py);
        let known = mailboxes.call_method1(intern!(py, "get"), (&running,))?;
        if let Ok(mailbox) = known.cast_into::<Self>()
            && mailbox.get().process == std::process::id()
        {
            return Ok((running, mailbox.unbind()));
        }
        let mailbox = Self::open(py, &running)?;
        mailboxes.set_item(&running, &mailbox)?;
        Ok((running, mailbox))
    }

    fn open(py: Python<'_>, running: &Bound<'_, PyAny>) -> PyResult<Py<Self>> {
        let (bell, ring) = UnixStream::pair()?;
        bell.set_nonblocking(true)?;
        ring.set_nonblocking(true)?;
        let fd = bell.as_raw_fd();
        let inbox = Arc::new(Inbox { tickets: Mutex::default(), bell: ring });
        let mailbox = Py::new(py, Self { inbox, bell, process: std::process::id(), futures: Mutex::default() })?;
        running.call_method1(intern!(py, "add_reader"), (fd, mailbox.getattr(py, intern!(py, "_empty"))?))?;
        Ok(mailbox)
    }

    /// Where workers post.
    pub fn inbox(&self) -> Arc<Inbox> {
        self.inbox.clone()
    }

    /// A future of that loop, done when the ticket comes.
    pub fn expect(&self, running: &Bound<'_, PyAny>, ticket: u64) -> PyResult<Py<PyAny>> {
        let future = running.call_method0(intern!(running.py(), "create_future"))?.unbind();
        lock(&self.futures).insert(ticket, future.clone_ref(running.py()));
        Ok(future)
    }

    /// Nobody waits for the ticket any more.
    pub fn forget(&self, ticket: u64) {
        let future = lock(&self.futures).remove(&ticket);
        drop(future);
    }
}

/// A ticket that no other call of this process has.
pub fn new_ticket() -> u64 {
    static NEXT: AtomicU64 = AtomicU64::new(0);
    NEXT.fetch_add(1, Ordering::Relaxed)
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
