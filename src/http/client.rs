//! The pool of connections, and how they are made.

use std::time::Duration;

use reqwest::redirect::Policy;

use super::config::{Config, is_loopback};

/// Idle connections are dropped before the service's load balancer may drop them.
const IDLE_TIMEOUT: Duration = Duration::from_secs(10);

/// Builds the client of a core.
///
/// # Errors
/// TLS cannot be set up.
pub fn build(config: &Config) -> Result<reqwest::Client, String> {
    // One provider a process; that another part of the process chose one first is fine.
    if rustls::crypto::CryptoProvider::get_default().is_none() {
        drop(rustls::crypto::ring::default_provider().install_default());
    }
    let mut builder = reqwest::Client::builder()
        .connect_timeout(config.connect_timeout)
        .pool_idle_timeout(IDLE_TIMEOUT)
        .redirect(Policy::none()) // a redirect would carry the token to another host
        .retry(reqwest::retry::never())
        .user_agent(concat!("koophone/", env!("CARGO_PKG_VERSION")));
    if is_loopback(&config.endpoint) {
        builder = builder.no_proxy();
        if config.endpoint.scheme() == "http" {
            builder = builder.tls_certs_only([]); // never used, and loading the machine's would cost the most of a start
        }
    }
    builder.build().map_err(|error| causes(&error))
}

/// What an error and the errors behind it say, in one line.
pub fn causes(error: &dyn std::error::Error) -> String {
    let mut texts: Vec<String> =
        std::iter::successors(Some(error), |error| error.source()).map(ToString::to_string).collect();
    texts.dedup();
    texts.join(": ")
}

/// What lies at the bottom of an error: the part that tells its reader something.
pub fn root_cause(error: &dyn std::error::Error) -> String {
    std::iter::successors(Some(error), |error| error.source()).last().map(ToString::to_string).unwrap_or_default()
}
