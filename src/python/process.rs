//! What does not survive a fork: threads, and the connections they serve.

use std::{
    mem,
    sync::{Mutex, MutexGuard, PoisonError},
};

use pyo3::prelude::*;

/// A value that belongs to one process: a forked child builds its own.
///
/// A child forgets what it inherited and never drops it: dropping would take the parent's sockets from its poller.
pub struct PerProcess<T>(Mutex<Option<(u32, T)>>);

impl<T> PerProcess<T> {
    /// One that nothing was built for yet.
    pub const fn new() -> Self {
        Self(Mutex::new(None))
    }

    /// One that holds a value of this process.
    pub fn of(value: T) -> Self {
        Self(Mutex::new(Some((std::process::id(), value))))
    }

    /// Reads this process's value. Being attached (`py`) keeps a fork from happening while the lock is held; so `build`
    /// must not run Python code, which may let other threads go on.
    pub fn with<R>(
        &self,
        _py: Python<'_>,
        build: impl FnOnce() -> PyResult<T>,
        read: impl FnOnce(&T) -> R,
    ) -> PyResult<R> {
        let mut slot = self.slot();
        if let Some((pid, value)) = slot.as_ref()
            && *pid == std::process::id()
        {
            return Ok(read(value));
        }
        let value = build()?;
        let result = read(&value);
        mem::forget(slot.replace((std::process::id(), value)));
        Ok(result)
    }

    /// Takes this process's value, if it has one.
    pub fn take(&self, _py: Python<'_>) -> Option<T> {
        own(self.slot().take())
    }

    fn slot(&self) -> MutexGuard<'_, Option<(u32, T)>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<T> Drop for PerProcess<T> {
    fn drop(&mut self) {
        drop(own(self.slot().take()));
    }
}

/// The value if it is this process's; an inherited one is forgotten.
fn own<T>(slot: Option<(u32, T)>) -> Option<T> {
    match slot {
        Some((pid, value)) if pid == std::process::id() => Some(value),
        inherited => {
            mem::forget(inherited);
            None
        }
    }
}
