//! `BatchPrepareInstances`: makes instances ready to stream for one user.

use super::arguments::{check_id, check_ids, not_preparable};
use crate::simulator::answers::{Answer, Refusal};
use crate::simulator::cloud::Cloud;
use crate::simulator::gateway::Call;
use crate::simulator::instance::Instance;
use crate::simulator::life::Stage;
use serde::{Deserialize, Serialize};

#[derive(Deserialize)]
struct Body {
    user_id: String,
    instance_ids: Vec<String>,
}

#[derive(Serialize)]
struct Data<'a> {
    status_list: Vec<Status<'a>>,
}

#[derive(Serialize)]
struct Status<'a> {
    instance_id: &'a str,
    status: u8,
}

pub(super) fn prepare_instances(cloud: &Cloud, call: &Call) -> Result<Answer, Refusal> {
    let body: Body = call.json()?;
    check_id("user_id", &body.user_id)?;
    check_ids("instance_ids", &body.instance_ids)?;
    let (mut fleet, now) = (cloud.fleet(), cloud.clock.now());
    for id in &body.instance_ids {
        fleet.own(id, now).map_err(|absence| not_preparable(id, absence))?;
    }
    let mut status_list = Vec::with_capacity(body.instance_ids.len());
    for id in &body.instance_ids {
        let instance = fleet.own(id, now).map_err(|absence| not_preparable(id, absence))?;
        status_list.push(Status { instance_id: id, status: status(instance) });
        instance.prepare(cloud.settings.seed, &body.user_id, now);
    }
    Answer::with(&Data { status_list })
}

/// How an instance is found: a number of the service's `PrepareStatus`.
fn status(instance: &Instance) -> u8 {
    const READY: u8 = 0;
    const TO_BE_RESTORED: u8 = 1;
    const TO_BE_ASSIGNED: u8 = 2;
    const RESETTING: u8 = 4;
    match instance.life.stage {
        Stage::Ready => READY,
        Stage::Resetting { .. } => RESETTING,
        Stage::Idle if instance.user.is_none() => TO_BE_ASSIGNED,
        Stage::Idle | Stage::Failed | Stage::Preparing(_) => TO_BE_RESTORED,
    }
}
