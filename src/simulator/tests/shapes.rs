//! The switches for shapes that the service's documents disagree on.

use super::caller::Caller;
use crate::simulator::{PageFields, Settings};
use serde_json::{Value, json};

async fn page(page_fields: PageFields) -> Value {
    let caller = Caller::new(Settings { instances: 3, page_fields, ..Settings::default() });
    caller.list(&[("page_no", "1"), ("page_size", "2")]).await.body
}

fn fields(holder: &Value) -> [&Value; 3] {
    [&holder["page_no"], &holder["page_size"], &holder["total_count"]]
}

#[tokio::test]
async fn page_fields_are_inside_data_beside_it_or_both() {
    let (full, none) = ([&json!(1), &json!(2), &json!(3)], [&Value::Null; 3]);
    for (place, beside, inside) in
        [(PageFields::Inside, none, full), (PageFields::Beside, full, none), (PageFields::Both, full, full)]
    {
        let body = page(place).await;
        assert_eq!((fields(&body), fields(&body["data"])), (beside, inside), "{place:?}");
        assert_eq!(body["data"]["result"].as_array().unwrap().len(), 2);
        assert_eq!(body["error_code"], "0");
    }
}

#[tokio::test]
async fn business_errors_come_with_status_200_or_400() {
    for status in [200, 400] {
        let caller = Caller::new(Settings { business_status: status, ..Settings::default() });
        let refused = caller.prepare(&["nobody00"]).await;
        assert_eq!((refused.status.as_u16(), refused.code()), (status, "KOOPHONE.API.4001"));
        assert_eq!(caller.prepare(&[&caller.cloud.instance_ids()[0]]).await.status, 200);
    }
}

#[tokio::test]
async fn the_code_of_a_success_can_be_a_number() {
    let caller = Caller::new(Settings { numeric_error_code: true, ..Settings::default() });
    let ids = caller.cloud.instance_ids();
    assert_eq!(caller.prepare(&[&ids[0]]).await.body["error_code"], 0);
    assert_eq!(caller.list(&[("page_no", "1"), ("page_size", "2")]).await.body["data"]["error_code"], 0);
    assert_eq!(caller.prepare(&["nobody00"]).await.code(), "KOOPHONE.API.4001");
}
