//! How Python sees it; names no operation.

pub mod arguments;
pub mod batch;
pub mod client;
mod core;
pub mod coroutine;
pub mod errors;
pub mod face;
pub mod inside;
mod mailbox;
pub mod model;
mod operations;
pub mod paging;
mod pickling;
mod process;
pub mod returned;
pub mod runtime;
pub mod simulator;
pub mod waits;
pub mod work;

pub(crate) use self::{
    model::{int_enum, model},
    operations::{batch_operation, call_operation, list_operation, method, operations, request},
};
