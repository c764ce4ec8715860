//! A plain HTTP caller of one simulator.

use crate::simulator::{Settings, Simulator};
use reqwest::header::{HeaderMap, HeaderValue};
use reqwest::{RequestBuilder, StatusCode};
use serde_json::{Value, json};

pub const USER: &str = "1008600000104285462";
pub const PREPARE: &str = "/v1/instances/prepare";
pub const PROGRESS: &str = "/v1/instances/prepare-progress";
pub const RESET: &str = "/v1/instances/batch-reset";
pub const DELETE: &str = "/v1/instances/delete";
pub const LIST: &str = "/v1/instances/batch-query";

pub struct Caller {
    pub cloud: Simulator,
    pub http: reqwest::Client,
}

pub struct Reply {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: Value,
}

impl Caller {
    pub fn new(settings: Settings) -> Self {
        Self::of(Simulator::start(settings).unwrap())
    }

    pub fn of(cloud: Simulator) -> Self {
        // The client that tests use is built for TLS without a provider of its own; a second install changes nothing.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let token = HeaderValue::from_str(cloud.token()).unwrap();
        let headers = HeaderMap::from_iter([("x-auth-token".parse().unwrap(), token)]);
        Self { cloud, http: reqwest::Client::builder().no_proxy().default_headers(headers).build().unwrap() }
    }

    pub fn url(&self, path: &str) -> String {
        format!("{}{path}", self.cloud.endpoint())
    }

    pub async fn post(&self, path: &str, body: Value) -> Reply {
        send(self.http.post(self.url(path)).json(&body)).await
    }

    pub async fn list(&self, query: &[(&str, &str)]) -> Reply {
        send(self.http.get(self.url(LIST)).query(query)).await
    }

    pub async fn prepare(&self, ids: &[&str]) -> Reply {
        self.post(PREPARE, json!({"user_id": USER, "instance_ids": ids})).await
    }

    /// The status of the progress, and how many wait.
    pub async fn progress(&self, id: &str) -> (i64, i64) {
        let reply = self.post(PROGRESS, json!({"user_id": USER, "instance_id": id})).await;
        let data = &reply.body["data"];
        (data["status"].as_i64().unwrap(), data["waitingCount"].as_i64().unwrap())
    }

    pub async fn reset(&self, ids: &[&str]) -> Reply {
        self.post(RESET, json!({"instance_ids": ids})).await
    }

    pub async fn delete(&self, ids: &[&str]) -> Reply {
        self.post(DELETE, json!({"instanceIdList": ids})).await
    }

    /// The row of one instance in a listing.
    pub async fn row(&self, id: &str) -> Value {
        self.list(&[("page_no", "1"), ("page_size", "1"), ("instance_id", id)]).await.body["data"]["result"][0].clone()
    }

    /// Some instance that a listing shows with these values, ready or not, assigned or not.
    pub async fn find(&self, field: &str, value: Value) -> String {
        let body = self.list(&[("page_no", "1"), ("page_size", "200")]).await.body;
        let rows = body["data"]["result"].as_array().unwrap();
        let found = rows.iter().find(|row| row[field] == value).unwrap();
        found["instance_id"].as_str().unwrap().to_owned()
    }

    pub async fn ready(&self) -> String {
        self.find("running_status", json!(2)).await
    }

    pub async fn backed_up(&self) -> String {
        let body = self.list(&[("page_no", "1"), ("page_size", "200")]).await.body;
        let rows = body["data"]["result"].as_array().unwrap();
        let found = rows.iter().find(|row| row["phone_id"] == "null" && row["backup_status"] == 2).unwrap();
        found["instance_id"].as_str().unwrap().to_owned()
    }

    pub async fn unassigned(&self) -> String {
        self.find("assign_status", json!(0)).await
    }
}

impl Reply {
    pub fn code(&self) -> &str {
        self.body["error_code"].as_str().unwrap()
    }

    pub fn message(&self) -> &str {
        self.body["error_msg"].as_str().unwrap()
    }

    /// The status of each row of a prepare answer, in its order.
    pub fn statuses(&self) -> Vec<i64> {
        let rows = self.body["data"]["status_list"].as_array().unwrap();
        rows.iter().map(|row| row["status"].as_i64().unwrap()).collect()
    }

    /// The IDs of the rows of a page, in its order.
    pub fn ids(&self) -> Vec<String> {
        let rows = self.body["data"]["result"].as_array().unwrap();
        rows.iter().map(|row| row["instance_id"].as_str().unwrap().to_owned()).collect()
    }
}

pub async fn send(request: RequestBuilder) -> Reply {
    let response = request.send().await.unwrap();
    let (status, headers) = (response.status(), response.headers().clone());
    Reply { status, headers, body: response.json().await.unwrap() }
}
