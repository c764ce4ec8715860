//! One call: build, authorise, send, unwrap.

use std::{panic::AssertUnwindSafe, sync::Arc, time::Duration};

use futures_util::FutureExt;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use reqwest::{
    Method, Request, Url,
    header::{CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue},
};
use serde::Serialize;
use serde_json::Value;
use tokio::time::{Instant, timeout};

use super::{
    Error, Result,
    answer::{self, Failure},
    clock::Clock,
    config::{Config, Options},
    envelope::Reply,
    error::Cause,
    panics,
};

const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");
const JSON: HeaderValue = HeaderValue::from_static("application/json");
/// What RFC 3986 leaves as it is; everything else is escaped, a space as `%20`.
const ESCAPED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'_').remove(b'.').remove(b'~');

/// An operation of the service.
#[derive(Clone, Copy, Debug)]
pub struct Operation {
    /// The name of its method.
    pub name: &'static str,
    /// The verb of its requests.
    pub method: &'static Method,
    /// Where they go, below the endpoint.
    pub path: &'static str,
    /// Whether the service wants the request ID in the query, too.
    pub id_in_query: bool,
}

/// The connection of a core to the service: pool and clock. All copies and faces of a client share it.
pub struct Connection {
    config: Arc<Config>,
    client: reqwest::Client,
    /// What waits follow.
    pub clock: Arc<dyn Clock>,
}

impl Connection {
    /// Makes one; nothing is sent yet.
    ///
    /// # Errors
    /// TLS cannot be set up.
    pub fn new(config: Arc<Config>, clock: Arc<dyn Clock>) -> std::result::Result<Self, String> {
        let client = super::client::build(&config)?;
        Ok(Self { config, client, clock })
    }
}

/// One method call: the connection, the caller's options, and the time by which it must be over.
#[derive(Clone)]
pub struct Session {
    /// What it goes over.
    pub connection: Arc<Connection>,
    /// How it is made.
    pub options: Arc<Options>,
    until: Option<Instant>,
}

impl Session {
    /// Begins a method call; its deadline starts to run.
    pub fn begin(connection: Arc<Connection>, options: Arc<Options>) -> Self {
        let until = options.deadline.map(|deadline| Instant::now() + deadline);
        Self { connection, options, until }
    }

    /// The same call without a deadline of its own: waits have their own limit.
    #[must_use]
    pub fn without_deadline(&self) -> Self {
        Self { until: None, ..self.clone() }
    }

    /// The same call with its deadline started anew.
    #[must_use]
    pub fn renewed(&self) -> Self {
        Self::begin(self.connection.clone(), self.options.clone())
    }

    /// Sends one request of an operation and reads its answer.
    ///
    /// # Errors
    /// Everything that [`Error`] names.
    pub async fn call<T: Reply>(&self, operation: &Operation, arguments: &(impl Serialize + Sync)) -> Result<T> {
        let request_id = uuid::Uuid::new_v4().simple().to_string();
        let fail = |(cause, id)| Error { operation: operation.name, request_id: Some(id), attempts: 1, cause };
        // A panic is confined to the request that met it, so that a batch still tells what became of the others.
        match AssertUnwindSafe(self.attempt(operation, arguments, &request_id)).catch_unwind().await {
            Ok(result) => result.map_err(fail),
            Err(_) => Err(fail((Cause::Internal(panics::last_place()), request_id))),
        }
    }

    async fn attempt<T: Reply>(
        &self,
        operation: &Operation,
        arguments: &(impl Serialize + Sync),
        request_id: &str,
    ) -> std::result::Result<T, Failure> {
        let own = |cause| (cause, request_id.to_owned());
        let request = self.request(operation, arguments, request_id).map_err(own)?;
        let limit = self.time_left().map_err(own)?;
        let exchange = async {
            panics::provoke_if_asked();
            let sent = self.connection.client.execute(request).await;
            answer::read(sent.map_err(|error| own(answer::broken(&error)))?, request_id).await
        };
        timeout(limit, exchange).await.unwrap_or_else(|_| Err(own(self.too_late(limit))))
    }

    /// How long the next attempt may take.
    fn time_left(&self) -> std::result::Result<Duration, Cause> {
        let left = self.until.map(|until| until.saturating_duration_since(Instant::now()));
        match left {
            Some(Duration::ZERO) => {
                Err(Cause::Timeout { text: "the deadline passed before it was sent".into(), sent: false })
            }
            Some(left) => Ok(left.min(self.options.timeout)),
            None => Ok(self.options.timeout),
        }
    }

    /// What it means that an attempt took as long as it might: the service may be at it still.
    fn too_late(&self, limit: Duration) -> Cause {
        let text = match self.options.deadline {
            Some(deadline) if limit < self.options.timeout => {
                format!("the deadline of {} s passed without an answer", deadline.as_secs_f64())
            }
            _ => format!("no answer within {} s", limit.as_secs_f64()),
        };
        Cause::Timeout { text, sent: true }
    }

    /// Puts the arguments where the verb wants them: a `GET` into the query, all others into the body.
    fn request(
        &self,
        operation: &Operation,
        arguments: &impl Serialize,
        request_id: &str,
    ) -> std::result::Result<Request, Cause> {
        let config = &self.connection.config;
        let arguments = serde_json::to_value(arguments).map_err(|error| Cause::Internal(error.to_string()))?;
        let mut url = config.endpoint.clone();
        url.set_path(&format!("{}{}", config.endpoint.path().trim_end_matches('/'), operation.path));
        let mut query = if operation.id_in_query { format!("x-request-id={request_id}") } else { String::new() };
        let has_body = operation.method != Method::GET;
        if !has_body {
            add_pairs(&mut query, &arguments);
        }
        set_query(&mut url, &query);
        let mut request = Request::new(operation.method.clone(), url);
        *request.headers_mut() = self.headers(request_id)?;
        if has_body {
            *request.body_mut() = Some(arguments.to_string().into());
        }
        Ok(request)
    }

    fn headers(&self, request_id: &str) -> std::result::Result<HeaderMap, Cause> {
        let mut headers = (*self.options.headers).clone();
        headers.insert(CONTENT_TYPE, JSON); // on a GET, too, as the service's own tools do
        let id = HeaderValue::from_str(request_id).map_err(|error| Cause::Internal(error.to_string()))?;
        headers.insert(REQUEST_ID, id);
        self.connection.config.credentials.authorise(&mut headers).map_err(Cause::Credentials)?;
        Ok(headers)
    }
}

fn set_query(url: &mut Url, query: &str) {
    url.set_query(Some(query).filter(|query| !query.is_empty()));
}

/// Adds what is not null as `name=value`.
fn add_pairs(query: &mut String, arguments: &Value) {
    for (name, value) in arguments.as_object().into_iter().flatten() {
        let text = match value {
            Value::Null => continue,
            Value::String(text) => text.clone(),
            other => other.to_string(),
        };
        let separator = if query.is_empty() { "" } else { "&" };
        query.extend([separator, name, "="]);
        query.extend(utf8_percent_encode(&text, ESCAPED));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_query_escapes_what_a_url_cannot_hold_and_leaves_null_out() {
        let mut query = "a=1".to_owned();
        add_pairs(&mut query, &serde_json::json!({"t": "2026-01-01 00:00:00", "n": 5, "none": null, "u": "é&=+"}));
        assert_eq!(query, "a=1&n=5&t=2026-01-01%2000%3A00%3A00&u=%C3%A9%26%3D%2B");
    }
}
