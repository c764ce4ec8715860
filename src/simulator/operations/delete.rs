//! `DeleteInstance`: unsubscribes yearly/monthly instances.

use super::arguments::{check_ids, no_rights};
use crate::simulator::answers::{Answer, NOT_DELETABLE, OTHER_TENANT, Refusal};
use crate::simulator::cloud::Cloud;
use crate::simulator::fleet::Absence;
use crate::simulator::gateway::Call;
use crate::simulator::instance::PAY_PER_USE;
use serde::Deserialize;

#[derive(Deserialize)]
struct Body {
    #[serde(rename = "instanceIdList")]
    instance_ids: Vec<String>,
}

pub(super) fn delete_instances(cloud: &Cloud, call: &Call) -> Result<Answer, Refusal> {
    let body: Body = call.json()?;
    check_ids("instanceIdList", &body.instance_ids)?;
    let (mut fleet, now) = (cloud.fleet(), cloud.clock.now());
    for id in &body.instance_ids {
        let instance = fleet.own(id, now).map_err(|absence| not_deletable(id, absence))?;
        if instance.billing_mode == PAY_PER_USE {
            return Err(Refusal::service(NOT_DELETABLE, format!("A pay-per-use instance cannot be deleted: {id}.")));
        }
    }
    for id in &body.instance_ids {
        fleet.remove(id);
    }
    Ok(Answer::null())
}

fn not_deletable(id: &str, absence: Absence) -> Refusal {
    match absence {
        Absence::Unknown => no_rights(id),
        Absence::Foreign => Refusal::service(OTHER_TENANT, format!("The instances are not of one tenant: {id}.")),
    }
}
