//! `Client` and `AsyncClient`: two thin faces of one core. Their operations come from `operations!`.

use pyo3::{
    prelude::*,
    sync::PyOnceLock,
    types::{PyAny, PyTuple},
};

use super::{
    arguments::{Given, Headers, connect_timeout, deadline, given_deadline, given_timeout, max_concurrency, timeout},
    coroutine::Call,
    face::{Arguments, Face},
    pickling, runtime,
    work::Work,
};
use crate::http::Session;

macro_rules! client {
    ($(#[$doc:meta])* pub struct $name:ident { $( $(#[$field_doc:meta])* $field:ident : $ty:ty ),* }) => {
        $(#[$doc])*
        #[pyclass(frozen, weakref, module = "koophone")]
        pub struct $name {
            /// Its part of the core.
            pub face: Face,
            $( $(#[$field_doc])* $field: $ty, )*
        }

        impl From<Face> for $name {
            fn from(face: Face) -> Self {
                Self { face, $( $field: <$ty>::new() ),* }
            }
        }

        #[pymethods]
        impl $name {
            #[new]
            #[pyo3(signature = (
                auth: "str | None" = None, *, endpoint = None, timeout: "float" = 30.0, connect_timeout: "float" = 5.0,
                deadline: "float | None" = None, max_concurrency: "int" = 16, default_headers = None, allow_http = false,
                allow_secret_pickle = false
            ))]
            fn new(
                py: Python<'_>,
                auth: Option<Bound<'_, PyAny>>,
                endpoint: Option<String>,
                #[pyo3(from_py_with = timeout)] timeout: f64,
                #[pyo3(from_py_with = connect_timeout)] connect_timeout: f64,
                #[pyo3(from_py_with = deadline)] deadline: Option<f64>,
                #[pyo3(from_py_with = max_concurrency)] max_concurrency: i64,
                default_headers: Option<Headers<'_>>,
                allow_http: bool,
                allow_secret_pickle: bool,
            ) -> PyResult<Self> {
                let arguments = Arguments {
                    auth, endpoint, timeout, connect_timeout, deadline, max_concurrency, default_headers, allow_http,
                    allow_secret_pickle,
                };
                Face::new(py, arguments).map(Self::from)
            }

            /// Gives a cheap copy on the same core with other options; what is left out stays as it is.
            ///
            /// Args:
            ///     timeout: Seconds that one attempt may take.
            ///     deadline: Seconds that a method call may take as a whole; None for no limit.
            ///     on_failure: `"raise"`, or `"collect"`: a batch with failures is returned, not raised.
            ///     default_headers: More headers to send with every request.
            ///
            /// Raises:
            ///     ValueError: An argument can never be right.
            ///
            /// Example:
            ///     >>> from koophone.testing import Simulator
            ///     >>> with Simulator(instances=1) as cloud, cloud.client() as client:
            ///     ...     result = client.with_options(on_failure="collect").reset_instances(["nobody"])
            ///     >>> result.failures[0].outcome
            ///     'rejected'
            #[pyo3(signature = (
                *, timeout: "float" = Given::No, deadline: "float | None" = Given::No, on_failure: "str" = Given::No,
                default_headers = Given::No
            ))]
            fn with_options(
                &self,
                #[pyo3(from_py_with = given_timeout)] timeout: Given<f64>,
                #[pyo3(from_py_with = given_deadline)] deadline: Given<Option<f64>>,
                on_failure: Given<String>,
                default_headers: Given<Headers<'_>>,
            ) -> PyResult<Self> {
                self.face.with_options(timeout, deadline, on_failure, default_headers).map(Self::from)
            }

            fn __copy__(&self) -> Self {
                Self::from(self.face.copy())
            }

            fn __deepcopy__(&self, _memo: &Bound<'_, PyAny>) -> Self {
                Self::from(self.face.copy())
            }

            #[pyo3(signature = () -> "tuple[object, ...]")]
            fn __reduce__<'py>(slf: &Bound<'py, Self>) -> PyResult<Bound<'py, PyAny>> {
                pickling::reduce(slf.get_type().as_any(), &slf.get().face)
            }

            fn __repr__(&self) -> String {
                self.face.repr(stringify!($name))
            }
        }
    };
}

