//! What a client is made of: its part of a core, and the options of this copy.

use std::{sync::Arc, time::Duration};

use pyo3::{
    exceptions::{PyTypeError, PyValueError},
    prelude::*,
};
use reqwest::header::HeaderMap;

use super::{
    arguments::{Given, Headers, collects_failures, headers, type_name},
    core::Core,
    errors,
};
use crate::http::{
    Session,
    auth::{Credentials, Secret},
    config::{self, Config, DEFAULT_ENDPOINT, Options},
};

/// One client object's part of a core; a copy shares the core.
#[derive(Clone)]
pub struct Face {
    /// The shared core.
    pub core: Arc<Core>,
    /// This copy's options.
    pub options: Arc<Options>,
    owns_core: bool,
}

/// The constructor's arguments, which both classes share; `Client` documents them.
#[allow(missing_docs)]
pub struct Arguments<'py> {
    pub auth: Option<Bound<'py, PyAny>>,
    pub endpoint: Option<String>,
    pub timeout: f64,
    pub connect_timeout: f64,
    pub deadline: Option<f64>,
    pub max_concurrency: i64,
    pub default_headers: Option<Headers<'py>>,
    pub allow_http: bool,
    pub allow_secret_pickle: bool,
}

impl Face {
    /// Makes the face of a new core; nothing is connected yet.
    pub fn new(py: Python<'_>, arguments: Arguments<'_>) -> PyResult<Self> {
        let text = arguments.endpoint.or_else(|| variable("KOOPHONE_ENDPOINT"));
        let endpoint = config::endpoint(text.as_deref().unwrap_or(DEFAULT_ENDPOINT), arguments.allow_http)
            .map_err(|wrong| PyValueError::new_err(format!("endpoint: {wrong}")))?;
        let mut all_headers = HeaderMap::new();
        if let Some(Headers(more)) = arguments.default_headers {
            headers("default_headers", &more, &mut all_headers)?;
        }
        let options = Options {
            timeout: Duration::from_secs_f64(arguments.timeout),
            deadline: arguments.deadline.map(Duration::from_secs_f64),
            max_concurrency: usize::try_from(arguments.max_concurrency).unwrap_or(1),
            headers: Arc::new(all_headers),
            collect_failures: false,
        };
        let config = Config {
            endpoint,
            credentials: credentials(py, arguments.auth.as_ref())?,
            connect_timeout: Duration::from_secs_f64(arguments.connect_timeout),
            allow_http: arguments.allow_http,
            allow_secret_pickle: arguments.allow_secret_pickle,
        };
        Ok(Self { core: Core::new(config), options: Arc::new(options), owns_core: true })
    }

    /// Begins a method call.
    pub fn session(&self, py: Python<'_>) -> PyResult<Session> {
        self.core.session(py, &self.options)
    }

    /// What leaving `with` does: closes the core, unless this is a copy.
    pub fn leave(&self, py: Python<'_>) {
        if self.owns_core {
            self.core.close(py);
        }
    }

    /// Another one on the same core, which it does not close when it is left.
    pub fn copy(&self) -> Self {
        Self { owns_core: false, ..self.clone() }
    }

    /// A copy with other options.
    pub fn with_options(
        &self,
        timeout: Given<f64>,
        deadline: Given<Option<f64>>,
        on_failure: Given<String>,
        default_headers: Given<Headers<'_>>,
    ) -> PyResult<Self> {
        let mut options = (*self.options).clone();
        if let Given::Yes(timeout) = timeout {
            options.timeout = Duration::from_secs_f64(timeout);
        }
        if let Given::Yes(deadline) = deadline {
            options.deadline = deadline.map(Duration::from_secs_f64);
        }
        if let Given::Yes(on_failure) = on_failure {
            options.collect_failures = collects_failures(&on_failure)?;
        }
        if let Given::Yes(Headers(more)) = default_headers {
            headers("default_headers", &more, Arc::make_mut(&mut options.headers))?;
        }
        Ok(Self { options: Arc::new(options), ..self.copy() })
    }

    /// Shows where it calls and with what kind of credentials, never a secret.
    pub fn repr(&self, class: &str) -> String {
        let config = &self.core.config;
        format!("<koophone.{class} endpoint={:?} auth={}>", config.endpoint.as_str(), config.credentials.kind())
    }
}

/// The variable that holds a token.
const TOKEN_VARIABLE: &str = "KOOPHONE_AUTH_TOKEN";

fn credentials(py: Python<'_>, auth: Option<&Bound<'_, PyAny>>) -> PyResult<Credentials> {
    let (token, variable): (String, _) = match auth {
        Some(auth) => {
            let token = auth.extract();
            let wrong = |_| PyTypeError::new_err(format!("auth must be a str, not {}", type_name(auth)));
            (token.map_err(wrong)?, None)
        }
        None => (variable(TOKEN_VARIABLE).ok_or_else(|| no_credentials(py))?, Some(TOKEN_VARIABLE)),
    };
    if token.is_empty() {
        return Err(PyValueError::new_err("auth is empty"));
    }
    let credentials = Credentials::Token { token: Secret::new(token), variable };
    credentials.authorise(&mut HeaderMap::new()).map_err(|wrong| PyValueError::new_err(format!("auth: {wrong}")))?;
    Ok(credentials)
}

fn no_credentials(py: Python<'_>) -> PyErr {
    let text = "no credentials: neither the argument auth nor the variable KOOPHONE_AUTH_TOKEN is set";
    let error = errors::class(py, "CredentialsError").and_then(|class| class.call1((text,)));
    error.map_or_else(|broken| broken, PyErr::from_value)
}

/// A variable of the environment; an empty one counts as unset.
fn variable(name: &str) -> Option<String> {
    std::env::var(name).ok().filter(|value| !value.is_empty())
}
