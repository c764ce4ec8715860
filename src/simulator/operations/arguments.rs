//! Arguments that several operations take, checked as the service documents them.

use crate::simulator::answers::{NO_RIGHTS, NO_SUCH_INSTANCE, Refusal};
use crate::simulator::fleet::Absence;

const LONGEST_ID: usize = 32;
const MOST_IDS: usize = 100;

pub(super) fn check_id(name: &str, id: &str) -> Result<(), Refusal> {
    if (1..=LONGEST_ID).contains(&id.chars().count()) {
        return Ok(());
    }
    Err(Refusal::parameter(format!("Parameter {name} must have 1 to {LONGEST_ID} characters: {id:?}.")))
}

pub(super) fn check_ids(name: &str, ids: &[String]) -> Result<(), Refusal> {
    if !(1..=MOST_IDS).contains(&ids.len()) {
        let count = ids.len();
        return Err(Refusal::parameter(format!("Parameter {name} must have 1 to {MOST_IDS} entries, not {count}.")));
    }
    ids.iter().try_for_each(|id| check_id(name, id))
}

/// Most operations do not tell whether an instance is absent or another tenant's.
pub(super) fn no_rights(id: &str) -> Refusal {
    Refusal::service(NO_RIGHTS, format!("No rights on the instance, or it does not exist: {id}."))
}

/// How the two operations of preparing refuse an instance.
pub(super) fn not_preparable(id: &str, absence: Absence) -> Refusal {
    match absence {
        Absence::Unknown => Refusal::service(NO_SUCH_INSTANCE, format!("The instance does not exist: {id}.")),
        Absence::Foreign => no_rights(id),
    }
}
