//! The listing: rows, pages, filters, order, and what it refuses.

use super::caller::Caller;
use crate::simulator::{Change, Settings};
use serde_json::json;

const WHOLE: [(&str, &str); 2] = [("page_no", "1"), ("page_size", "200")];

#[tokio::test]
async fn a_row_has_every_documented_field() {
    let caller = Caller::new(Settings { instances: 1, ..Settings::default() });
    let row = caller.row(&caller.cloud.instance_ids()[0]).await;
    let mut names: Vec<&String> = row.as_object().unwrap().keys().collect();
    names.sort();
    let documented = "account_name assign_status assign_user backup_status backup_time billing_mode frozen_status \
        instance_id instance_name instance_sku login_status member_name phone_id project_id project_name region \
        region_name region_name_en restore_status restore_time running_status";
    assert_eq!(names, documented.split(' ').collect::<Vec<_>>());
    assert_eq!((&row["instance_name"], &row["billing_mode"]), (&json!("demo-00001"), &json!("1")));
}

#[tokio::test]
async fn ids_are_eight_letters_and_digits() {
    let caller = Caller::new(Settings { instances: 1000, ..Settings::default() });
    let ids = caller.cloud.instance_ids();
    assert!(ids.iter().all(|id| id.len() == 8 && id.bytes().all(|byte| byte.is_ascii_alphanumeric())));
    assert_eq!(ids.iter().collect::<std::collections::HashSet<_>>().len(), 1000);
}

#[tokio::test]
async fn pages_give_every_instance_once_in_order() {
    let caller = Caller::new(Settings::default());
    let mut seen = Vec::new();
    for page_no in ["1", "2", "3"] {
        let page = caller.list(&[("page_no", page_no), ("page_size", "80")]).await;
        assert_eq!(page.body["data"]["total_count"], 200);
        seen.extend(page.ids());
    }
    assert_eq!(seen, caller.cloud.instance_ids());
    let beyond = caller.list(&[("page_no", "18446744073709551615"), ("page_size", "200")]).await;
    assert!(beyond.ids().is_empty());
}

#[tokio::test]
async fn a_capped_page_says_so_and_pages_follow_the_cap() {
    let caller = Caller::new(Settings { max_page_size: 30, ..Settings::default() });
    let ids = caller.cloud.instance_ids();
    for (page_no, rows) in [("1", &ids[..30]), ("2", &ids[30..60]), ("7", &ids[180..])] {
        let page = caller.list(&[("page_no", page_no), ("page_size", "200")]).await;
        assert_eq!((page.ids(), &page.body["data"]["page_size"]), (rows.to_vec(), &json!(30)));
    }
}

#[tokio::test]
async fn bad_paging_and_bad_filters_are_bad_parameters() {
    let caller = Caller::new(Settings::default());
    let long = "x".repeat(129);
    let queries: [&[(&str, &str)]; 13] = [
        &[],
        &[("page_no", "1")],
        &[("page_size", "1")],
        &[("page_no", "0"), ("page_size", "1")],
        &[("page_no", "-1"), ("page_size", "1")],
        &[("page_no", "1"), ("page_size", "0")],
        &[("page_no", "1"), ("page_size", "201")],
        &[("page_no", "one"), ("page_size", "1")],
        &[("page_no", "1.5"), ("page_size", "1")],
        &[WHOLE[0], WHOLE[1], ("order", "up")],
        &[WHOLE[0], WHOLE[1], ("order_by", "colour")],
        &[WHOLE[0], WHOLE[1], ("pool_scene_tag", "CLOUD")],
        &[WHOLE[0], WHOLE[1], ("instance_name", &long)],
    ];
    for query in queries {
        assert_eq!(caller.list(query).await.code(), "KOOPHONE.API.1000", "{query:?}");
    }
}

