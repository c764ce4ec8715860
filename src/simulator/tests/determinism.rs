//! What a seed decides.

use super::caller::Caller;
use crate::simulator::{Settings, Simulator};
use serde_json::{Value, json};

/// Time that stands nearly still, so that two simulators started one after the other show the same.
const SLOW: f64 = 1e-9;

fn settings(seed: u64) -> Settings {
    Settings { seed, speed: SLOW, ..Settings::default() }
}

async fn answers(caller: &Caller, backwards: bool) -> Vec<Value> {
    let mut ids = caller.cloud.instance_ids();
    if backwards {
        ids.reverse();
    }
    for id in &ids[..] {
        caller.prepare(&[id]).await;
    }
    ids.sort();
    let mut seen = vec![caller.list(&[("page_no", "1"), ("page_size", "200")]).await.body];
    for id in &ids {
        seen.push(json!(caller.progress(id).await));
    }
    let ready = caller.ready().await;
    seen.push(caller.reset(&[&ready]).await.body);
    seen
}

#[tokio::test]
async fn two_simulators_with_one_seed_answer_alike_in_whatever_order_they_are_asked() {
    let pair = [Caller::new(settings(7)), Caller::new(settings(7))];
    assert_eq!(answers(&pair[0], false).await, answers(&pair[1], true).await);
    assert_eq!(pair[0].cloud.token(), pair[1].cloud.token());
}

#[test]
fn another_seed_gives_another_fleet_and_token() {
    let [one, other] = [1, 2].map(|seed| Simulator::start(settings(seed)).unwrap());
    assert_ne!(one.instance_ids(), other.instance_ids());
    assert_ne!(one.token(), other.token());
}

#[test]
fn a_larger_fleet_begins_like_a_smaller_one() {
    let [small, large] = [10, 20].map(|instances| Simulator::start(Settings { instances, ..settings(1) }).unwrap());
    assert_eq!(small.instance_ids(), large.instance_ids()[..10]);
}

#[tokio::test]
async fn asking_again_draws_anew() {
    let caller = Caller::new(settings(3));
    let ready = caller.ready().await;
    let [first, second] = [caller.reset(&[&ready]).await, caller.reset(&[&ready]).await];
    assert_ne!(first.body["data"]["task_id"], second.body["data"]["task_id"]);
}
