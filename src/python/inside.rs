//! Which threads run Python code from Rust, so that neither exit nor fork comes in the middle of it.
//!
//! Exit: before Python 3.14 the interpreter ends a daemon thread by unwinding its stack as soon as it runs Python code
//! again. Below a frame of Rust that would abort the process. So the exit waits for those inside and keeps others out.
//!
//! Fork: a thread inside may be importing a module. A child would inherit the module's lock, with nobody to open it.

use std::{
    cell::Cell,
    sync::{Condvar, Mutex, MutexGuard, OnceLock, PoisonError},
    thread::{self, ThreadId},
    time::Duration,
};

use pyo3::prelude::*;

/// How long exit and fork wait for threads inside, which a caller's slow `on_progress` could hold for ever.
const PATIENCE: Duration = Duration::from_secs(1);

/// The thread on which the interpreter is exiting.
static EXITING: OnceLock<ThreadId> = OnceLock::new();
static INSIDE: Mutex<Threads> = Mutex::new(Threads { process: 0, count: 0 });
static LEFT: Condvar = Condvar::new();

/// The threads inside. A forked child has only one thread, whatever its parent had.
struct Threads {
    process: u32,
    count: usize,
}

thread_local! {
    static DEPTH: Cell<usize> = const { Cell::new(0) };
}

/// Being inside; leaving is dropping it.
pub struct Inside(());

/// Enters; a daemon thread that comes while the interpreter exits never returns.
pub fn enter(py: Python<'_>) -> Inside {
    let inside = Inside::new();
    if DEPTH.get() == 1 && EXITING.get().is_some_and(|exiting| *exiting != thread::current().id()) {
        drop(inside);
        park(py);
    }
    inside
}

/// Begins the exit on this thread: waits until no other one is inside, and lets none in any more.
pub fn wait_at_exit(py: Python<'_>) {
    EXITING.get_or_init(|| thread::current().id());
    wait_for_others(py);
}

/// Waits until no other thread is inside; `os.fork` calls it before it forks.
#[pyfunction]
pub fn wait_for_others(py: Python<'_>) {
    let own = DEPTH.get().min(1);
    py.detach(|| drop(LEFT.wait_timeout_while(threads(), PATIENCE, |threads| threads.count > own)));
}

fn threads() -> MutexGuard<'static, Threads> {
    let mut threads = INSIDE.lock().unwrap_or_else(PoisonError::into_inner);
    let process = std::process::id();
    if threads.process != process {
        *threads = Threads { process, count: DEPTH.get().min(1) };
    }
    threads
}

/// What is left to a daemon thread while the interpreter exits: it has nowhere to return to.
pub fn park(py: Python<'_>) -> ! {
    py.detach(|| {
        loop {
            thread::park();
        }
    })
}

impl Inside {
    fn new() -> Self {
        if DEPTH.get() == 0 {
            threads().count += 1;
        }
        DEPTH.set(DEPTH.get() + 1);
        Self(())
    }
}

impl Drop for Inside {
    fn drop(&mut self) {
        let last = DEPTH.get() == 1;
        if last {
            threads().count -= 1;
            LEFT.notify_all();
        }
        DEPTH.set(DEPTH.get() - 1);
    }
}
