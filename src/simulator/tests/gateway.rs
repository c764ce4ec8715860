//! What the gateway refuses, and the request ID that every answer bears.

use super::caller::{Caller, LIST, PREPARE, send};
use crate::simulator::{Settings, Simulator};
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

#[tokio::test]
async fn a_wrong_or_missing_token_gets_the_gateways_401_whatever_the_shape_of_business_errors() {
    let caller = Caller::new(Settings::default());
    let stranger = reqwest::Client::builder().no_proxy().build().unwrap();
    for token in [None, Some("wrong"), Some(""), Some(&caller.cloud.token()[1..])] {
        let request = stranger.post(caller.url(PREPARE)).header("x-request-id", "mine").json(&json!({}));
        let reply = send(token.iter().fold(request, |request, token| request.header("x-auth-token", *token))).await;
        assert_eq!((reply.status.as_u16(), reply.code()), (401, "APIGW.0301"));
        assert!(reply.message().starts_with("Incorrect IAM authentication information: "));
        assert_eq!(reply.body["request_id"], "mine");
    }
}

#[tokio::test]
async fn an_unknown_path_or_method_gets_the_gateways_404() {
    let caller = Caller::new(Settings::default());
    let requests = [
        caller.http.get(caller.url("/")),
        caller.http.get(caller.url("/v1/instances/batch-query/")),
        caller.http.post(caller.url("/v1/instances/unheard-of")),
        caller.http.post(caller.url(LIST)),
        caller.http.put(caller.url(PREPARE)),
    ];
    for request in requests {
        let reply = send(request).await;
        assert_eq!((reply.status.as_u16(), reply.code()), (404, "APIGW.0101"));
        assert_eq!(reply.body["request_id"], reply.headers["x-request-id"].to_str().unwrap());
    }
}

#[tokio::test]
async fn answers_echo_the_callers_request_id_or_bear_a_fresh_one() {
    let caller = Caller::new(Settings::default());
    let echoed = send(caller.http.post(caller.url(PREPARE)).header("X-Request-Id", "from header")).await;
    assert_eq!(echoed.headers["x-request-id"], "from header");
    let listed = caller.list(&[("x-request-id", "from-query"), ("page_no", "1"), ("page_size", "1")]).await;
    assert_eq!((&listed.headers["x-request-id"], listed.code()), (&"from-query".parse().unwrap(), "0"));
    let fresh =
        [caller.prepare(&[]).await, caller.prepare(&[]).await].map(|reply| reply.headers["x-request-id"].clone());
    assert!(!fresh[0].is_empty() && fresh[0] != fresh[1]);
}

#[tokio::test]
async fn a_body_above_the_limit_is_too_large_and_one_at_the_limit_is_read() {
    let caller = Caller::new(Settings::default());
    let body = |size: usize| caller.http.post(caller.url(PREPARE)).body(vec![b' '; size]);
    let limit = 12 * 1024 * 1024;
    assert_eq!(send(body(limit)).await.code(), "KOOPHONE.API.1000");
    let refused = send(body(limit + 1)).await;
    assert_eq!((refused.status.as_u16(), refused.code()), (413, "APIGW.0201"));
}

async fn connection_with(cloud: &Simulator, bytes: &[u8]) -> TcpStream {
    let mut stream = TcpStream::connect(cloud.address()).await.unwrap();
    stream.write_all(bytes).await.unwrap();
    stream
}

/// All that comes back until the simulator closes the connection.
async fn answer_to(cloud: &Simulator, bytes: &[u8]) -> String {
    let mut stream = connection_with(cloud, bytes).await;
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).await.unwrap();
    String::from_utf8_lossy(&answer).into_owned()
}

#[tokio::test]
async fn bytes_that_are_no_http_harm_nobody_else() {
    let caller = Caller::new(Settings::default());
    let token = caller.cloud.token().to_owned();
    let cut = format!("POST {PREPARE} HTTP/1.1\r\nHost: x\r\nX-Auth-Token: {token}\r\nContent-Length: 99\r\n\r\n{{");
    let odd_query =
        format!("GET {LIST}?page_no=%ff&&=&%zz HTTP/1.1\r\nConnection: close\r\nX-Auth-Token: {token}\r\n\r\n");
    assert!(answer_to(&caller.cloud, b"\x16\x03\x01\x02\x00\x01").await.starts_with("HTTP/1.1 400"));
    assert!(answer_to(&caller.cloud, b"GET / HTTP/9.9\r\n\r\n").await.starts_with("HTTP/1.1 400"));
    assert!(answer_to(&caller.cloud, odd_query.as_bytes()).await.contains("KOOPHONE.API.1000"));
    drop(connection_with(&caller.cloud, cut.as_bytes()).await);
    drop(connection_with(&caller.cloud, b"").await);
    let deep = send(caller.http.post(caller.url(PREPARE)).body("[".repeat(100_000))).await;
    assert_eq!(deep.code(), "KOOPHONE.API.1000");
    assert_eq!(caller.prepare(&[&caller.cloud.instance_ids()[0]]).await.body["error_code"], Value::from("0"));
}
