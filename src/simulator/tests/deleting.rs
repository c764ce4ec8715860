//! Delete: what goes, and what it refuses.

use super::caller::{Caller, DELETE};
use crate::simulator::{Change, Settings};
use serde_json::json;

#[tokio::test]
async fn deleted_instances_are_in_no_listing_and_are_unknown_from_then_on() {
    let caller = Caller::new(Settings::default());
    let mut ids = caller.cloud.instance_ids();
    let gone: Vec<String> = ids.splice(5..8, []).collect();
    let reply = caller.delete(&[&gone[0], &gone[2], &gone[1], &gone[0]]).await;
    assert_eq!(reply.body, json!({"data": null, "error_code": "0", "error_msg": "OK"}));
    assert_eq!(caller.cloud.instance_ids(), ids);
    let page = caller.list(&[("page_no", "1"), ("page_size", "200")]).await;
    assert_eq!((page.ids(), &page.body["data"]["total_count"]), (ids, &json!(197)));
    assert_eq!(caller.delete(&[&gone[0]]).await.code(), "KOOPHONE.API.1001");
    assert_eq!(caller.prepare(&[&gone[0]]).await.code(), "KOOPHONE.API.4001");
}

#[tokio::test]
async fn one_instance_that_cannot_be_deleted_keeps_all_and_is_named() {
    let caller = Caller::new(Settings::default());
    let ids = caller.cloud.instance_ids();
    let foreign = Change { tenant: Some("another".into()), ..Change::default() };
    let pay_per_use = Change { billing_mode: Some("0".into()), ..Change::default() };
    caller.cloud.change_instance(&ids[1], foreign).unwrap();
    caller.cloud.change_instance(&ids[2], pay_per_use).unwrap();
    let listed = caller.cloud.instance_ids();
    let refused = [("nobody00", "KOOPHONE.API.1001"), (&*ids[1], "KOOPHONE.API.1012"), (&*ids[2], "KOOPHONE.API.5001")];
    for (id, code) in refused {
        let reply = caller.delete(&[&ids[0], id]).await;
        assert_eq!((reply.code(), reply.message().contains(id)), (code, true));
    }
    assert_eq!(caller.cloud.instance_ids(), listed);
    assert_eq!(caller.row(&ids[2]).await["billing_mode"], "0");
}

#[tokio::test]
async fn the_list_has_its_own_name_and_the_usual_limits() {
    let caller = Caller::new(Settings::default());
    let id = &caller.cloud.instance_ids()[0];
    let bodies =
        [json!({"instance_ids": [id]}), json!({"instanceIdList": []}), json!({"instanceIdList": vec![id; 101]})];
    for body in bodies {
        assert_eq!(caller.post(DELETE, body.clone()).await.code(), "KOOPHONE.API.1000", "{body}");
    }
}
