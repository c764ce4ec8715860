//! What an instance goes through: idle, queued, restoring, ready, failed, resetting.
//!
//! Nothing runs in the background. A life holds when its present stage ends, and `Life::at` says what has become of it.

use super::clock::date;
use chrono::{DateTime, Utc};
use std::time::Duration;

#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Stage {
    /// Its data lie in the object store; it has no physical phone.
    Idle,
    Preparing(Preparation),
    Ready,
    /// The last preparation failed.
    Failed,
    Resetting {
        until: Duration,
        then: AfterReset,
    },
}

/// A way from idle to ready: first in a queue, then restoring the data to a physical phone.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Preparation {
    pub began: Duration,
    pub queue: Duration,
    pub restore: Duration,
    /// How many wait in the queue, this one included.
    pub waiting: u32,
    /// The physical phone that it will get.
    pub phone: u128,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum AfterReset {
    Idle,
    Ready,
    /// It was prepared while the reset ran.
    Preparing(Preparation),
}

/// How the last backup or restoration went: a number of the service's `TransferStatus`, and when it ended.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Transfer {
    pub status: u8,
    pub ended: Option<DateTime<Utc>>,
}

impl Transfer {
    pub const PREPARING: u8 = 0;
    pub const RUNNING: u8 = 1;
    pub const SUCCEEDED: u8 = 2;
    pub const FAILED: u8 = 3;
    pub const NONE: Self = Self { status: Self::PREPARING, ended: None };
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Life {
    pub stage: Stage,
    pub phone: Option<u128>,
    pub logged_in: bool,
    pub backup: Transfer,
    pub restore: Transfer,
}

impl Preparation {
    fn queued_until(&self) -> Duration {
        self.began + self.queue
    }

    fn ends(&self) -> Duration {
        self.queued_until() + self.restore
    }

    /// How many still wait in the queue; none once the restoration runs.
    pub fn waiting_at(&self, now: Duration) -> u32 {
        let left = self.queued_until().saturating_sub(now).as_millis();
        let whole = self.queue.as_millis().max(1);
        u32::try_from((u128::from(self.waiting) * left).div_ceil(whole)).unwrap_or(self.waiting)
    }
}

impl Life {
    /// What has become of this life by `now`; `fails` tells how a preparation that ends until then ends.
    pub fn at(self, now: Duration, fails: bool) -> Self {
        match self.stage {
            Stage::Resetting { until, then } if now >= until => {
                let stage = match then {
                    AfterReset::Idle => Stage::Idle,
                    AfterReset::Ready => Stage::Ready,
                    AfterReset::Preparing(preparation) => Stage::Preparing(preparation),
                };
                Self { stage, ..self }.at(now, fails)
            }
            Stage::Preparing(preparation) if now >= preparation.ends() => self.prepared(preparation, fails),
            _ => self,
        }
    }

    fn prepared(self, preparation: Preparation, fails: bool) -> Self {
        let ended = Some(date(preparation.ends()));
        if fails {
            Self { stage: Stage::Failed, restore: Transfer { status: Transfer::FAILED, ended }, ..self }
        } else {
            let restore = Transfer { status: Transfer::SUCCEEDED, ended };
            Self { stage: Stage::Ready, phone: Some(preparation.phone), logged_in: false, restore, ..self }
        }
    }

    /// Begins `preparation` now, after a running reset, or not at all where one runs or ended well already.
    pub fn prepare(&mut self, preparation: Preparation) {
        match &mut self.stage {
            Stage::Idle | Stage::Failed => self.stage = Stage::Preparing(preparation),
            Stage::Resetting { until, then: then @ AfterReset::Idle } => {
                *then = AfterReset::Preparing(Preparation { began: *until, ..preparation });
            }
            Stage::Preparing(_) | Stage::Ready | Stage::Resetting { .. } => {}
        }
    }

    /// Wipes the user's data; a reset that runs already just goes on.
    pub fn reset(&mut self, until: Duration) {
        let then = match self.stage {
            Stage::Resetting { .. } => return,
            Stage::Ready => AfterReset::Ready,
            Stage::Idle | Stage::Failed | Stage::Preparing(_) => AfterReset::Idle,
        };
        let stage = Stage::Resetting { until, then };
        *self = Self { stage, phone: self.phone, logged_in: false, backup: Transfer::NONE, restore: Transfer::NONE };
    }
}
