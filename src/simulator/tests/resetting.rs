//! Reset: its answer, and what becomes of the instances.

use super::caller::{Caller, RESET};
use crate::simulator::{Change, Settings};
use serde_json::{Value, json};

fn is_hexadecimal(text: &str) -> bool {
    text.len() == 32 && text.bytes().all(|byte| byte.is_ascii_hexdigit())
}

#[tokio::test]
async fn the_answer_names_a_task_and_a_job_for_each_instance() {
    let caller = Caller::new(Settings::default());
    let ids = caller.cloud.instance_ids();
    let data = caller.reset(&[&ids[0], &ids[1]]).await.body["data"].clone();
    assert!(is_hexadecimal(data["task_id"].as_str().unwrap().strip_prefix("RM_").unwrap()));
    let jobs = data["cmd_jobs"].as_array().unwrap();
    assert_eq!(jobs.iter().map(|job| &job["instance_id"]).collect::<Vec<_>>(), [&ids[0], &ids[1]]);
    assert!(jobs.iter().all(|job| is_hexadecimal(job["job_id"].as_str().unwrap())));
    assert_ne!(jobs[0]["job_id"], jobs[1]["job_id"]);
}

#[tokio::test]
async fn without_reset_data_the_answer_has_no_data() {
    let caller = Caller::new(Settings { reset_data: false, ..Settings::default() });
    let reply = caller.reset(&[&caller.cloud.instance_ids()[0]]).await;
    assert_eq!(reply.body, json!({"error_code": "0", "error_msg": "OK"}));
}

#[tokio::test]
async fn a_ready_instance_resets_for_a_while_and_is_ready_again_without_data() {
    let caller = Caller::new(Settings { speed: 20.0, ..Settings::default() });
    let id = caller.ready().await;
    let before = caller.row(&id).await;
    caller.reset(&[&id]).await;
    assert_eq!(caller.row(&id).await["running_status"], 4);
    assert_eq!(caller.progress(&id).await, (2, 0));
    assert_eq!(caller.prepare(&[&id]).await.statuses(), [4]);
    while caller.progress(&id).await.0 != 0 {}
    let after = caller.row(&id).await;
    assert_eq!((&after["running_status"], &after["login_status"]), (&json!(2), &json!(0)));
    assert_eq!((&after["backup_time"], &after["restore_time"]), (&Value::Null, &Value::Null));
    assert_eq!((&after["phone_id"], after["restore_time"] == before["restore_time"]), (&before["phone_id"], false));
}

#[tokio::test]
async fn an_idle_instance_is_idle_again_unless_it_was_prepared_meanwhile() {
    let caller = Caller::new(Settings { speed: 20.0, ..Settings::default() });
    let (idle, wanted) = (caller.backed_up().await, caller.unassigned().await);
    caller.reset(&[&idle, &wanted]).await;
    assert_eq!(caller.prepare(&[&wanted]).await.statuses(), [4]);
    while caller.progress(&wanted).await.0 != 0 {}
    assert_eq!(caller.row(&wanted).await["running_status"], 2);
    while caller.row(&idle).await["running_status"] == 4 {}
    assert_eq!(caller.row(&idle).await["running_status"], 1);
}

#[tokio::test]
async fn an_instance_that_is_being_restored_is_not_reset() {
    let caller = Caller::new(Settings::default());
    let (restoring, ready) = (caller.backed_up().await, caller.ready().await);
    caller.prepare(&[&restoring]).await;
    let reply = caller.reset(&[&ready, &restoring]).await;
    assert_eq!((reply.code(), reply.message().contains(&restoring)), ("KOOPHONE.API.2005", true));
    assert_eq!(caller.row(&ready).await["running_status"], 2);
}

#[tokio::test]
async fn unknown_and_foreign_instances_and_bad_lists_are_refused() {
    let caller = Caller::new(Settings::default());
    let ids = caller.cloud.instance_ids();
    caller.cloud.change_instance(&ids[0], Change { tenant: Some("another".into()), ..Change::default() }).unwrap();
    for id in [&*ids[0], "nobody00"] {
        let reply = caller.reset(&[id]).await;
        assert_eq!((reply.code(), reply.message().contains(id)), ("KOOPHONE.API.1001", true));
    }
    for list in [json!([]), json!(vec![&ids[1]; 101]), json!(["x".repeat(33)]), json!(null)] {
        assert_eq!(caller.post(RESET, json!({"instance_ids": list})).await.code(), "KOOPHONE.API.1000");
    }
}
