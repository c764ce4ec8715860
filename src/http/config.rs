//! What a client is told once, and what each copy of it may change.

use std::{net::IpAddr, sync::Arc, time::Duration};

use reqwest::{
    Url,
    header::{HeaderMap, HeaderName, HeaderValue},
};

use super::auth::Credentials;

/// Where the service is when nobody says otherwise.
pub const DEFAULT_ENDPOINT: &str = "https://koophone.myhuaweicloud.com";

/// What a core is built from; every copy of a client shares it.
#[derive(Clone, Debug)]
pub struct Config {
    /// Where the service is, with a path prefix if there is one, without a slash at the end.
    pub endpoint: Url,
    /// Who calls.
    pub credentials: Credentials,
    /// How long making a connection may take.
    pub connect_timeout: Duration,
    /// Whether plain http may leave this machine.
    pub allow_http: bool,
    /// Whether literal secrets may be pickled.
    pub allow_secret_pickle: bool,
}

/// What `with_options` may change.
#[derive(Clone, Debug)]
pub struct Options {
    /// How long one attempt may take.
    pub timeout: Duration,
    /// How long a method call may take as a whole.
    pub deadline: Option<Duration>,
    /// How many requests one method call has in flight.
    pub max_concurrency: usize,
    /// Sent with every request.
    pub headers: Arc<HeaderMap>,
    /// Whether a batch with failures is returned, not raised.
    pub collect_failures: bool,
}

/// Headers that carry meaning of their own and are set by the client alone.
const OWN_HEADERS: [&str; 6] = ["connection", "content-length", "content-type", "host", "x-auth-token", "x-request-id"];

/// Reads an endpoint; the error says what is wrong with it.
///
/// # Errors
/// It is no URL, or one that must not be used.
pub fn endpoint(text: &str, allow_http: bool) -> Result<Url, String> {
    let mut url = Url::parse(text.trim()).map_err(|error| format!("{text:?} is no URL: {error}"))?;
    match url.scheme() {
        "https" => {}
        "http" if allow_http || is_loopback(&url) => {}
        "http" => {
            return Err(format!("{text:?} is plain http, which would show the token; allow_http=True permits it"));
        }
        other => return Err(format!("the scheme must be https or http, not {other:?}")),
    }
    if url.query().is_some() || url.fragment().is_some() {
        return Err(format!("{text:?} must not have a query or a fragment"));
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err("a user or password in the URL is not used; pass it as auth".into());
    }
    let path = url.path().trim_end_matches('/').to_owned();
    url.set_path(&path);
    Ok(url)
}

/// Whether the URL points at this very machine.
pub fn is_loopback(url: &Url) -> bool {
    let host = url.host_str().unwrap_or_default().trim_matches(['[', ']']);
    host.eq_ignore_ascii_case("localhost") || host.parse::<IpAddr>().is_ok_and(|ip| ip.is_loopback())
}

/// Reads one header of the user's; the error says what is wrong with it.
///
/// # Errors
/// Its name or value cannot be sent, or is not the user's to set.
pub fn header(name: &str, value: &str) -> Result<(HeaderName, HeaderValue), String> {
    let parsed: HeaderName = name.parse().map_err(|_| format!("{name:?} is no header name"))?;
    if OWN_HEADERS.contains(&parsed.as_str()) {
        return Err(format!("{name:?} is set by the client itself"));
    }
    // The value may be a secret, so it is never shown.
    let mut value = HeaderValue::from_str(value)
        .map_err(|_| format!("the value of {name:?} has characters that no header can carry"))?;
    value.set_sensitive(true);
    Ok((parsed, value))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_endpoint_keeps_its_prefix_and_loses_its_last_slash() {
        assert_eq!(endpoint("https://host/prefix/", false).unwrap().as_str(), "https://host/prefix");
        assert_eq!(endpoint("https://host", false).unwrap().as_str(), "https://host/");
    }

    #[test]
    fn plain_http_goes_to_this_machine_only() {
        for fine in ["http://127.0.0.1:1", "http://127.8.9.1", "http://[::1]:80", "http://LOCALHOST:5"] {
            assert!(endpoint(fine, false).is_ok(), "{fine}");
        }
        for wrong in
            ["http://127.0.0.1.example.com", "http://10.0.0.1", "http://localhost.example.com", "ftp://localhost"]
        {
            assert!(endpoint(wrong, false).is_err(), "{wrong}");
        }
        assert!(endpoint("http://10.0.0.1", true).is_ok());
    }
}