#[tokio::test]
async fn bad_times_and_an_end_before_the_start_have_codes_of_their_own() {
    let caller = Caller::new(Settings::default());
    let day = "2025-12-01 00:00:00";
    for time in ["", "yesterday", "2025-12-01", "2025-12-01T00:00:00", "2025-13-01 00:00:00", "2025-1-1 0:0:0"] {
        for name in ["query_start_time", "query_end_time"] {
            assert_eq!(caller.list(&[WHOLE[0], WHOLE[1], (name, time)]).await.code(), "KOOPHONE.API.5002", "{time}");
        }
    }
    let turned = [WHOLE[0], WHOLE[1], ("query_start_time", day), ("query_end_time", "2025-11-30 23:59:59")];
    assert_eq!(caller.list(&turned).await.code(), "KOOPHONE.API.5004");
    assert_eq!(
        caller.list(&[WHOLE[0], WHOLE[1], ("query_start_time", day), ("query_end_time", day)]).await.code(),
        "0"
    );
}

#[tokio::test]
async fn times_split_the_fleet_by_its_creation() {
    let caller = Caller::new(Settings::default());
    let early = caller.list(&[WHOLE[0], WHOLE[1], ("query_end_time", "2025-11-15 11:59:59")]).await.ids();
    let late = caller.list(&[WHOLE[0], WHOLE[1], ("query_start_time", "2025-11-15 12:00:00")]).await.ids();
    assert!(!early.is_empty() && !late.is_empty());
    let mut all = [early, late].concat();
    let mut ids = caller.cloud.instance_ids();
    all.sort();
    ids.sort();
    assert_eq!(all, ids);
}

#[tokio::test]
async fn filters_take_the_exact_id_a_part_of_the_name_and_the_pool() {
    let caller = Caller::new(Settings::default());
    let ids = caller.cloud.instance_ids();
    let page = async |name, value: &str| caller.list(&[WHOLE[0], WHOLE[1], (name, value)]).await.ids();
    assert_eq!(page("instance_id", &ids[3]).await, ids[3..4]);
    assert!(page("instance_id", &ids[3][..7]).await.is_empty());
    assert_eq!(page("instance_name", "-0001").await, ids[9..19]);
    let apps = page("pool_scene_tag", "CLOUD_APP").await;
    assert!(!apps.is_empty() && apps.len() < 100);
    assert_eq!(page("poolSceneTag", "CLOUD_APP").await, apps);
    assert!(!page("pool_name", "pool-a").await.is_empty());
    assert!(page("pool_name", "pool-z").await.is_empty());
}

#[tokio::test]
async fn the_order_can_be_turned_and_chosen() {
    let caller = Caller::new(Settings::default());
    let mut ids = caller.cloud.instance_ids();
    let listed = async |order: &[(&str, &str)]| caller.list(&[&WHOLE, order].concat()).await.ids();
    assert_eq!(listed(&[("order", "asc")]).await, ids);
    assert_eq!(listed(&[("order_by", "instance_name")]).await, ids);
    ids.reverse();
    assert_eq!(listed(&[("order", "desc")]).await, ids);
    ids.sort();
    assert_eq!(listed(&[("order_by", "instance_id")]).await, ids);
    ids.reverse();
    assert_eq!(listed(&[("order_by", "instance_id"), ("order", "desc")]).await, ids);
}

#[tokio::test]
async fn a_foreign_instance_is_not_listed_until_it_comes_back_to_its_place() {
    let caller = Caller::new(Settings::default());
    let ids = caller.cloud.instance_ids();
    let tenant = |name: &str| Change { tenant: Some(name.into()), ..Change::default() };
    caller.cloud.change_instance(&ids[7], tenant("another")).unwrap();
    assert!(!caller.list(&WHOLE).await.ids().contains(&ids[7]));
    assert_eq!(caller.row(&ids[7]).await, json!(null));
    caller.cloud.change_instance(&ids[7], tenant("main")).unwrap();
    assert_eq!(caller.list(&WHOLE).await.ids(), ids);
    assert!(caller.cloud.change_instance("nobody00", Change::default()).is_err());
}
