//! The one clock for waits: the wall's, or that of a simulator.

use std::{sync::Arc, time::Duration};

use futures_util::future::BoxFuture;
use tokio::time::Instant;

/// Tells the time since some beginning, and waits for a time to come.
pub trait Clock: Send + Sync + 'static {
    /// The time since the beginning.
    fn now(&self) -> Duration;
    /// Waits until that time.
    fn sleep_until(&self, time: Duration) -> BoxFuture<'static, ()>;
}

/// The time on the wall.
pub struct Wall(Instant);

impl Wall {
    /// A clock that begins now.
    pub fn start() -> Arc<dyn Clock> {
        Arc::new(Self(Instant::now()))
    }
}

impl Clock for Wall {
    fn now(&self) -> Duration {
        self.0.elapsed()
    }

    fn sleep_until(&self, time: Duration) -> BoxFuture<'static, ()> {
        Box::pin(tokio::time::sleep_until(self.0 + time))
    }
}
