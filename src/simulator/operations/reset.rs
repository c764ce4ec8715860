//! `BatchResetInstance`: wipes the data of instances.

use super::arguments::{check_ids, no_rights};
use crate::simulator::answers::{Answer, BEING_RESTORED, Refusal};
use crate::simulator::cloud::Cloud;
use crate::simulator::draw::draw;
use crate::simulator::gateway::Call;
use crate::simulator::instance::hexadecimal;
use crate::simulator::life::Stage;
use serde::{Deserialize, Serialize};

#[derive(Deserialize)]
struct Body {
    instance_ids: Vec<String>,
}

#[derive(Serialize)]
struct Data<'a> {
    task_id: String,
    cmd_jobs: Vec<Job<'a>>,
}

#[derive(Serialize)]
struct Job<'a> {
    instance_id: &'a str,
    job_id: String,
}

pub(super) fn reset_instances(cloud: &Cloud, call: &Call) -> Result<Answer, Refusal> {
    let body: Body = call.json()?;
    check_ids("instance_ids", &body.instance_ids)?;
    let (mut fleet, now) = (cloud.fleet(), cloud.clock.now());
    for id in &body.instance_ids {
        let instance = fleet.own(id, now).map_err(|_| no_rights(id))?;
        if matches!(instance.life.stage, Stage::Preparing(_)) {
            return Err(Refusal::service(BEING_RESTORED, format!("The instance is being restored: {id}.")));
        }
    }
    let mut cmd_jobs = Vec::with_capacity(body.instance_ids.len());
    for id in &body.instance_ids {
        let instance = fleet.own(id, now).map_err(|_| no_rights(id))?;
        cmd_jobs.push(Job { instance_id: id, job_id: instance.reset(cloud.settings.seed, now) });
    }
    if !cloud.settings.reset_data {
        return Ok(Answer::default());
    }
    Answer::with(&Data { task_id: task_id(cloud.settings.seed, &cmd_jobs), cmd_jobs })
}

/// A task is known by its jobs, so that its ID does not depend on what other callers do.
fn task_id(seed: u64, jobs: &[Job<'_>]) -> String {
    let jobs: String = jobs.iter().map(|job| job.job_id.as_str()).collect();
    format!("RM_{}", hexadecimal(draw(seed, &jobs, "task", 0).u128(..)))
}
