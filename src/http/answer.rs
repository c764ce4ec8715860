//! From the bytes of an answer to what a call gives, or to what went wrong.

use reqwest::{Response, header::LOCATION};

use super::{
    client::{causes, root_cause},
    envelope::{Envelope, Reply, refusal},
    error::Cause,
};

/// The largest answer that is read: many times a full page of the largest list.
const BODY_LIMIT: usize = 64 * 1024 * 1024;

/// What went wrong, and the ID of the request: the service's if it gave one.
pub type Failure = (Cause, String);

/// Reads the answer to the request of that ID.
///
/// # Errors
/// The service refused, or the answer is none.
pub async fn read<T: Reply>(response: Response, request_id: &str) -> Result<T, Failure> {
    let status = response.status().as_u16();
    let served_id = response.headers().get("x-request-id").and_then(|id| id.to_str().ok());
    let request_id = served_id.unwrap_or(request_id).to_owned();
    let location =
        response.headers().get(LOCATION).map(|target| String::from_utf8_lossy(target.as_bytes()).into_owned());
    if (300..400).contains(&status) {
        let target = location.unwrap_or_else(|| "nowhere".into());
        let text =
            format!("HTTP {status}: a redirect to {target}, which is not followed: the token stays with its host");
        return Err((Cause::Undecodable { text, status }, request_id));
    }
    match body(response, status).await {
        Ok(body) => interpret(&body, status, request_id),
        Err(cause) => Err((cause, request_id)),
    }
}

async fn body(mut response: Response, status: u16) -> Result<Vec<u8>, Cause> {
    let mut body = Vec::new();
    let too_large =
        || Cause::Undecodable { text: format!("HTTP {status}: the body is larger than {BODY_LIMIT} bytes"), status };
    if response.content_length().is_some_and(|length| length > BODY_LIMIT as u64) {
        return Err(too_large());
    }
    while let Some(chunk) = response.chunk().await.map_err(|error| broken(&error))? {
        if body.len() + chunk.len() > BODY_LIMIT {
            return Err(too_large());
        }
        body.extend_from_slice(&chunk);
    }
    Ok(body)
}

fn interpret<T: Reply>(body: &[u8], status: u16, request_id: String) -> Result<T, Failure> {
    let undecodable = |text: String| Cause::Undecodable { text: format!("HTTP {status}: {text}"), status };
    let mut envelope = match Envelope::parse(body) {
        Ok(envelope) => envelope,
        Err(_) if status >= 400 => return Err((refusal(status, None, None), request_id)),
        Err(text) => return Err((undecodable(text), request_id)),
    };
    envelope.answers = envelope.request_id().unwrap_or(request_id);
    let result = match envelope.verdict(status) {
        Some(Ok(())) => T::read(&envelope).map_err(undecodable),
        Some(Err(cause)) => Err(cause),
        None => Err(undecodable("error_code: missing".into())),
    };
    result.map_err(|cause| (cause, envelope.answers))
}

/// What a connection's failure means. The URL stays out of it: the operation says enough.
pub fn broken(error: &reqwest::Error) -> Cause {
    let text = root_cause(error);
    match (error.is_connect(), error.is_timeout()) {
        (true, true) => Cause::Timeout { text: "no connection within the connect timeout".into(), sent: false },
        (true, false) => Cause::Connect(text),
        (false, true) => Cause::Timeout { text, sent: true },
        (false, false) if error.is_builder() => Cause::Connect(causes(error)),
        (false, false) => Cause::Broken { text, sent: true },
    }
}
