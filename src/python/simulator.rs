//! The simulator, shown to Python; `koophone.testing` puts the public class over it.

use crate::http::clock::{Clock, Wall};
use crate::http::config::is_loopback;
use crate::simulator::{Change, InvalidSetting, PageFields, Settings, Simulator, VirtualClock};
use chrono::{DateTime, Utc};
use futures_util::future::BoxFuture;
use pyo3::exceptions::{PyLookupError, PyOSError, PyOverflowError, PyRuntimeError, PyTypeError, PyValueError};
use pyo3::prelude::*;
use reqwest::Url;
use std::fmt::Display;
use std::io;
use std::net::{IpAddr, Ipv4Addr};
use std::ops::RangeInclusive;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// A running simulator.
#[pyclass(frozen, module = "koophone._core")]
pub struct SimulatorServer(Simulator);

#[pymethods]
impl SimulatorServer {
    #[new]
    #[pyo3(signature = (
        instances: "int", *, seed: "int", speed, host, port: "int", page_fields, business_status: "int", reset_data,
        numeric_error_code, max_page_size: "int"
    ))]
    fn new(
        py: Python<'_>,
        instances: &Bound<'_, PyAny>,
        seed: &Bound<'_, PyAny>,
        speed: f64,
        host: &str,
        port: &Bound<'_, PyAny>,
        page_fields: &str,
        business_status: &Bound<'_, PyAny>,
        reset_data: bool,
        numeric_error_code: bool,
        max_page_size: &Bound<'_, PyAny>,
    ) -> PyResult<Self> {
        let settings = Settings {
            instances: whole("instances", instances, 0..=Settings::MOST_INSTANCES)?,
            seed: whole("seed", seed, 0..=u64::MAX)?,
            speed,
            host: address(host)?,
            port: whole("port", port, 0..=u16::MAX)?,
            page_fields: place(page_fields)?,
            business_status: whole("business_status", business_status, 200..=400)?,
            reset_data,
            numeric_error_code,
            max_page_size: whole("max_page_size", max_page_size, 1..=Settings::LARGEST_PAGE)?,
        };
        settings.check().map_err(invalid)?;
        let simulator = py.detach(|| Simulator::start(settings)).map_err(|error| not_started(&error))?;
        clocks().push((std::process::id(), simulator.address().port(), simulator.clock()));
        Ok(Self(simulator))
    }

    /// The base of every operation's address.
    #[getter]
    fn endpoint(&self) -> &str {
        self.0.endpoint()
    }

    /// The token that it accepts.
    #[getter]
    fn token(&self) -> &str {
        self.0.token()
    }

    /// The virtual date.
    #[getter]
    fn now(&self) -> DateTime<Utc> {
        self.0.now()
    }

    /// The IDs of the tenant as they are now, in the order of a listing.
    fn instance_ids(&self) -> PyResult<Vec<String>> {
        Ok(self.own()?.instance_ids())
    }

    /// Changes one instance; what is `None` stays.
    #[pyo3(signature = (instance_id, *, billing_mode=None, tenant=None, fails_to_prepare=None))]
    fn change_instance(
        &self,
        instance_id: &str,
        billing_mode: Option<String>,
        tenant: Option<String>,
        fails_to_prepare: Option<bool>,
    ) -> PyResult<()> {
        let change = Change { billing_mode, tenant, fails_to_prepare };
        self.own()?.change_instance(instance_id, change).map_err(|error| PyLookupError::new_err(error.to_string()))
    }

    /// Stops at once; in a forked child it does nothing.
    fn close(&self, py: Python<'_>) {
        let own = (std::process::id(), self.0.address().port());
        clocks().retain(|(process, port, _)| (*process, *port) != own);
        py.detach(|| self.0.close());
    }
}

/// The clocks of the simulators that run in this process, by port.
static CLOCKS: Mutex<Vec<(u32, u16, VirtualClock)>> = Mutex::new(Vec::new());

fn clocks() -> MutexGuard<'static, Vec<(u32, u16, VirtualClock)>> {
    CLOCKS.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The clock that a core follows: that of a simulator of this process if its endpoint is one, otherwise the wall's.
pub fn clock_of(endpoint: &Url) -> Arc<dyn Clock> {
    let own = (std::process::id(), endpoint.port_or_known_default().unwrap_or_default());
    match clocks().iter().rfind(|(process, port, _)| (*process, *port) == own) {
        Some((_, _, clock)) if is_loopback(endpoint) => Arc::new(Virtual(clock.clone())),
        _ => Wall::start(),
    }
}

/// A simulator's time, as waits follow it.
struct Virtual(VirtualClock);

impl Clock for Virtual {
    fn now(&self) -> Duration {
        self.0.now()
    }

    fn sleep_until(&self, time: Duration) -> BoxFuture<'static, ()> {
        let clock = self.0.clone();
        Box::pin(async move {
            while let Some(left) = time.checked_sub(clock.now()).filter(|left| !left.is_zero()) {
                tokio::time::sleep(clock.wall(left)).await;
            }
        })
    }
}

impl SimulatorServer {
    /// The simulator in the process that started it: a forked child has a copy that stands still, perhaps locked.
    fn own(&self) -> PyResult<&Simulator> {
        if self.0.is_inherited() {
            return Err(PyRuntimeError::new_err("the simulator's instances are known in the process that started it"));
        }
        Ok(&self.0)
    }
}

fn whole<T>(name: &str, value: &Bound<'_, PyAny>, limits: RangeInclusive<T>) -> PyResult<T>
where
    T: TryFrom<i128> + PartialOrd + Display,
{
    let number: PyResult<i128> = value.extract();
    match number {
        Ok(number) => T::try_from(number).ok().filter(|number| limits.contains(number)),
        Err(error) if error.is_instance_of::<PyOverflowError>(value.py()) => None,
        Err(_) => return Err(PyTypeError::new_err(format!("{name} must be an int, not {}", value.get_type().name()?))),
    }
    .ok_or_else(|| PyValueError::new_err(format!("{name} must be between {} and {}", limits.start(), limits.end())))
}

fn address(host: &str) -> PyResult<IpAddr> {
    if host == "localhost" {
        return Ok(IpAddr::V4(Ipv4Addr::LOCALHOST));
    }
    host.parse().map_err(|_| invalid(InvalidSetting::Host))
}

fn place(page_fields: &str) -> PyResult<PageFields> {
    match page_fields {
        "inside" => Ok(PageFields::Inside),
        "beside" => Ok(PageFields::Beside),
        "both" => Ok(PageFields::Both),
        _ => Err(PyValueError::new_err("page_fields must be 'inside', 'beside' or 'both'")),
    }
}

fn invalid(setting: InvalidSetting) -> PyErr {
    PyValueError::new_err(setting.to_string())
}

/// With its number, so that Python can tell a port in use from a port that is not allowed.
fn not_started(error: &io::Error) -> PyErr {
    match error.raw_os_error() {
        Some(number) => PyOSError::new_err((number, error.to_string())),
        None => PyOSError::new_err(error.to_string()),
    }
}
