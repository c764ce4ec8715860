//! Any number of items in requests of a limited size, none of them lost.

use std::{
    collections::HashMap,
    ops::Range,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use futures_util::{StreamExt, future::BoxFuture, stream};

use super::{
    Error, Result,
    error::{Cause, Outcome},
};

/// What an answer says of the items of its request.
pub enum Rows<T> {
    /// One value stands for every item.
    Alike(Box<dyn Fn(&str) -> T + Send>),
    /// A value for each item that it names.
    Each(Vec<(String, T)>),
}

/// Sends the request for these items.
pub type Sender<T> = Arc<dyn Fn(Range<usize>) -> BoxFuture<'static, Result<Rows<T>>> + Send + Sync>;

/// A batch on its way. Its state can be read at any time: also after the call was broken off.
pub struct Batch<T> {
    operation: &'static str,
    ids: Arc<[String]>,
    requests: Mutex<Vec<Request<T>>>,
}

struct Request<T> {
    range: Range<usize>,
    state: State<T>,
}

enum State<T> {
    Waiting,
    InFlight,
    Answered(HashMap<usize, T>),
    Failed(Error),
}

/// Items that share a failure.
#[derive(Clone, Debug)]
pub struct Failure {
    /// The items.
    pub ids: Vec<String>,
    /// What went wrong.
    pub error: Error,
    /// What that says about the service having acted.
    pub outcome: Outcome,
}

/// What became of each item: every one is in exactly one of the two.
pub struct Tally<T> {
    /// What succeeded, in the caller's order.
    pub succeeded: Vec<(String, T)>,
    /// What did not.
    pub failures: Vec<Failure>,
    /// How many requests the batch took.
    pub requests: usize,
}

impl<T: Clone + Send + 'static> Batch<T> {
    /// Plans the requests; nothing is sent yet.
    pub fn new(operation: &'static str, ids: Arc<[String]>, limit: usize) -> Arc<Self> {
        let ranges = (0..ids.len()).step_by(limit).map(|start| start..ids.len().min(start + limit));
        let requests = ranges.map(|range| Request { range, state: State::Waiting }).collect();
        Arc::new(Self { operation, ids, requests: Mutex::new(requests) })
    }

    /// Sends the requests, at most `max_concurrency` at a time.
    pub async fn run(self: Arc<Self>, max_concurrency: usize, send: Sender<T>) {
        let count = self.requests().len();
        let stopped = &Mutex::new(None::<Error>);
        let batch = &self;
        stream::iter(0..count)
            .for_each_concurrent(max_concurrency, |index| {
                let send = send.clone();
                async move {
                    let reason = stopped.lock().unwrap_or_else(PoisonError::into_inner).clone();
                    if let Some(error) = reason {
                        return batch.set(index, State::Failed(not_sent(error)));
                    }
                    batch.set(index, State::InFlight);
                    let range = batch.requests()[index].range.clone();
                    let state = match send(range.clone()).await {
                        Ok(rows) => State::Answered(assign(&batch.ids, range, rows)),
                        Err(error) => {
                            if error.is_final() {
                                *stopped.lock().unwrap_or_else(PoisonError::into_inner) = Some(error.clone());
                            }
                            State::Failed(error)
                        }
                    };
                    batch.set(index, state);
                }
            })
            .await;
    }

    /// What became of each item so far.
    pub fn tally(&self) -> Tally<T> {
        let requests = self.requests();
        let mut tally = Tally { succeeded: Vec::new(), failures: Vec::new(), requests: requests.len() };
        for request in requests.iter() {
            match &request.state {
                State::Waiting => {
                    self.fail(&mut tally, request.range.clone(), self.interrupted(false), Outcome::NotSent);
                }
                State::InFlight => {
                    self.fail(&mut tally, request.range.clone(), self.interrupted(true), Outcome::Unknown);
                }
                State::Failed(error) => {
                    let outcome = if error.attempts == 0 { Outcome::NotSent } else { error.outcome() };
                    self.fail(&mut tally, request.range.clone(), error.clone(), outcome);
                }
                State::Answered(values) => {
                    let (named, missing): (Vec<_>, Vec<_>) =
                        request.range.clone().partition(|index| values.contains_key(index));
                    tally
                        .succeeded
                        .extend(named.into_iter().map(|index| (self.ids[index].clone(), values[&index].clone())));
                    if !missing.is_empty() {
                        self.fail(&mut tally, missing, left_out(self.operation), Outcome::Unknown);
                    }
                }
            }
        }
        tally
    }

    fn fail(&self, tally: &mut Tally<T>, indices: impl IntoIterator<Item = usize>, error: Error, outcome: Outcome) {
        let ids = indices.into_iter().map(|index| self.ids[index].clone()).collect();
        tally.failures.push(Failure { ids, error, outcome });
    }

    fn interrupted(&self, sent: bool) -> Error {
        let text =
            if sent { "the call was broken off in flight" } else { "the call was broken off before it was sent" };
        Error::new(self.operation, Cause::Broken { text: text.into(), sent })
    }

    fn set(&self, index: usize, state: State<T>) {
        self.requests()[index].state = state;
    }

    fn requests(&self) -> MutexGuard<'_, Vec<Request<T>>> {
        self.requests.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The error of a request that an earlier one's error kept from being sent.
fn not_sent(mut reason: Error) -> Error {
    reason.attempts = 0;
    reason
}

/// Gives each item its row: rows of other items are passed over, of doubles the last counts.
pub fn assign<T>(ids: &[String], range: Range<usize>, rows: Rows<T>) -> HashMap<usize, T> {
    match rows {
        Rows::Alike(value) => range.map(|index| (index, value(&ids[index]))).collect(),
        Rows::Each(rows) => {
            let places: HashMap<&str, usize> = range.map(|index| (&*ids[index], index)).collect();
            rows.into_iter().filter_map(|(id, value)| places.get(&*id).map(|index| (*index, value))).collect()
        }
    }
}

/// The error of items that an answer leaves out.
pub fn left_out(operation: &'static str) -> Error {
    let text = "the answer leaves out instances that were asked for".into();
    Error { attempts: 1, ..Error::new(operation, Cause::Undecodable { text, status: 200 }) }
}
