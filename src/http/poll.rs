//! Waiting by asking again: one scheduler for any number of things waited for.

use std::{
    cmp::Reverse,
    collections::BinaryHeap,
    ops::Range,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use futures_util::{
    FutureExt, StreamExt,
    future::{BoxFuture, Either, select},
    stream::FuturesUnordered,
};

use super::{Result, clock::Clock};

/// What is being waited for, in units that are polled one request each.
pub trait Waiting: Send + Sync + 'static {
    /// How many requests go out before anything is polled.
    fn openings(&self) -> usize;

    /// Sends one of them; gives the units to be polled from then on. An error ends the wait.
    fn open(self: Arc<Self>, number: usize) -> BoxFuture<'static, Result<Vec<usize>>>;

    /// Asks after one unit; gives whether to ask again. An error ends the wait.
    fn poll(self: Arc<Self>, unit: usize) -> BoxFuture<'static, Result<bool>>;
}

/// How a wait is paced. Times are those of the clock that it follows.
#[derive(Clone)]
pub struct Pace {
    /// What it follows.
    pub clock: Arc<dyn Clock>,
    /// How long a unit rests between two polls.
    pub interval: Duration,
    /// When the wait is given up.
    pub until: Duration,
    /// How many requests are in flight at most.
    pub max_concurrency: usize,
}

/// How a wait ended.
#[derive(Debug, PartialEq, Eq)]
pub enum End {
    /// Nothing is left to be asked after.
    Settled,
    /// The time was up.
    TimedOut,
}

enum Done {
    Opened(Result<Vec<usize>>),
    Polled { unit: usize, asked: Duration, again: Result<bool> },
}

struct Scheduler<W> {
    waiting: Arc<W>,
    pace: Pace,
    openings: Range<usize>,
    due: BinaryHeap<Reverse<(Duration, usize)>>,
    in_flight: FuturesUnordered<BoxFuture<'static, Done>>,
}

/// Follows `units`, polled at once, and those that the openings bring, polled one interval after, until all is settled.
///
/// # Errors
/// The first error that ends the wait.
pub async fn run<W: Waiting>(waiting: Arc<W>, units: Range<usize>, pace: Pace) -> Result<End> {
    let openings = 0..waiting.openings();
    let mut scheduler =
        Scheduler { waiting, pace, openings, due: BinaryHeap::new(), in_flight: FuturesUnordered::new() };
    let now = scheduler.pace.clock.now();
    scheduler.plan(now, units.collect());
    scheduler.run().await
}

impl<W: Waiting> Scheduler<W> {
    async fn run(mut self) -> Result<End> {
        loop {
            self.start_what_is_due();
            if self.in_flight.is_empty() && self.due.is_empty() {
                return Ok(End::Settled);
            }
            if self.pace.clock.now() >= self.pace.until {
                return Ok(End::TimedOut);
            }
            let has_room = self.in_flight.len() < self.pace.max_concurrency;
            let wake = self.due.peek().filter(|_| has_room).map_or(self.pace.until, |Reverse((due, _))| *due);
            let sleep = self.pace.clock.sleep_until(wake.min(self.pace.until));
            if self.in_flight.is_empty() {
                sleep.await;
            } else if let Either::Left((Some(done), _)) = select(self.in_flight.next(), sleep).await {
                self.take(done)?;
                while let Some(Some(done)) = self.in_flight.next().now_or_never() {
                    self.take(done)?;
                }
            }
        }
    }

    fn start_what_is_due(&mut self) {
        while self.in_flight.len() < self.pace.max_concurrency {
            if let Some(number) = self.openings.next() {
                self.in_flight.push(self.waiting.clone().open(number).map(Done::Opened).boxed());
                continue;
            }
            let now = self.pace.clock.now();
            match self.due.peek() {
                Some(Reverse((due, _))) if *due <= now => {}
                _ => return,
            }
            if let Some(Reverse((_, unit))) = self.due.pop() {
                let poll = self.waiting.clone().poll(unit);
                self.in_flight.push(poll.map(move |again| Done::Polled { unit, asked: now, again }).boxed());
            }
        }
    }

    fn take(&mut self, done: Done) -> Result<()> {
        match done {
            Done::Opened(units) => self.plan(self.pace.clock.now() + self.pace.interval, units?),
            Done::Polled { unit, asked, again } => {
                if again? {
                    // Never sooner than asked for; the jitter keeps units apart that began together.
                    let rest = self.pace.interval.mul_f64(1.0 + fastrand::f64() / 10.0);
                    self.due.push(Reverse((asked + rest, unit)));
                }
            }
        }
        Ok(())
    }

    /// First polls are spread, so that a large fleet does not ask all at once; few units need no spreading.
    fn plan(&mut self, from: Duration, units: Vec<usize>) {
        let step = self.pace.interval / u32::try_from(units.len().max(100)).unwrap_or(u32::MAX);
        let mut due = from;
        for unit in units {
            self.due.push(Reverse((due, unit)));
            due += step;
        }
    }
}

/// What became of one thing that is waited for.
#[derive(Clone, Debug)]
pub enum Fate<S, F> {
    /// Not decided; its last known state.
    Pending(Option<S>),
    /// What was waited for has come.
    Ready,
    /// It will not come.
    Failed(F),
}

/// What became of each thing that is waited for; it can be read at any time, also after the wait was broken off.
pub struct Board<S, F>(Mutex<Vec<Fate<S, F>>>);

impl<S: Clone, F: Clone> Board<S, F> {
    /// A board of things that nothing is known of.
    pub fn new(count: usize) -> Self {
        Self(Mutex::new(vec![Fate::Pending(None); count]))
    }

    /// Notes what became of one.
    pub fn set(&self, index: usize, fate: Fate<S, F>) {
        self.lock()[index] = fate;
    }

    /// Looks at all of them.
    pub fn read<R>(&self, look: impl FnOnce(&[Fate<S, F>]) -> R) -> R {
        look(&self.lock())
    }

    fn lock(&self) -> MutexGuard<'_, Vec<Fate<S, F>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
