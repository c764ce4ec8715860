//! Prepare and its progress.

use super::caller::{Caller, PREPARE, PROGRESS, USER};
use crate::simulator::{Change, MAIN_TENANT, Settings};
use serde_json::{Value, json};

/// Fast enough to see the end soon, slow enough to see every stage on the way.
const FAST: f64 = 20.0;

fn settings() -> Settings {
    Settings { speed: FAST, ..Settings::default() }
}

/// What polls see until the status is one of `ends`, without what was seen just before.
async fn watch(caller: &Caller, id: &str, ends: &[i64]) -> Vec<(i64, i64)> {
    let mut seen = Vec::new();
    loop {
        let progress = caller.progress(id).await;
        if seen.last() != Some(&progress) {
            seen.push(progress);
        }
        if ends.contains(&progress.0) {
            return seen;
        }
    }
}

#[tokio::test]
async fn a_backed_up_instance_queues_then_restores_then_is_ready() {
    let caller = Caller::new(settings());
    let id = caller.backed_up().await;
    assert_eq!(caller.prepare(&[&id]).await.statuses(), [1]);
    let seen = watch(&caller, &id, &[0, -1]).await;
    let queued: Vec<i64> = seen.iter().filter(|(status, _)| *status == 1).map(|(_, waiting)| *waiting).collect();
    assert!(queued.len() > 1 && queued.windows(2).all(|pair| pair[0] > pair[1]), "{seen:?}");
    assert_eq!(seen[queued.len()..], [(2, 0), (0, 0)]);
    let row = caller.row(&id).await;
    assert_eq!((&row["running_status"], &row["restore_status"]), (&json!(2), &json!(2)));
    assert_eq!(row["assign_user"], USER);
    assert_ne!(row["phone_id"], "null");
    assert!(row["restore_time"].as_str().unwrap().starts_with("2026-01-01 00:0"));
}

#[tokio::test]
async fn every_generated_instance_can_be_prepared() {
    let caller = Caller::new(Settings { instances: 100, speed: 1000.0, ..Settings::default() });
    let ids = caller.cloud.instance_ids();
    let answer = caller.prepare(&ids.iter().map(String::as_str).collect::<Vec<_>>()).await;
    assert_eq!(answer.code(), "0");
    let rows = answer.body["data"]["status_list"].as_array().unwrap();
    assert_eq!(rows.iter().map(|row| row["instance_id"].as_str().unwrap()).collect::<Vec<_>>(), ids);
    let statuses = answer.statuses();
    assert!([0, 1, 2].iter().all(|status| statuses.contains(status)), "{statuses:?}");
    for id in &ids {
        assert_eq!(watch(&caller, id, &[0, -1]).await.last(), Some(&(0, 0)));
    }
}

#[tokio::test]
async fn an_unassigned_instance_becomes_the_users_and_goes_on_as_one_to_be_restored() {
    let caller = Caller::new(Settings::default());
    let id = caller.unassigned().await;
    assert_eq!(caller.prepare(&[&id]).await.statuses(), [2]);
    let row = caller.row(&id).await;
    assert_eq!((&row["assign_status"], &row["assign_user"]), (&json!(1), &json!(USER)));
    assert_eq!(caller.progress(&id).await.0, 1);
}

#[tokio::test]
async fn a_ready_instance_stays_ready_however_often_it_is_prepared() {
    let caller = Caller::new(Settings::default());
    let id = caller.ready().await;
    assert_eq!(caller.prepare(&[&id]).await.statuses(), [0]);
    assert_eq!(caller.prepare(&[&id]).await.statuses(), [0]);
    assert_eq!(caller.progress(&id).await, (0, 0));
}

#[tokio::test]
async fn preparing_again_does_not_start_the_queue_again() {
    let caller = Caller::new(settings());
    let id = caller.backed_up().await;
    caller.prepare(&[&id]).await;
    while caller.progress(&id).await.0 == 1 {}
    assert_eq!(caller.prepare(&[&id]).await.statuses(), [1]);
    assert_ne!(caller.progress(&id).await.0, 1);
}

