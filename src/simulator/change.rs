//! What a test can change about an instance from outside.

use thiserror::Error;

/// The tenant whose token the simulator gives out.
pub const MAIN_TENANT: &str = "main";

/// Changes to one instance; what is `None` stays.
#[derive(Clone, Debug, Default)]
pub struct Change {
    /// `"0"` is pay-per-use, `"1"` yearly or monthly.
    pub billing_mode: Option<String>,
    /// Instances of any tenant but [`MAIN_TENANT`] are foreign: not listed, and refused.
    pub tenant: Option<String>,
    /// Whether its preparations end in failure, one that runs now included.
    pub fails_to_prepare: Option<bool>,
}

/// No instance has this ID.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
#[error("no instance has the ID {0:?}")]
pub struct UnknownInstance(pub String);
