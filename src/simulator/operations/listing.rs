//! `ListInstances`: all instances of the tenant, page by page.

use super::page_query::{Filter, OrderBy, PageQuery};
use crate::simulator::answers::{Answer, Paging, Refusal, Success};
use crate::simulator::cloud::Cloud;
use crate::simulator::fleet::Fleet;
use crate::simulator::gateway::Call;
use crate::simulator::instance::Instance;
use crate::simulator::row::Row;
use crate::simulator::settings::PageFields;
use serde::Serialize;

#[derive(Serialize)]
struct Data<'a> {
    result: Vec<Row<'a>>,
    #[serde(flatten)]
    inside: Option<Inside>,
}

#[derive(Serialize)]
struct Inside {
    #[serde(flatten)]
    paging: Paging,
    #[serde(flatten)]
    success: Success,
}

pub(super) fn list_instances(cloud: &Cloud, call: &Call) -> Result<Answer, Refusal> {
    let mut query = PageQuery::read(call)?;
    query.page_size = query.page_size.min(cloud.settings.max_page_size.into());
    let (fleet, now) = (cloud.fleet(), cloud.clock.now());
    let (found, total_count) = find(&fleet, &query);
    let paging = Paging { page_no: query.page_no, page_size: query.page_size, total_count };
    let inside = (cloud.settings.page_fields != PageFields::Beside)
        .then(|| Inside { paging: paging.clone(), success: Success::new(&cloud.settings) });
    let result = found.into_iter().map(|instance| instance.row(&cloud.project_id, now)).collect();
    let answer = Answer::with(&Data { result, inside })?;
    Ok(if cloud.settings.page_fields == PageFields::Inside { answer } else { answer.beside(paging) })
}

/// The instances of one page, and how many there are on all pages.
fn find<'a>(fleet: &'a Fleet, query: &PageQuery<'_>) -> (Vec<&'a Instance>, usize) {
    if query.filter == Filter::default() && query.order_by.is_none() {
        let ids = fleet.listed_ids();
        let total_count = ids.len();
        return (page(ids, query).into_iter().filter_map(|id| fleet.listed(id)).collect(), total_count);
    }
    let mut found: Vec<&Instance> = match query.filter.instance_id {
        Some(id) => fleet.listed(id).into_iter().collect(),
        None => fleet.listed_ids().filter_map(|id| fleet.listed(id)).collect(),
    };
    found.retain(|instance| query.filter.takes(instance));
    match query.order_by {
        Some(OrderBy::InstanceId) => found.sort_by_key(|instance| &instance.id),
        Some(OrderBy::InstanceName) => found.sort_by_key(|instance| &instance.name),
        None => {}
    }
    let total_count = found.len();
    (page(found.into_iter(), query), total_count)
}

fn page<T>(items: impl DoubleEndedIterator<Item = T> + ExactSizeIterator, query: &PageQuery<'_>) -> Vec<T> {
    let skipped = usize::try_from((query.page_no - 1).saturating_mul(query.page_size)).unwrap_or(usize::MAX);
    let size = usize::try_from(query.page_size).unwrap_or(usize::MAX);
    if query.descending {
        items.rev().skip(skipped).take(size).collect()
    } else {
        items.skip(skipped).take(size).collect()
    }
}