#[tokio::test]
async fn an_instance_that_was_never_prepared_shows_its_state_as_it_is() {
    let caller = Caller::new(Settings::default());
    assert_eq!(caller.progress(&caller.ready().await).await, (0, 0));
    assert_eq!(caller.progress(&caller.backed_up().await).await, (2, 0));
}

#[tokio::test]
async fn a_marked_instance_fails_each_time_until_the_mark_is_gone() {
    let caller = Caller::new(Settings { speed: 1000.0, ..Settings::default() });
    let id = caller.backed_up().await;
    let marked = |fails| Change { fails_to_prepare: Some(fails), ..Change::default() };
    caller.cloud.change_instance(&id, marked(true)).unwrap();
    for _ in 0..2 {
        assert_eq!(caller.prepare(&[&id]).await.statuses(), [1]);
        assert_eq!(watch(&caller, &id, &[0, -1]).await.last(), Some(&(-1, 0)));
        assert_eq!(caller.row(&id).await["restore_status"], 3);
    }
    caller.cloud.change_instance(&id, marked(false)).unwrap();
    assert_eq!(caller.progress(&id).await.0, -1);
    caller.prepare(&[&id]).await;
    assert_eq!(watch(&caller, &id, &[0, -1]).await.last(), Some(&(0, 0)));
}

#[tokio::test]
async fn unknown_and_foreign_instances_are_refused_by_name() {
    let caller = Caller::new(Settings::default());
    let foreign = caller.backed_up().await;
    let tenant = |name: &str| Change { tenant: Some(name.into()), ..Change::default() };
    caller.cloud.change_instance(&foreign, tenant("another")).unwrap();
    for (id, code) in [("nobody00", "KOOPHONE.API.4001"), (&*foreign, "KOOPHONE.API.1001")] {
        let prepared = caller.prepare(&[id]).await;
        assert_eq!((prepared.code(), prepared.message().contains(id)), (code, true));
        let progress = caller.post(PROGRESS, json!({"user_id": USER, "instance_id": id})).await;
        assert_eq!((progress.code(), progress.message().contains(id)), (code, true));
    }
    caller.cloud.change_instance(&foreign, tenant(MAIN_TENANT)).unwrap();
    assert_eq!(caller.prepare(&[&foreign]).await.statuses(), [1]);
}

#[tokio::test]
async fn one_bad_id_fails_the_whole_batch_without_effect() {
    let caller = Caller::new(Settings::default());
    let id = caller.unassigned().await;
    assert_eq!(caller.prepare(&[&id, "nobody00"]).await.code(), "KOOPHONE.API.4001");
    assert_eq!(caller.row(&id).await["assign_status"], 0);
}

#[tokio::test]
async fn bodies_that_are_not_as_documented_are_bad_parameters() {
    let caller = Caller::new(Settings::default());
    let ids = caller.cloud.instance_ids();
    let many: Vec<&String> = ids.iter().take(101).collect();
    let bodies = [
        json!({"user_id": USER, "instance_ids": many}),
        json!({"user_id": USER, "instance_ids": []}),
        json!({"user_id": USER, "instance_ids": [""]}),
        json!({"user_id": USER, "instance_ids": ["x".repeat(33)]}),
        json!({"user_id": USER, "instance_ids": [1]}),
        json!({"user_id": USER, "instance_ids": ids[0]}),
        json!({"user_id": USER}),
        json!({"instance_ids": [ids[0]]}),
        json!({"user_id": "", "instance_ids": [ids[0]]}),
        json!({"user_id": "9".repeat(33), "instance_ids": [ids[0]]}),
        json!({"user_id": 7, "instance_ids": [ids[0]]}),
        json!(null),
        json!([]),
    ];
    for body in bodies {
        assert_eq!(caller.post(PREPARE, body.clone()).await.code(), "KOOPHONE.API.1000", "{body}");
    }
    let hundred: Vec<&str> = ids.iter().take(100).map(String::as_str).collect();
    assert_eq!(caller.prepare(&hundred).await.statuses().len(), 100);
    for body in [json!({"user_id": USER}), json!({"user_id": USER, "instance_id": ""}), Value::Bool(true)] {
        assert_eq!(caller.post(PROGRESS, body.clone()).await.code(), "KOOPHONE.API.1000", "{body}");
    }
}
