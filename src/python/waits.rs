//! Shows waits to Python: progress while they run, a report at their end, also when they are broken off.

use std::{
    ops::Range,
    sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError},
    time::{Duration, Instant},
};

use pyo3::{
    prelude::*,
    sync::PyOnceLock,
    types::{PyAny, PyDict},
};

use super::{
    arguments::OnProgress,
    errors::{class, raise},
    runtime::PROGRESS_INTERVAL,
    work::{Progress, Work},
};
use crate::http::{
    Session,
    poll::{self, End, Pace, Waiting},
};

/// How the caller wants a wait: how long, how often, and who is told.
pub struct Manner {
    /// Seconds until it is given up.
    pub timeout: f64,
    /// Seconds between two polls of one unit.
    pub poll_interval: f64,
    /// Whether to draw a bar.
    pub progress: bool,
    /// The caller's function.
    pub on_progress: Option<OnProgress>,
}

/// How far a wait is, in numbers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// How many are waited for.
    pub total: usize,
    /// How many have come.
    pub ready: usize,
    /// How many will not come.
    pub failed: usize,
    /// How many are in each state, by its name.
    pub states: Vec<(String, usize)>,
}

/// A wait that Python can follow.
pub trait Followed: Waiting {
    /// The class of the error that tells of failures, in `koophone/errors.py`.
    const FAILED: &'static str;

    /// How far it is.
    fn counts(&self, py: Python<'_>) -> PyResult<Counts>;

    /// What became of everything so far.
    fn report<'py>(&self, py: Python<'py>, elapsed: f64) -> PyResult<Bound<'py, PyAny>>;
}

/// The work of a wait, which polls `units` at once.
pub fn work<W: Followed>(
    py: Python<'_>,
    operation: &'static str,
    session: &Session,
    waiting: Arc<W>,
    units: Range<usize>,
    manner: &Manner,
) -> PyResult<Work> {
    let listener = listener(py, manner)?;
    let clock = session.connection.clock.clone();
    let began = clock.now();
    let pace = Pace {
        clock,
        interval: Duration::from_secs_f64(manner.poll_interval),
        until: began + Duration::from_secs_f64(manner.timeout),
        max_concurrency: session.options.max_concurrency,
    };
    let elapsed = Arc::new(Elapsed { clock: pace.clock.clone(), began, ended: OnceLock::new() });
    let (running, ending) = (waiting.clone(), elapsed.clone());
    let future = async move {
        let end = poll::run(running, units, pace).await;
        ending.end();
        end
    };
    let finished = (waiting.clone(), elapsed.clone());
    let told = Mutex::new(Told { at: Instant::now(), counts: None });
    let following = Following { waiting, elapsed, listener, told };
    let timeout = manner.timeout;
    Ok(Work::with_progress(operation, following, future, move |py, end| {
        let (waiting, elapsed) = finished;
        let counts = waiting.counts(py)?;
        let report = waiting.report(py, elapsed.seconds())?;
        let failed = match end {
            Ok(End::Settled) if counts.failed == 0 => return Ok(report.unbind()),
            Ok(End::Settled) => class(py, W::FAILED)?.call1((counts.failure(), &report))?,
            Ok(End::TimedOut) => class(py, "WaitTimeoutError")?.call1((counts.timeout(timeout), &report))?,
            Err(error) => {
                let error = raise(py, &error);
                error.value(py).setattr("report", report)?;
                return Err(error);
            }
        };
        failed.setattr("operation", operation)?;
        Err(PyErr::from_value(failed))
    }))
}

fn listener(py: Python<'_>, manner: &Manner) -> PyResult<Option<Py<PyAny>>> {
    static LISTENER: PyOnceLock<Py<PyAny>> = PyOnceLock::new();
    if !manner.progress && manner.on_progress.is_none() {
        return Ok(None);
    }
    let class = LISTENER.import(py, "koophone.progress", "Listener")?;
    class
        .call1((manner.progress, manner.on_progress.as_ref().map(|OnProgress(function)| function)))
        .map(|listener| Some(listener.unbind()))
}

