//! What a listing is asked for: the page, the filters and the order, read from the query.

use crate::simulator::answers::{BAD_TIME, END_BEFORE_START, Refusal};
use crate::simulator::gateway::Call;
use crate::simulator::instance::Instance;
use chrono::{DateTime, NaiveDateTime, Utc};

const LARGEST_PAGE: u64 = 200;
const TIME_FORMAT: &str = "%Y-%m-%d %H:%M:%S";
/// `chrono` takes shorter numbers too; the service's form has a fixed length.
const TIME_LENGTH: usize = "2026-01-01 00:00:00".len();

pub(super) struct PageQuery<'a> {
    pub page_no: u64,
    pub page_size: u64,
    pub filter: Filter<'a>,
    pub descending: bool,
    pub order_by: Option<OrderBy>,
}

#[derive(Default, PartialEq)]
pub(super) struct Filter<'a> {
    pub instance_id: Option<&'a str>,
    name: Option<&'a str>,
    pool_scene: Option<&'a str>,
    pool_name: Option<&'a str>,
    created_from: Option<DateTime<Utc>>,
    created_to: Option<DateTime<Utc>>,
}

/// The service does not publish what one can order by; these two are a guess.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum OrderBy {
    InstanceId,
    InstanceName,
}

impl<'a> PageQuery<'a> {
    pub fn read(call: &'a Call) -> Result<Self, Refusal> {
        let text = |name: &str| call.query.get(name).map(String::as_str);
        let page_size = whole(call, "page_size")?;
        if page_size > LARGEST_PAGE {
            return Err(Refusal::parameter(format!("Parameter page_size must be between 1 and {LARGEST_PAGE}.")));
        }
        let descending = match text("order") {
            None | Some("asc") => false,
            Some("desc") => true,
            Some(_) => return Err(Refusal::parameter("Parameter order must be asc or desc.")),
        };
        let order_by = match text("order_by") {
            None => None,
            Some("instance_id") => Some(OrderBy::InstanceId),
            Some("instance_name") => Some(OrderBy::InstanceName),
            Some(_) => return Err(Refusal::parameter("Parameter order_by must be instance_id or instance_name.")),
        };
        Ok(Self { page_no: whole(call, "page_no")?, page_size, filter: Filter::read(call)?, descending, order_by })
    }
}

impl<'a> Filter<'a> {
    fn read(call: &'a Call) -> Result<Self, Refusal> {
        // The documents' table has the one spelling, their sample the other.
        let pool_scene = text(call, "pool_scene_tag", 32)?.or(text(call, "poolSceneTag", 32)?);
        if !matches!(pool_scene, None | Some("CLOUD_APP" | "CLOUD_PHONE")) {
            return Err(Refusal::parameter("Parameter pool_scene_tag must be CLOUD_APP or CLOUD_PHONE."));
        }
        let (created_from, created_to) = (time(call, "query_start_time")?, time(call, "query_end_time")?);
        if created_from.zip(created_to).is_some_and(|(from, to)| to < from) {
            return Err(Refusal::service(END_BEFORE_START, "The end time is before the start time."));
        }
        Ok(Self {
            instance_id: text(call, "instance_id", 32)?,
            name: text(call, "instance_name", 128)?,
            pool_scene,
            pool_name: text(call, "pool_name", 128)?,
            created_from,
            created_to,
        })
    }

    pub fn takes(&self, instance: &Instance) -> bool {
        self.instance_id.is_none_or(|id| instance.id == id)
            && self.name.is_none_or(|name| instance.name.contains(name))
            && self.pool_scene.is_none_or(|scene| instance.pool_scene == scene)
            && self.pool_name.is_none_or(|pool| instance.pool_name == pool)
            && self.created_from.is_none_or(|from| instance.created >= from)
            && self.created_to.is_none_or(|to| instance.created <= to)
    }
}

fn text<'a>(call: &'a Call, name: &str, longest: usize) -> Result<Option<&'a str>, Refusal> {
    match call.query.get(name) {
        Some(text) if text.chars().count() > longest => {
            Err(Refusal::parameter(format!("Parameter {name} must have at most {longest} characters.")))
        }
        found => Ok(found.map(String::as_str)),
    }
}

fn whole(call: &Call, name: &str) -> Result<u64, Refusal> {
    let number = call.query.get(name).and_then(|text| text.parse().ok()).filter(|number| *number > 0);
    number.ok_or_else(|| Refusal::parameter(format!("Parameter {name} must be a whole number from 1.")))
}

fn time(call: &Call, name: &str) -> Result<Option<DateTime<Utc>>, Refusal> {
    let Some(text) = call.query.get(name) else { return Ok(None) };
    match NaiveDateTime::parse_from_str(text, TIME_FORMAT) {
        Ok(time) if text.len() == TIME_LENGTH => Ok(Some(time.and_utc())),
        _ => Err(Refusal::service(BAD_TIME, format!("Parameter {name} must look like 2026-01-31 23:59:59."))),
    }
}
