//! What all faces and copies of a client share: configuration, and one connection a process.

use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering},
};

use pyo3::{exceptions::PyRuntimeError, prelude::*};

use super::{process::PerProcess, simulator};
use crate::http::{
    Connection, Session,
    config::{Config, Options},
};

/// The shared core of a client.
pub struct Core {
    /// What it was built from.
    pub config: Arc<Config>,
    connection: PerProcess<Arc<Connection>>,
    closed: AtomicBool,
}

impl Core {
    /// Makes one; nothing is connected yet.
    pub fn new(config: Config) -> Arc<Self> {
        Arc::new(Self { config: Arc::new(config), connection: PerProcess::new(), closed: AtomicBool::new(false) })
    }

    /// Begins a method call.
    pub fn session(&self, py: Python<'_>, options: &Arc<Options>) -> PyResult<Session> {
        self.check_open()?;
        let connect = || {
            let clock = simulator::clock_of(&self.config.endpoint);
            Connection::new(self.config.clone(), clock).map(Arc::new).map_err(PyRuntimeError::new_err)
        };
        let connection = self.connection.with(py, connect, Arc::clone)?;
        Ok(Session::begin(connection, options.clone()))
    }

    /// Refuses calls of a closed client.
    pub fn check_open(&self) -> PyResult<()> {
        if self.closed.load(Ordering::SeqCst) {
            return Err(PyRuntimeError::new_err("this client is closed"));
        }
        Ok(())
    }

    /// Closes it for every face and copy; idle connections are dropped, calls in flight come to their end.
    pub fn close(&self, py: Python<'_>) {
        self.closed.store(true, Ordering::SeqCst);
        drop(self.connection.take(py));
    }
}
