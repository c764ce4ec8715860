//! How a call travels; knows no Python and no operation.

mod answer;
pub mod auth;
pub mod batch;
mod call;
mod client;
pub mod clock;
pub mod codes;
pub mod config;
pub mod envelope;
pub mod error;
pub mod paging;
pub mod panics;
pub mod poll;
pub mod wire;

pub use self::{
    call::{Connection, Operation, Session},
    error::{Error, Result},
};
