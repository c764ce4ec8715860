//! All instances, by ID and in the order of a listing.

use super::change::{Change, MAIN_TENANT, UnknownInstance};
use super::generation::{instance, instance_id};
use super::instance::Instance;
use std::collections::HashMap;
use std::time::Duration;

/// Why the main tenant cannot have an instance.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Absence {
    Unknown,
    Foreign,
}

pub(super) struct Fleet {
    instances: HashMap<String, Kept>,
    /// The main tenant's, by serial number: a page is found without a look at the pages before it.
    listed: Vec<Listed>,
}

struct Kept {
    serial: usize,
    instance: Instance,
}

struct Listed {
    serial: usize,
    id: String,
}

impl Fleet {
    pub fn generate(seed: u64, count: usize) -> Self {
        let mut fleet = Self { instances: HashMap::with_capacity(count), listed: Vec::with_capacity(count) };
        for serial in 0..count {
            let mut id = instance_id(seed, serial, 0);
            let mut attempt = 0;
            while fleet.instances.contains_key(&id) {
                attempt += 1;
                id = instance_id(seed, serial, attempt);
            }
            fleet.listed.push(Listed { serial, id: id.clone() });
            fleet.instances.insert(id.clone(), Kept { serial, instance: instance(seed, serial, id) });
        }
        fleet
    }

    /// The main tenant's instance `id`, as it is `now`.
    pub fn own(&mut self, id: &str, now: Duration) -> Result<&mut Instance, Absence> {
        let instance = &mut self.instances.get_mut(id).ok_or(Absence::Unknown)?.instance;
        if instance.tenant != MAIN_TENANT {
            return Err(Absence::Foreign);
        }
        instance.settle(now);
        Ok(instance)
    }

    /// The main tenant's instance `id`, as it was when something last happened to it.
    pub fn listed(&self, id: &str) -> Option<&Instance> {
        self.instances.get(id).map(|kept| &kept.instance).filter(|instance| instance.tenant == MAIN_TENANT)
    }

    /// The main tenant's IDs in the order of a listing.
    pub fn listed_ids(&self) -> impl DoubleEndedIterator<Item = &str> + ExactSizeIterator {
        self.listed.iter().map(|listed| listed.id.as_str())
    }

    pub fn remove(&mut self, id: &str) {
        if let Some(kept) = self.instances.remove(id) {
            self.unlist(kept.serial);
        }
    }

    pub fn change(&mut self, id: &str, change: Change, now: Duration) -> Result<(), UnknownInstance> {
        let kept = self.instances.get_mut(id).ok_or_else(|| UnknownInstance(id.to_owned()))?;
        kept.instance.settle(now);
        kept.instance.change(change);
        let (serial, own) = (kept.serial, kept.instance.tenant == MAIN_TENANT);
        self.unlist(serial);
        if own {
            let place = self.listed.partition_point(|listed| listed.serial < serial);
            self.listed.insert(place, Listed { serial, id: id.to_owned() });
        }
        Ok(())
    }

    fn unlist(&mut self, serial: usize) {
        if let Ok(place) = self.listed.binary_search_by_key(&serial, |listed| listed.serial) {
            self.listed.remove(place);
        }
    }
}
