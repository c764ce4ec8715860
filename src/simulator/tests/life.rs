//! An instance's life at times set by hand.

use crate::simulator::life::{AfterReset, Life, Preparation, Stage, Transfer};
use std::time::Duration;

const IDLE: Life =
    Life { stage: Stage::Idle, phone: None, logged_in: false, backup: Transfer::NONE, restore: Transfer::NONE };

fn at(seconds: f64) -> Duration {
    Duration::from_secs_f64(seconds)
}

/// Queues from 100 to 106 behind two others, restores until 116.
fn preparation() -> Preparation {
    Preparation { began: at(100.0), queue: at(6.0), restore: at(10.0), waiting: 3, phone: 0xf0 }
}

fn preparing() -> Life {
    let mut life = IDLE;
    life.prepare(preparation());
    life
}

#[test]
fn the_queue_shortens_step_by_step_until_the_restoration() {
    let steps = [(100.0, 3), (101.9, 3), (102.0, 2), (103.9, 2), (104.0, 1), (105.9, 1), (106.0, 0), (115.9, 0)];
    for (seconds, waiting) in steps {
        assert_eq!(preparation().waiting_at(at(seconds)), waiting, "{seconds}");
        assert_eq!(preparing().at(at(seconds), false).stage, Stage::Preparing(preparation()), "{seconds}");
    }
}

#[test]
fn a_preparation_ends_in_a_phone_or_in_failure() {
    let ready = preparing().at(at(116.0), false);
    assert_eq!((ready.stage, ready.phone, ready.restore.status), (Stage::Ready, Some(0xf0), Transfer::SUCCEEDED));
    let failed = preparing().at(at(116.0), true);
    assert_eq!((failed.stage, failed.phone, failed.restore.status), (Stage::Failed, None, Transfer::FAILED));
}

#[test]
fn the_end_is_dated_by_when_it_was_not_by_who_looked() {
    assert_eq!(preparing().at(at(116.0), false), preparing().at(at(1e6), false));
    assert_eq!(preparing().at(at(116.0), false).restore.ended.unwrap().to_rfc3339(), "2026-01-01T00:01:56+00:00");
}

#[test]
fn only_idle_and_failed_instances_begin_a_preparation() {
    let later = Preparation { began: at(200.0), ..preparation() };
    let mut failed = preparing().at(at(116.0), true);
    failed.prepare(later);
    assert_eq!(failed.stage, Stage::Preparing(later));
    for mut life in [preparing(), preparing().at(at(116.0), false)] {
        let before = life;
        life.prepare(later);
        assert_eq!(life, before);
    }
}

#[test]
fn a_reset_wipes_at_once_and_gives_back_what_was_there() {
    let mut ready = Life { logged_in: true, ..preparing().at(at(116.0), false) };
    ready.reset(at(150.0));
    assert_eq!(ready.stage, Stage::Resetting { until: at(150.0), then: AfterReset::Ready });
    assert_eq!((ready.phone, ready.logged_in, ready.restore), (Some(0xf0), false, Transfer::NONE));
    assert_eq!(ready.at(at(149.9), false), ready);
    assert_eq!(ready.at(at(150.0), false).stage, Stage::Ready);
    let mut idle = IDLE;
    idle.reset(at(150.0));
    assert_eq!(idle.at(at(150.0), false).stage, Stage::Idle);
}

#[test]
fn a_second_reset_does_not_prolong_the_first() {
    let mut life = IDLE;
    life.reset(at(150.0));
    life.reset(at(170.0));
    assert_eq!(life.at(at(150.0), false).stage, Stage::Idle);
}

#[test]
fn a_preparation_asked_for_during_a_reset_begins_at_its_end() {
    let mut life = IDLE;
    life.reset(at(150.0));
    life.prepare(preparation());
    let delayed = Preparation { began: at(150.0), ..preparation() };
    assert_eq!(life.at(at(155.0), false).stage, Stage::Preparing(delayed));
    assert_eq!(life.at(at(166.0), false).stage, Stage::Ready);
}
