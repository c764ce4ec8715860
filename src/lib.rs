//! The Rust core of the `koophone` Python package, in four rooms:
//!
//! - `api` says what the service offers: one file a resource.
//! - [`http`] carries a call to the service and back; it knows neither Python nor any operation.
//! - [`simulator`] is a KooPhone of our own; it knows neither Python nor the client.
//! - `python` shows all of it to Python; it names no operation.

#[cfg(feature = "python")]
mod api;
pub mod http; // public, so that a build without Python finds no dead code in it
#[cfg(feature = "python")]
mod python;
pub mod simulator;

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
        runtime::_panic_at_next_request,
        simulator::SimulatorServer,
    };
    #[pymodule_export]
    #[allow(non_upper_case_globals)]
    const __version__: &str = env!("CARGO_PKG_VERSION");

    #[pymodule_init]
    fn init(py: Python<'_>) -> PyResult<()> {
        crate::python::runtime::register(py)?;
        crate::python::coroutine::install(py.get_type::<AsyncClient>().as_any())
    }
}
