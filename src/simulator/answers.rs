//! What goes back: the service's envelope around data, its errors, and the gateway's.

use super::settings::Settings;
use axum::body::Body;
use axum::http::{HeaderValue, Response, StatusCode, header};
use serde::Serialize;
use serde_json::value::{RawValue, to_raw_value};

/// The good end of an operation.
#[derive(Default)]
pub(super) struct Answer {
    data: Option<Box<RawValue>>,
    beside: Option<Paging>,
}

#[derive(Clone, Serialize)]
pub(super) struct Paging {
    pub page_no: u64,
    pub page_size: u64,
    pub total_count: usize,
}

/// The bad end of a request.
#[derive(Debug)]
pub(super) enum Refusal {
    /// The service itself says no.
    Service { code: &'static str, message: String },
    /// The gateway in front of it does; its errors always have their own HTTP status.
    Gateway { status: StatusCode, code: &'static str, message: &'static str },
}

pub(super) const BAD_PARAMETER: &str = "KOOPHONE.API.1000";
pub(super) const NO_RIGHTS: &str = "KOOPHONE.API.1001";
pub(super) const OTHER_TENANT: &str = "KOOPHONE.API.1012";
pub(super) const BEING_RESTORED: &str = "KOOPHONE.API.2005";
pub(super) const NO_SUCH_INSTANCE: &str = "KOOPHONE.API.4001";
pub(super) const NOT_DELETABLE: &str = "KOOPHONE.API.5001";
pub(super) const BAD_TIME: &str = "KOOPHONE.API.5002";
pub(super) const END_BEFORE_START: &str = "KOOPHONE.API.5004";
const INTERNAL: &str = "KOOPHONE.API.9999";
const SUCCESS_MESSAGE: &str = "OK";

impl Answer {
    /// An answer whose `data` is null.
    pub fn null() -> Self {
        Self { data: Some(RawValue::NULL.to_owned()), beside: None }
    }

    pub fn with(data: &impl Serialize) -> Result<Self, Refusal> {
        let data = to_raw_value(data).map_err(|error| Refusal::service(INTERNAL, error.to_string()))?;
        Ok(Self { data: Some(data), beside: None })
    }

    /// Puts the page fields beside `data`.
    pub fn beside(self, paging: Paging) -> Self {
        Self { beside: Some(paging), ..self }
    }
}

impl Refusal {
    pub fn service(code: &'static str, message: impl Into<String>) -> Self {
        Self::Service { code, message: message.into() }
    }

    pub fn parameter(message: impl Into<String>) -> Self {
        Self::service(BAD_PARAMETER, message)
    }
}

/// The code and the text of a success.
#[derive(Clone, Serialize)]
pub(super) struct Success {
    error_code: Code,
    error_msg: &'static str,
}

#[derive(Clone, Serialize)]
#[serde(untagged)]
enum Code {
    Number(u8),
    Text(&'static str),
}

impl Success {
    pub fn new(settings: &Settings) -> Self {
        let error_code = if settings.numeric_error_code { Code::Number(0) } else { Code::Text("0") };
        Self { error_code, error_msg: SUCCESS_MESSAGE }
    }
}

#[derive(Serialize)]
struct SuccessBody {
    #[serde(skip_serializing_if = "Option::is_none")]
    data: Option<Box<RawValue>>,
    #[serde(flatten)]
    beside: Option<Paging>,
    #[serde(flatten)]
    success: Success,
}

#[derive(Serialize)]
struct ErrorBody<'a> {
    error_code: &'a str,
    error_msg: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    request_id: Option<&'a str>,
}

pub(super) fn response(
    settings: &Settings,
    outcome: Result<Answer, Refusal>,
    request_id: &HeaderValue,
) -> Response<Body> {
    let (status, body) = match outcome {
        Ok(Answer { data, beside }) => {
            (StatusCode::OK, serde_json::to_vec(&SuccessBody { data, beside, success: Success::new(settings) }))
        }
        Err(Refusal::Service { code, message }) => {
            let body = ErrorBody { error_code: code, error_msg: &message, request_id: None };
            (business_status(settings, code), serde_json::to_vec(&body))
        }
        Err(Refusal::Gateway { status, code, message }) => {
            let request_id = Some(request_id.to_str().unwrap_or_default());
            (status, serde_json::to_vec(&ErrorBody { error_code: code, error_msg: message, request_id }))
        }
    };
    let mut response = Response::new(Body::from(body.unwrap_or_default()));
    *response.status_mut() = status;
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json;charset=UTF-8"));
    headers.insert("x-request-id", request_id.clone());
    response
}

/// The documents give most business errors HTTP 200 in one place, and 400 or 500 in another.
fn business_status(settings: &Settings, code: &str) -> StatusCode {
    match (settings.business_status, code) {
        (200, _) => StatusCode::OK,
        (_, INTERNAL) => StatusCode::INTERNAL_SERVER_ERROR,
        _ => StatusCode::BAD_REQUEST,
    }
}
