//! The Rust core of the `koophone` Python package, in four rooms:
//!
//! - `api` says what the service offers: one file a resource.
//! - [`http`] carries a call to the service and back; it knows neither Python nor any operation.
//! - [`simulator`] is a KooPhone of our own; it knows neither Python nor the client.
//! - `python` shows all of it to Python; it names no operation.

pub mod http;
pub mod simulator;

#[cfg(feature = "python")]
pub mod api;
#[cfg(feature = "python")]
pub mod python;

/// The compiled core of `koophone`.
#[cfg(feature = "python")]
#[pyo3::pymodule]
mod _core {
    use pyo3::prelude::*;

    #[pymodule_export]
    use crate::api::{
        instances::Instance,
        jobs::Job,
        streaming::{InstancePreparation, PrepareProgress},
    };
    #[pymodule_export]
    use crate::python::{
        client::{AsyncClient, Client},
        coroutine::Call,
        paging::{PageSource, Reading, Rows},
        runtime::{_panic_at_next_request, _shutdown},
        simulator::SimulatorServer,
    };
    #[pymodule_export]
    #[allow(non_upper_case_globals)]
    const __version__: &str = env!("CARGO_PKG_VERSION");

    #[pymodule_init]
    fn init(module: &Bound<'_, PyModule>) -> PyResult<()> {
        crate::python::coroutine::install(&module.getattr("AsyncClient")?)
    }
}
