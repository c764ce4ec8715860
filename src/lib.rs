//! The Rust core of the `koophone` Python package, in four rooms:
//!
//! - `api` says what the service offers: one file a resource.
//! - [`http`] carries a call to the service and back; it knows neither Python nor any operation.
//! - [`simulator`] is a KooPhone of our own; it knows neither Python nor the client.
//! - `python` shows all of it to Python; it names no operation.

pub mod http;
pub mod simulator;