impl Counts {
    fn failure(&self) -> String {
        format!("{} of {} instances failed; see .report", self.failed, self.total)
    }

    fn timeout(&self, timeout: f64) -> String {
        let pending = self.total - self.ready - self.failed;
        let failed = self.failed;
        format!(
            "after {timeout} s {pending} of {} instances were not decided and {failed} had failed; see .report",
            self.total
        )
    }
}

/// The time a wait takes, by the clock that it follows.
struct Elapsed {
    clock: Arc<dyn crate::http::clock::Clock>,
    began: Duration,
    ended: OnceLock<Duration>,
}

impl Elapsed {
    fn end(&self) {
        self.ended.get_or_init(|| self.clock.now());
    }

    fn seconds(&self) -> f64 {
        let now = self.ended.get().copied().unwrap_or_else(|| self.clock.now());
        now.saturating_sub(self.began).as_secs_f64()
    }
}

/// A wait, as its listener and its exception see it.
struct Following<W> {
    waiting: Arc<W>,
    elapsed: Arc<Elapsed>,
    listener: Option<Py<PyAny>>,
    told: Mutex<Told>,
}

/// What the listener was told last, and when; before that, when the wait began.
struct Told {
    at: Instant,
    counts: Option<Counts>,
}

impl<W> Following<W> {
    fn told(&self) -> MutexGuard<'_, Told> {
        self.told.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<W: Followed> Progress for Following<W> {
    fn leave_on(&self, exception: &Bound<'_, PyAny>) -> PyResult<()> {
        let py = exception.py();
        if let Some(listener) = &self.listener {
            listener.call_method0(py, "close")?;
        }
        if exception.hasattr("report")? {
            return Ok(());
        }
        exception.setattr("report", self.waiting.report(py, self.elapsed.seconds())?)
    }

    fn tell(&self, py: Python<'_>, at_end: bool) -> PyResult<Option<Py<PyAny>>> {
        let Some(listener) = &self.listener else { return Ok(None) };
        if !at_end && self.told().at.elapsed() < PROGRESS_INTERVAL {
            return Ok(None);
        }
        let counts = self.waiting.counts(py)?;
        if !at_end && self.told().counts.as_ref() == Some(&counts) {
            return Ok(None);
        }
        let told = listener.call_method1(py, "tell", (snapshot(py, &counts, self.elapsed.seconds())?,))?;
        *self.told() = Told { at: Instant::now(), counts: Some(counts) };
        if at_end {
            listener.call_method0(py, "close")?;
        }
        Ok(Some(told).filter(|told| !told.is_none(py)))
    }

    fn has_listener(&self) -> bool {
        self.listener.is_some()
    }

    fn check_blocking(&self, py: Python<'_>) -> PyResult<()> {
        self.listener.as_ref().map_or(Ok(()), |listener| listener.call_method0(py, "check_blocking").map(drop))
    }
}

fn snapshot<'py>(py: Python<'py>, counts: &Counts, elapsed: f64) -> PyResult<Bound<'py, PyAny>> {
    static SNAPSHOT: PyOnceLock<Py<PyAny>> = PyOnceLock::new();
    let (fields, states) = (PyDict::new(py), PyDict::new(py));
    for (name, count) in &counts.states {
        states.set_item(name, count)?;
    }
    fields.set_item("total", counts.total)?;
    fields.set_item("done", counts.ready + counts.failed)?;
    fields.set_item("ready", counts.ready)?;
    fields.set_item("failed", counts.failed)?;
    fields.set_item("pending", counts.total - counts.ready - counts.failed)?;
    fields.set_item("states", states)?;
    fields.set_item("elapsed", elapsed)?;
    SNAPSHOT.import(py, "koophone.reports", "WaitProgress")?.call((), Some(&fields))
}
