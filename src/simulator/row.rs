//! The row that a listing shows of an instance.

use super::instance::{Instance, hexadecimal};
use super::life::{Life, Stage, Transfer};
use chrono::{DateTime, Utc};
use serde::Serialize;
use std::time::Duration;

/// An instance as a listing shows it, in the names of the service.
#[derive(Serialize)]
pub(super) struct Row<'a> {
    instance_id: &'a str,
    instance_name: &'a str,
    region: &'static str,
    instance_sku: &'static str,
    frozen_status: u8,
    running_status: u8,
    login_status: u8,
    assign_status: u8,
    assign_user: Option<&'a str>,
    billing_mode: &'a str,
    project_id: &'a str,
    project_name: &'static str,
    phone_id: String,
    member_name: Option<&'static str>,
    account_name: &'static str,
    region_name: &'static str,
    region_name_en: &'static str,
    backup_status: u8,
    backup_time: Option<String>,
    restore_status: u8,
    restore_time: Option<String>,
}

impl Instance {
    pub fn row<'a>(&'a self, project_id: &'a str, now: Duration) -> Row<'a> {
        let life = self.life.at(now, self.fails_to_prepare);
        Row {
            instance_id: &self.id,
            instance_name: &self.name,
            region: "cn-north-4",
            instance_sku: self.sku,
            frozen_status: 0,
            running_status: running_status(&life, now),
            login_status: u8::from(life.logged_in),
            assign_status: u8::from(self.user.is_some()),
            assign_user: self.user.as_deref(),
            billing_mode: &self.billing_mode,
            project_id,
            project_name: "cn-north-4",
            phone_id: life.phone.map_or_else(|| "null".to_owned(), hexadecimal),
            member_name: self.user.is_some().then_some("demo-member"),
            account_name: "demo-account",
            region_name: "华北-北京四",
            region_name_en: "CN North-Beijing4",
            backup_status: life.backup.status,
            backup_time: life.backup.ended.map(wire_time),
            restore_status: restore_status(&life, now),
            restore_time: life.restore.ended.map(wire_time),
        }
    }
}

fn running_status(life: &Life, now: Duration) -> u8 {
    const STOPPED: u8 = 1;
    const RUNNING: u8 = 2;
    const STARTING: u8 = 4;
    match life.stage {
        Stage::Ready => RUNNING,
        Stage::Resetting { .. } => STARTING,
        Stage::Preparing(preparation) if preparation.waiting_at(now) == 0 => STARTING,
        Stage::Preparing(_) | Stage::Idle | Stage::Failed => STOPPED,
    }
}

fn restore_status(life: &Life, now: Duration) -> u8 {
    match life.stage {
        Stage::Preparing(preparation) if preparation.waiting_at(now) == 0 => Transfer::RUNNING,
        Stage::Preparing(_) => Transfer::PREPARING,
        _ => life.restore.status,
    }
}

fn wire_time(time: DateTime<Utc>) -> String {
    time.format("%Y-%m-%d %H:%M:%S").to_string()
}
