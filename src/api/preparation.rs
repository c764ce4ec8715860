//! The wait for a preparation: what is asked, and what each answer means.

use std::{collections::BTreeMap, sync::Arc};

use futures_util::future::BoxFuture;
use pyo3::{
    prelude::*,
    sync::PyOnceLock,
    types::{PyAny, PyDict, PyTuple},
};

use super::{
    ids::{InstanceId, InstanceIds, UserId},
    streaming::{InstancePreparation, PrepareProgress, PrepareStatus, ProgressStatus},
};
use crate::{
    http::{
        Error, Result, Session, batch,
        poll::{Board, Fate, Waiting},
    },
    python::{
        errors::exception,
        waits::{self, Counts, Followed, Manner},
        work::Work,
    },
};

/// How many instances one request prepares at most.
pub const LIMIT: usize = 100;

type State = Fate<PrepareProgress, Failure>;

/// Why an instance will not be ready.
#[derive(Clone, Debug)]
enum Failure {
    Preparation(InstancePreparation),
    Progress(PrepareProgress),
    Error(Error),
}

struct Preparation {
    operation: &'static str,
    session: Session,
    user_id: UserId,
    instance_ids: InstanceIds,
    ids: Arc<[String]>,
    /// Whether the instances are to be prepared first.
    prepares: bool,
    board: Board<PrepareProgress, Failure>,
}

/// The work of a wait, which prepares first or finds the instances being prepared.
pub fn work(
    operation: &'static str,
    session: &Session,
    instance_ids: InstanceIds,
    user_id: UserId,
    prepares: bool,
    manner: &Manner,
) -> PyResult<Work> {
    let ids = instance_ids.ids();
    let polled_at_once = if prepares { 0..0 } else { 0..ids.len() };
    let session = session.without_deadline();
    let (board, caller) = (Board::new(ids.len()), session.clone());
    let preparation = Preparation { operation, session, user_id, instance_ids, ids, prepares, board };
    Python::attach(|py| waits::work(py, operation, &caller, Arc::new(preparation), polled_at_once, manner))
}

impl Waiting for Preparation {
    fn openings(&self) -> usize {
        if self.prepares { self.ids.len().div_ceil(LIMIT) } else { 0 }
    }

    fn open(self: Arc<Self>, number: usize) -> BoxFuture<'static, Result<Vec<usize>>> {
        Box::pin(async move { self.prepare(number).await })
    }

    fn poll(self: Arc<Self>, unit: usize) -> BoxFuture<'static, Result<bool>> {
        Box::pin(async move { self.ask(unit).await })
    }
}

impl Preparation {
    /// Prepares the instances of one request; gives those that are to be polled.
    async fn prepare(&self, number: usize) -> Result<Vec<usize>> {
        let range = number * LIMIT..self.ids.len().min((number + 1) * LIMIT);
        let part = self.instance_ids.part(range.clone());
        let mut answered = match self.session.prepare_instances(part, self.user_id.clone()).await {
            Ok(rows) => batch::assign(&self.ids, range.clone(), rows),
            Err(error) if error.is_final() => return Err(error),
            Err(error) => {
                range.for_each(|index| self.board.set(index, Fate::Failed(Failure::Error(error.clone()))));
                return Ok(Vec::new());
            }
        };
        let mut polled = Vec::new();
        for index in range {
            let state = match answered.remove(&index) {
                None => Fate::Failed(Failure::Error(batch::left_out(self.operation))),
                Some(row) if row.status == PrepareStatus::READY => Fate::Ready,
                Some(row) if row.status == PrepareStatus::EXPIRY_BACKUP_RESTORE_FAILED => {
                    Fate::Failed(Failure::Preparation(row))
                }
                Some(_) => {
                    polled.push(index);
                    continue;
                }
            };
            self.board.set(index, state);
        }
        Ok(polled)
    }

    /// Asks after one instance; gives whether to ask again.
    async fn ask(&self, index: usize) -> Result<bool> {
        let id = InstanceId(self.ids[index].clone());
        let state = match self.session.get_prepare_progress(id, self.user_id.clone()).await {
            Ok(progress) if progress.status == ProgressStatus::NORMAL => Fate::Ready,
            Ok(progress) if progress.status == ProgressStatus::FAILED => Fate::Failed(Failure::Progress(progress)),
            Ok(progress) => Fate::Pending(Some(progress)),
            Err(error) if error.is_final() => return Err(error),
            Err(error) if error.is_passing() => return Ok(true),
            Err(error) => Fate::Failed(Failure::Error(error)),
        };
        let again = matches!(state, Fate::Pending(_));
        self.board.set(index, state);
        Ok(again)
    }
}

impl Followed for Preparation {
    const FAILED: &'static str = "PrepareFailedError";

    fn counts(&self, py: Python<'_>) -> PyResult<Counts> {
        let mut numbers: BTreeMap<Option<i64>, usize> = BTreeMap::new();
        let (ready, failed) = self.board.read(|states| {
            for state in states {
                *numbers.entry(number(state)).or_default() += 1;
            }
            let count = |is: fn(&State) -> bool| states.iter().filter(|state| is(state)).count();
            (count(|state| matches!(state, Fate::Ready)), count(|state| matches!(state, Fate::Failed(_))))
        });
        let name = |number: Option<i64>| match number {
            None => Ok("NOT_POLLED".to_owned()),
            Some(number) => ProgressStatus(number).into_pyobject(py)?.getattr("name")?.extract(),
        };
        let states = numbers.into_iter().map(|(number, count)| Ok((name(number)?, count)));
        Ok(Counts { total: self.ids.len(), ready, failed, states: states.collect::<PyResult<_>>()? })
    }

    fn report<'py>(&self, py: Python<'py>, elapsed: f64) -> PyResult<Bound<'py, PyAny>> {
        static REPORT: PyOnceLock<Py<PyAny>> = PyOnceLock::new();
        let (mut ready, failed, pending) = (Vec::new(), PyDict::new(py), PyDict::new(py));
        let states = self.board.read(<[State]>::to_vec);
        for (id, state) in self.ids.iter().zip(states) {
            match state {
                Fate::Ready => ready.push(id),
                Fate::Pending(progress) => pending.set_item(id, progress)?,
                Fate::Failed(Failure::Preparation(preparation)) => failed.set_item(id, preparation)?,
                Fate::Failed(Failure::Progress(progress)) => failed.set_item(id, progress)?,
                Fate::Failed(Failure::Error(error)) => failed.set_item(id, exception(py, &error)?)?,
            }
        }
        let fields = PyDict::new(py);
        fields.set_item("ready", PyTuple::new(py, ready)?)?;
        fields.set_item("failed", failed)?;
        fields.set_item("pending", pending)?;
        fields.set_item("elapsed", elapsed)?;
        REPORT.import(py, "koophone.reports", "PrepareReport")?.call((), Some(&fields))
    }
}

/// The number of the state that an instance is counted under; None while nothing is known of it.
fn number(state: &State) -> Option<i64> {
    match state {
        Fate::Ready => Some(ProgressStatus::NORMAL.0),
        Fate::Failed(_) => Some(ProgressStatus::FAILED.0),
        Fate::Pending(progress) => progress.as_ref().map(|progress| progress.status.0),
    }
}
