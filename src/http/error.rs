//! Every way a call can fail, and what each says about the service having acted.

use super::codes::Kind;

/// A failed call.
#[derive(Clone, Debug)]
pub struct Error {
    /// The method that failed, as `reset_instances`.
    pub operation: &'static str,
    /// The request's `x-request-id`, or the one that the service answered with.
    pub request_id: Option<String>,
    /// How often the request was tried.
    pub attempts: u32,
    /// What went wrong.
    pub cause: Cause,
}

/// What went wrong.
#[derive(Clone, Debug)]
pub enum Cause {
    /// The service or its gateway said no.
    Refused {
        /// What kind of refusal it is.
        kind: Kind,
        /// The service's code.
        code: Option<String>,
        /// The service's words.
        message: String,
        /// The HTTP status.
        status: u16,
        /// What the reader can do about it.
        hint: &'static str,
    },
    /// No connection could be made: nothing was sent.
    Connect(String),
    /// A time limit passed.
    Timeout {
        /// Which one.
        text: String,
        /// Whether the request may have reached the service.
        sent: bool,
    },
    /// The connection broke, or the caller broke the call off.
    Broken {
        /// How.
        text: String,
        /// Whether the request may have reached the service.
        sent: bool,
    },
    /// The answer is not what the service documents.
    Undecodable {
        /// What is wrong with it.
        text: String,
        /// The HTTP status.
        status: u16,
    },
    /// There is nothing to authenticate with.
    Credentials(String),
    /// A bug of ours: a panic, at this place of the source.
    Internal(String),
}

/// What a failure says about the service having acted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The service said no.
    Rejected,
    /// The request never left.
    NotSent,
    /// The service may have acted.
    Unknown,
}

impl Error {
    /// A failure before any request exists.
    pub fn new(operation: &'static str, cause: Cause) -> Self {
        Self { operation, request_id: None, attempts: 0, cause }
    }

    /// What it says about the service having acted.
    pub fn outcome(&self) -> Outcome {
        match self.cause {
            Cause::Refused { kind: Kind::Server, .. } | Cause::Undecodable { .. } | Cause::Internal(_) => {
                Outcome::Unknown
            }
            Cause::Timeout { sent, .. } | Cause::Broken { sent, .. } if sent => Outcome::Unknown,
            Cause::Refused { .. } => Outcome::Rejected,
            Cause::Timeout { .. } | Cause::Broken { .. } | Cause::Connect(_) | Cause::Credentials(_) => {
                Outcome::NotSent
            }
        }
    }

    /// Whether every further call would fail alike: the credentials are wrong.
    pub fn is_final(&self) -> bool {
        matches!(self.cause, Cause::Refused { kind: Kind::Authentication, .. } | Cause::Credentials(_))
    }

    /// Whether the same request may well succeed later: the service gave no usable answer.
    pub fn is_passing(&self) -> bool {
        match self.cause {
            Cause::Refused { kind, .. } => matches!(kind, Kind::RateLimit | Kind::Server),
            Cause::Internal(_) | Cause::Credentials(_) => false,
            _ => true,
        }
    }
}

/// The result of a call.
pub type Result<T> = std::result::Result<T, Error>;
