//! One instance: what it is, whose it is, and what it has been asked.

use super::change::Change;
use super::draw::draw;
use super::life::{Life, Preparation};
use chrono::{DateTime, Utc};
use std::borrow::Cow;
use std::time::Duration;

const MILLISECONDS_IN_QUEUE: std::ops::RangeInclusive<u64> = 5_000..=20_000;
const MILLISECONDS_OF_RESTORING: std::ops::RangeInclusive<u64> = 10_000..=40_000;
const MILLISECONDS_OF_RESETTING: std::ops::RangeInclusive<u64> = 10_000..=30_000;

pub(super) const PAY_PER_USE: &str = "0";
pub(super) const YEARLY_OR_MONTHLY: &str = "1";

pub(super) struct Instance {
    pub id: String,
    pub name: String,
    pub created: DateTime<Utc>,
    pub sku: &'static str,
    pub pool_scene: &'static str,
    pub pool_name: &'static str,
    pub tenant: Cow<'static, str>,
    pub billing_mode: Cow<'static, str>,
    pub user: Option<String>,
    pub fails_to_prepare: bool,
    pub life: Life,
    pub times_prepared: u32,
    pub times_reset: u32,
}

impl Instance {
    pub fn settle(&mut self, now: Duration) {
        self.life = self.life.at(now, self.fails_to_prepare);
    }

    pub fn prepare(&mut self, seed: u64, user: &str, now: Duration) {
        self.times_prepared += 1;
        let mut chance = draw(seed, &self.id, "prepare", self.times_prepared);
        self.user = Some(user.to_owned());
        self.life.prepare(Preparation {
            began: now,
            queue: Duration::from_millis(chance.u64(MILLISECONDS_IN_QUEUE)),
            restore: Duration::from_millis(chance.u64(MILLISECONDS_OF_RESTORING)),
            waiting: chance.u32(2..=12),
            phone: chance.u128(..),
        });
    }

    /// Starts a reset and names its job.
    pub fn reset(&mut self, seed: u64, now: Duration) -> String {
        self.times_reset += 1;
        let mut chance = draw(seed, &self.id, "reset", self.times_reset);
        self.life.reset(now + Duration::from_millis(chance.u64(MILLISECONDS_OF_RESETTING)));
        hexadecimal(chance.u128(..))
    }

    pub fn change(&mut self, change: Change) {
        if let Some(billing_mode) = change.billing_mode {
            self.billing_mode = Cow::Owned(billing_mode);
        }
        if let Some(tenant) = change.tenant {
            self.tenant = Cow::Owned(tenant);
        }
        if let Some(fails) = change.fails_to_prepare {
            self.fails_to_prepare = fails;
        }
    }
}

/// The form of the service's own identifiers: 32 digits.
pub(super) fn hexadecimal(number: u128) -> String {
    format!("{number:032x}")
}
