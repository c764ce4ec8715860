//! The simulator's own time, which can run faster or slower than the wall's.

use chrono::{DateTime, TimeDelta, Utc};
use std::time::{Duration, Instant};

/// Every simulator starts at 2026-01-01 00:00:00 UTC, so that the dates of two runs are equal.
const START: Duration = Duration::from_secs(1_767_225_600);

/// The only place that knows how virtual time follows the wall's. Virtual times are durations since the start.
#[derive(Clone, Debug)]
pub struct VirtualClock {
    began: Instant,
    speed: f64,
}

impl VirtualClock {
    pub(super) fn start(speed: f64) -> Self {
        Self { began: Instant::now(), speed }
    }

    /// The virtual time since the start.
    #[must_use]
    pub fn now(&self) -> Duration {
        seconds(self.began.elapsed().as_secs_f64() * self.speed)
    }

    /// How long a virtual time lasts on the wall.
    #[must_use]
    pub fn wall(&self, virtual_time: Duration) -> Duration {
        seconds(virtual_time.as_secs_f64() / self.speed)
    }
}

/// What the calendar shows at a virtual time.
pub(super) fn date(at: Duration) -> DateTime<Utc> {
    let since_epoch = TimeDelta::from_std(START.saturating_add(at)).unwrap_or(TimeDelta::MAX);
    DateTime::UNIX_EPOCH.checked_add_signed(since_epoch).unwrap_or(DateTime::<Utc>::MAX_UTC)
}

fn seconds(seconds: f64) -> Duration {
    Duration::try_from_secs_f64(seconds).unwrap_or(Duration::MAX)
}
