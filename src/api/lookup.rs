//! Looking one instance up: the service lists, with the ID as filter, and may list others, too.

use std::sync::Arc;

use futures_util::future::BoxFuture;

use super::{ids::InstanceId, instances::Instance};
use crate::http::{
    Error, Result, Session,
    codes::Kind,
    error::Cause,
    paging::{Page, Pass},
};

const OPERATION: &str = "get_instance";
const PAGE_SIZE: i64 = 200;

/// The instance whose ID is exactly equal.
pub async fn find(session: Session, wanted: InstanceId) -> Result<Instance> {
    let filter = wanted.clone();
    let fetch = move |number, size| -> BoxFuture<'static, Result<Page<Instance>>> {
        let (session, filter) = (session.clone(), filter.clone());
        Box::pin(async move {
            session.list_instances(number, size, Some(filter), None, None, None, None, None, None, None).await
        })
    };
    let mut pass = Pass::new(OPERATION, PAGE_SIZE, 1, Arc::new(fetch));
    let mut request_id = None;
    while let Some(page) = pass.next_page().await? {
        if let Some(found) = page.items.into_iter().find(|instance| instance.instance_id == wanted.0) {
            return Ok(found);
        }
        request_id = page.request_id;
    }
    let cause = Cause::Refused {
        kind: Kind::NotFound,
        code: None,
        message: format!("no instance has the ID {:?}", wanted.0),
        status: 200,
        hint: "list_instances() shows the instances of this project.",
    };
    Err(Error { operation: OPERATION, request_id, attempts: 1, cause })
}
