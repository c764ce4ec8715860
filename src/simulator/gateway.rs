//! What stands before every operation: the token, the size of the request, the request's ID.

use super::answers::{Answer, Refusal, response};
use super::cloud::Cloud;
use axum::body::{Body, Bytes};
use axum::extract::{Query, Request, State};
use axum::http::{HeaderMap, HeaderValue, Response, StatusCode};
use axum::routing::{MethodFilter, MethodRouter, on};
use futures_util::StreamExt;
use serde::de::DeserializeOwned;
use std::collections::HashMap;
use std::sync::Arc;
use uuid::Uuid;

/// The service's own limit.
const LARGEST_BODY: usize = 12 * 1024 * 1024;

/// A request that the gateway let through.
pub(super) struct Call {
    pub query: HashMap<String, String>,
    body: Bytes,
}

impl Call {
    /// The body as the operation documents it.
    pub fn json<T: DeserializeOwned>(&self) -> Result<T, Refusal> {
        serde_json::from_slice(&self.body)
            .map_err(|error| Refusal::parameter(format!("Invalid request body: {error}.")))
    }
}

/// What the service does for a call.
pub(super) type Operation = fn(&Cloud, &Call) -> Result<Answer, Refusal>;

/// A route to `operation`, through the gateway.
pub(super) fn operation(method: MethodFilter, operation: Operation) -> MethodRouter<Arc<Cloud>> {
    on(method, async move |State(cloud): State<Arc<Cloud>>, request: Request| {
        let (head, body) = request.into_parts();
        // A query of pairs of text is never refused: what cannot be decoded is replaced.
        let query = Query::try_from_uri(&head.uri).map_or_else(|_| HashMap::new(), |Query(query)| query);
        let request_id = request_id(&head.headers, &query);
        let outcome = match admit(&cloud, &head.headers, body).await {
            Ok(body) => operation(&cloud, &Call { query, body }),
            Err(refusal) => Err(refusal),
        };
        response(&cloud.settings, outcome, &request_id)
    })
}

/// The answer where no operation is.
pub(super) async fn no_such_api(State(cloud): State<Arc<Cloud>>, request: Request) -> Response<Body> {
    let request_id = request_id(request.headers(), &HashMap::new());
    let _ = read(request.into_body()).await;
    let refusal = Refusal::Gateway {
        status: StatusCode::NOT_FOUND,
        code: "APIGW.0101",
        message: "The API does not exist or has not been published in the environment.",
    };
    response(&cloud.settings, Err(refusal), &request_id)
}

async fn admit(cloud: &Cloud, headers: &HeaderMap, body: Body) -> Result<Bytes, Refusal> {
    let body = read(body).await;
    match headers.get("x-auth-token") {
        Some(token) if token.as_bytes() == cloud.token.as_bytes() => body,
        Some(_) => Err(unauthorized("Incorrect IAM authentication information: decrypt token fail")),
        None => Err(unauthorized("Incorrect IAM authentication information: x-auth-token not found")),
    }
}

/// Reads the whole body, also of a request that will be refused: a client that still writes would miss the answer.
async fn read(body: Body) -> Result<Bytes, Refusal> {
    let mut kept = Vec::new();
    let mut too_large = false;
    let mut chunks = body.into_data_stream();
    while let Some(chunk) = chunks.next().await {
        let chunk = chunk.map_err(|_| bad_request(StatusCode::BAD_REQUEST, "Bad request: the body breaks off."))?;
        too_large |= kept.len() + chunk.len() > LARGEST_BODY;
        if !too_large {
            kept.extend_from_slice(&chunk);
        }
    }
    if too_large {
        return Err(bad_request(StatusCode::PAYLOAD_TOO_LARGE, "Request entity too large."));
    }
    Ok(Bytes::from(kept))
}

fn unauthorized(message: &'static str) -> Refusal {
    Refusal::Gateway { status: StatusCode::UNAUTHORIZED, code: "APIGW.0301", message }
}

fn bad_request(status: StatusCode, message: &'static str) -> Refusal {
    Refusal::Gateway { status, code: "APIGW.0201", message }
}

/// The caller's own ID, from the header or, as listing has it, from the query; otherwise a fresh one.
fn request_id(headers: &HeaderMap, query: &HashMap<String, String>) -> HeaderValue {
    let from_query = || query.get("x-request-id").and_then(|id| HeaderValue::from_str(id).ok());
    let fresh = || HeaderValue::from_str(&Uuid::new_v4().simple().to_string());
    headers
        .get("x-request-id")
        .cloned()
        .or_else(from_query)
        .or_else(|| fresh().ok())
        .unwrap_or(HeaderValue::from_static(""))
}