client! {
    /// A client whose methods block. `with` closes it; so does `close()`.
    ///
    /// Args:
    ///     auth: An IAM token of the project. Without it the variable `KOOPHONE_AUTH_TOKEN` is read.
    ///     endpoint: Where the service is, with a path prefix if there is one. Without it `KOOPHONE_ENDPOINT` is read;
    ///         without that it is `https://koophone.myhuaweicloud.com`. Plain http only to this machine.
    ///     timeout: Seconds that one attempt of a request may take.
    ///     connect_timeout: Seconds that making a connection may take.
    ///     deadline: Seconds that a method call may take as a whole, all its requests together; None for no limit.
    ///         Waits have their own `timeout`.
    ///     max_concurrency: How many requests one method call has in flight, 1 to 1000.
    ///     default_headers: Sent with every request.
    ///     allow_http: Whether plain http may leave this machine. It shows the token to everybody on the way.
    ///     allow_secret_pickle: Whether a pickle of the client may hold a token that was given as an argument.
    ///
    /// Raises:
    ///     CredentialsError: There is no token.
    ///     TypeError: An argument has the wrong type.
    ///     ValueError: An argument can never be right.
    ///
    /// Example:
    ///     >>> from koophone.testing import Simulator
    ///     >>> with Simulator(instances=3) as cloud:
    ///     ...     with koophone.Client(cloud.token, endpoint=cloud.endpoint) as client:
    ///     ...         len(client.list_instances().collect())
    ///     3
    pub struct Client {
        /// Its asyncio face, made when first asked for.
        aio: PyOnceLock<Py<AsyncClient>>
    }
}

client! {
    /// A client whose methods are awaited, under asyncio. `async with` closes it; so does `await aclose()`.
    ///
    /// It takes the arguments of `Client` and has the same methods.
    ///
    /// Example:
    ///     >>> import asyncio
    ///     >>> from koophone.testing import Simulator
    ///     >>> async def count(cloud):
    ///     ...     async with koophone.AsyncClient(cloud.token, endpoint=cloud.endpoint) as client:
    ///     ...         return len(await client.list_instances().collect())
    ///     >>> with Simulator(instances=3) as cloud:
    ///     ...     asyncio.run(count(cloud))
    ///     3
    pub struct AsyncClient {}
}

#[pymethods]
impl Client {
    /// The asyncio face of the same core: always the same object.
    ///
    /// Example:
    ///     >>> from koophone.testing import Simulator
    ///     >>> with Simulator(instances=1) as cloud, cloud.client() as client:
    ///     ...     client.aio is client.aio
    ///     True
    #[getter]
    fn aio(&self, py: Python<'_>) -> PyResult<Py<AsyncClient>> {
        let make = || Py::new(py, AsyncClient::from(self.face.copy()));
        self.aio.get_or_try_init(py, make).map(|aio| aio.clone_ref(py))
    }

    /// Closes the client, its copies and its asyncio face; later calls raise `RuntimeError`.
    ///
    /// Example:
    ///     >>> client = koophone.Client("token")
    ///     >>> client.close()
    ///     >>> client.reset_instances(["a44uhlf7"])
    ///     Traceback (most recent call last):
    ///     RuntimeError: this client is closed
    fn close(&self, py: Python<'_>) {
        self.face.core.close(py);
    }

    fn __enter__(slf: Py<Self>) -> Py<Self> {
        slf
    }

    #[pyo3(signature = (*_exc_info: "object"))]
    fn __exit__(&self, py: Python<'_>, _exc_info: &Bound<'_, PyTuple>) {
        self.face.leave(py);
    }
}

/// What `koophone/coroutines.py` makes `async def`s of.
#[cfg(not(feature = "stubs"))]
#[pymethods]
impl AsyncClient {
    fn _close(&self, py: Python<'_>) {
        self.face.core.close(py);
    }

    fn _leave(&self, py: Python<'_>) {
        self.face.leave(py);
    }
}

/// The same as stubs tell it.
#[cfg(feature = "stubs")]
const _: () = {
    use pyo3::Py; // PyO3 writes a bare `Py` into the code of an `async fn`

    #[allow(clippy::unused_async)] // they are what their Python twins are
    #[pymethods]
    impl AsyncClient {
        /// Closes the client and its copies; later calls raise `RuntimeError`.
        async fn aclose(&self) {}

        async fn __aenter__(slf: Py<Self>) -> Py<Self> {
            slf
        }

        #[pyo3(signature = (*_exc_info: "object"))]
        async fn __aexit__(&self, _exc_info: Py<PyTuple>) {}
    }
};

impl Client {
    /// Runs a call to its end.
    pub fn run(&self, py: Python<'_>, work: impl FnOnce(Session) -> PyResult<Work>) -> PyResult<Py<PyAny>> {
        runtime::block_on(py, work(self.face.session(py)?)?)
    }
}

impl AsyncClient {
    /// Starts a call for the running loop.
    pub fn start(&self, py: Python<'_>, work: impl FnOnce(Session) -> PyResult<Work>) -> PyResult<Call> {
        Call::start(py, work(self.face.session(py)?)?)
    }
}
