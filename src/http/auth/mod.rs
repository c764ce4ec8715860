//! Who calls: where credentials come from and how they go on a request.

mod secret;

use reqwest::header::{HeaderMap, HeaderName, HeaderValue};

pub use self::secret::Secret;

const AUTH_TOKEN: HeaderName = HeaderName::from_static("x-auth-token");

/// Who calls, and how that is proved.
#[derive(Clone, Debug)]
pub enum Credentials {
    /// A project-scoped IAM token.
    Token {
        /// The token.
        token: Secret,
        /// The variable of the environment that it came from; without one it was given as an argument.
        variable: Option<&'static str>,
    },
}

impl Credentials {
    /// What they are, for a `repr`.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Token { .. } => "token",
        }
    }

    /// Puts the proof on a request.
    ///
    /// # Errors
    /// The token has characters that no header can carry.
    pub fn authorise(&self, headers: &mut HeaderMap) -> Result<(), String> {
        let Self::Token { token, .. } = self;
        let mut value =
            HeaderValue::from_str(token.reveal()).map_err(|_| "the token has characters that no header can carry")?;
        value.set_sensitive(true);
        headers.insert(AUTH_TOKEN, value);
        Ok(())
    }
}
