//! `ShowProgress`: how far the preparation of one instance has come.

use super::arguments::{check_id, not_preparable};
use crate::simulator::answers::{Answer, Refusal};
use crate::simulator::cloud::Cloud;
use crate::simulator::gateway::Call;
use crate::simulator::life::Stage;
use serde::{Deserialize, Serialize};

#[derive(Deserialize)]
struct Body {
    user_id: String,
    instance_id: String,
}

#[derive(Serialize)]
struct Data {
    status: i8,
    #[serde(rename = "waitingCount")]
    waiting_count: u32,
}

pub(super) fn show_progress(cloud: &Cloud, call: &Call) -> Result<Answer, Refusal> {
    let body: Body = call.json()?;
    check_id("user_id", &body.user_id)?;
    check_id("instance_id", &body.instance_id)?;
    let (mut fleet, now) = (cloud.fleet(), cloud.clock.now());
    let instance = fleet.own(&body.instance_id, now).map_err(|absence| not_preparable(&body.instance_id, absence))?;
    let waiting_count = match instance.life.stage {
        Stage::Preparing(preparation) => preparation.waiting_at(now),
        _ => 0,
    };
    Answer::with(&Data { status: status(&instance.life.stage, waiting_count), waiting_count })
}

/// A number of the service's `ProgressStatus`; an instance that nobody prepares is offline.
fn status(stage: &Stage, waiting: u32) -> i8 {
    const NORMAL: i8 = 0;
    const QUEUING: i8 = 1;
    const RESTORING_OR_OFFLINE: i8 = 2;
    const FAILED: i8 = -1;
    match stage {
        Stage::Ready => NORMAL,
        Stage::Failed => FAILED,
        Stage::Preparing(_) if waiting > 0 => QUEUING,
        Stage::Preparing(_) | Stage::Idle | Stage::Resetting { .. } => RESTORING_OR_OFFLINE,
    }
}
