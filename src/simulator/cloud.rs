//! What all requests to one simulator share.

use super::clock::VirtualClock;
use super::draw::draw;
use super::fleet::Fleet;
use super::instance::hexadecimal;
use super::settings::Settings;
use std::sync::{Mutex, MutexGuard, PoisonError};

pub(super) struct Cloud {
    pub settings: Settings,
    pub clock: VirtualClock,
    pub token: String,
    pub project_id: String,
    fleet: Mutex<Fleet>,
}

impl Cloud {
    pub fn new(settings: Settings) -> Self {
        let mut chance = draw(settings.seed, "", "account", 0);
        Self {
            token: format!("koophone-simulator-token-{:016x}", chance.u64(..)),
            project_id: hexadecimal(chance.u128(..)),
            fleet: Mutex::new(Fleet::generate(settings.seed, settings.instances)),
            clock: VirtualClock::start(settings.speed),
            settings,
        }
    }

    pub fn fleet(&self) -> MutexGuard<'_, Fleet> {
        self.fleet.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
