//! The fleet that a simulator starts with: instance `index` depends on seed and index alone.

use super::change::MAIN_TENANT;
use super::clock::date;
use super::draw::draw;
use super::instance::{Instance, YEARLY_OR_MONTHLY};
use super::life::{Life, Stage, Transfer};
use chrono::TimeDelta;
use fastrand::Rng;
use std::borrow::Cow;
use std::time::Duration;

const SKUS: [&str; 3] = [
    "Professional | 2 vCPUs | 4 GB | 32 GB",
    "Professional | 4 vCPUs | 8 GB | 64 GB",
    "Enterprise | 8 vCPUs | 16 GB | 128 GB",
];
const POOLS: [&str; 3] = ["pool-a", "pool-b", "pool-c"];
const DAYS_BEFORE_START: i64 = 90;

/// The ID of instance `index`; another `attempt` gives another ID, for the rare case that one is taken.
pub(super) fn instance_id(seed: u64, index: usize, attempt: u32) -> String {
    let mut chance = draw(seed, &index.to_string(), "id", attempt);
    (0..8).map(|_| chance.alphanumeric()).collect()
}

pub(super) fn instance(seed: u64, index: usize, id: String) -> Instance {
    let mut chance = draw(seed, &index.to_string(), "instance", 0);
    let age = TimeDelta::seconds(chance.i64(86_400..DAYS_BEFORE_START * 86_400));
    Instance {
        id,
        name: format!("demo-{:05}", index + 1),
        created: date(Duration::ZERO) - age,
        sku: SKUS[chance.usize(..SKUS.len())],
        pool_scene: if chance.u8(..5) == 0 { "CLOUD_APP" } else { "CLOUD_PHONE" },
        pool_name: POOLS[chance.usize(..POOLS.len())],
        tenant: Cow::Borrowed(MAIN_TENANT),
        billing_mode: Cow::Borrowed(YEARLY_OR_MONTHLY),
        user: None,
        fails_to_prepare: false,
        life: Life {
            stage: Stage::Idle,
            phone: None,
            logged_in: false,
            backup: Transfer::NONE,
            restore: Transfer::NONE,
        },
        times_prepared: 0,
        times_reset: 0,
    }
    .with_past(&mut chance)
}

impl Instance {
    /// One in ten is ready, two in ten were never assigned, the others are backed up.
    fn with_past(mut self, chance: &mut Rng) -> Self {
        let past = chance.u8(..10);
        if (1..=2).contains(&past) {
            return self;
        }
        self.user = Some(format!("10086000{:011}", chance.u64(..100_000_000_000)));
        let backed_up = date(Duration::ZERO) - TimeDelta::seconds(chance.i64(3_600..86_400));
        self.life.backup = Transfer { status: Transfer::SUCCEEDED, ended: Some(backed_up) };
        if past == 0 {
            let restored = backed_up + TimeDelta::seconds(chance.i64(60..3_600));
            self.life.restore = Transfer { status: Transfer::SUCCEEDED, ended: Some(restored) };
            self.life.stage = Stage::Ready;
            self.life.phone = Some(chance.u128(..));
            self.life.logged_in = chance.bool();
        }
        self
    }
}
