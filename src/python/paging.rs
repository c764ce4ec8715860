//! Shows lists to Python: `PageSource` begins readings, `Reading` gives their pages, `Rows` holds a whole one.

use std::sync::Arc;

use futures_util::future::BoxFuture;
use pyo3::{
    exceptions::{PyIndexError, PyRuntimeError},
    prelude::*,
    sync::PyOnceLock,
    types::{PyAny, PyDict, PyTuple},
};
use tokio::sync::Mutex as AsyncMutex;

use super::{batch::Value, core::Core, coroutine::Call, face::Face, inside, process::PerProcess, runtime, work::Work};
use crate::http::{
    Result, Session,
    paging::{Fetch, Page, Pass, Row},
};

/// A list that can be read any number of times.
#[pyclass(frozen, module = "koophone._core")]
pub struct PageSource {
    face: Face,
    /// The method that lists.
    #[pyo3(get)]
    name: &'static str,
    begin: Box<dyn Fn(Begin) -> Box<dyn Read> + Send + Sync>,
}

/// How a reading asks for its pages: each page is a call of its own, or the whole is one.
struct Begin {
    session: Session,
    whole: bool,
}

impl PageSource {
    /// Makes one of a request for the page of a number and size.
    pub fn new<T: Row + Value>(
        face: &Face,
        name: &'static str,
        page_size: i64,
        request: impl Fn(Session, i64, i64) -> BoxFuture<'static, Result<Page<T>>> + Send + Sync + 'static,
    ) -> Self {
        let request = Arc::new(request);
        let begin = move |Begin { session, whole }: Begin| -> Box<dyn Read> {
            let request = request.clone();
            let window = if whole { session.options.max_concurrency } else { 1 };
            let fetch: Fetch<T> = Arc::new(move |number, size| {
                request(if whole { session.clone() } else { session.renewed() }, number, size)
            });
            Box::new(Reader { name, pass: Arc::new(AsyncMutex::new(Pass::new(name, page_size, window, fetch))) })
        };
        Self { face: face.clone(), name, begin: Box::new(begin) }
    }

    /// As the Python class of that name in `koophone/paging.py`.
    pub fn show(self, py: Python<'_>, class: &str) -> PyResult<Py<PyAny>> {
        static MODULE: PyOnceLock<Py<PyModule>> = PyOnceLock::new();
        let _inside = inside::enter(py);
        self.face.session(py)?; // a closed client refuses at once
        let module = MODULE.get_or_try_init(py, || py.import("koophone.paging").map(Bound::unbind))?;
        Ok(module.bind(py).getattr(class)?.call1((self,))?.unbind())
    }
}

#[pymethods]
impl PageSource {
    /// Begins to read from the first page.
    #[pyo3(signature = (*, whole = false))]
    fn read(&self, py: Python<'_>, whole: bool) -> PyResult<Reading> {
        let session = self.face.session(py)?;
        let reader = (self.begin)(Begin { session, whole });
        Ok(Reading { core: self.face.core.clone(), reader: PerProcess::of(reader) })
    }
}

/// One reading of a list.
#[pyclass(frozen, module = "koophone._core")]
pub struct Reading {
    core: Arc<Core>,
    reader: PerProcess<Box<dyn Read>>,
}

impl Reading {
    fn work(&self, py: Python<'_>, work: impl FnOnce(&dyn Read) -> Work) -> PyResult<Work> {
        self.core.check_open()?;
        let elsewhere = || Err(PyRuntimeError::new_err("this list is being read in another process: begin anew"));
        self.reader.with(py, elsewhere, |reader| work(&**reader))
    }
}

#[pymethods]
impl Reading {
    /// The next page, or None after the last.
    fn next_page(&self, py: Python<'_>) -> PyResult<Py<PyAny>> {
        runtime::block_on(py, self.work(py, |reader| reader.next_page())?)
    }

    /// The same for asyncio.
    fn _start_next_page(&self, py: Python<'_>) -> PyResult<Call> {
        Call::start(py, self.work(py, |reader| reader.next_page())?)
    }

    /// All rows.
    fn collect(&self, py: Python<'_>) -> PyResult<Py<PyAny>> {
        runtime::block_on(py, self.work(py, |reader| reader.collect())?)
    }

    /// The same for asyncio.
    fn _start_collect(&self, py: Python<'_>) -> PyResult<Call> {
        Call::start(py, self.work(py, |reader| reader.collect())?)
    }
}

/// A reading whose rows' type is forgotten: a Python class cannot be generic.
trait Read: Send + Sync {
    fn next_page(&self) -> Work;
    fn collect(&self) -> Work;
}

struct Reader<T> {
    name: &'static str,
    pass: Arc<AsyncMutex<Pass<T>>>,
}

impl<T: Row + Value> Read for Reader<T> {
    fn next_page(&self) -> Work {
        let pass = self.pass.clone();
        Work::new(self.name, async move { pass.lock().await.next_page().await }, |py, page| {
            page.map_or_else(|| Ok(py.None()), |page| show_page(py, page))
        })
    }

    fn collect(&self) -> Work {
        let pass = self.pass.clone();
        let rows = async move {
            let (mut pass, mut rows) = (pass.lock().await, Vec::new());
            while let Some(page) = pass.next_page().await? {
                rows.extend(page.items);
            }
            Ok(Rows { models: Box::new(rows), total_count: pass.total() })
        };
        Work::new(self.name, rows, |py, rows| Ok(Py::new(py, rows)?.into_any()))
    }
}

fn show_page<T: Value>(py: Python<'_>, page: Page<T>) -> PyResult<Py<PyAny>> {
    static PAGE: PyOnceLock<Py<PyAny>> = PyOnceLock::new();
    let fields = PyDict::new(py);
    fields.set_item("items", PyTuple::new(py, page.items)?)?;
    fields.set_item("page_no", page.fields.page_no)?;
    fields.set_item("page_size", page.fields.page_size)?;
    fields.set_item("total_count", page.fields.total_count)?;
    Ok(PAGE.import(py, "koophone.paging", "Page")?.call((), Some(&fields))?.unbind())
}

/// Rows of a list, kept in Rust until Python asks for one.
#[pyclass(frozen, sequence, module = "koophone._core")]
pub struct Rows {
    models: Box<dyn Models>,
    /// How many rows there are, as the service said last.
    #[pyo3(get)]
    total_count: Option<i64>,
}

#[pymethods]
impl Rows {
    fn __len__(&self) -> usize {
        self.models.count()
    }

    fn __getitem__(&self, py: Python<'_>, index: usize) -> PyResult<Py<PyAny>> {
        self.models.model(py, index)?.ok_or_else(|| PyIndexError::new_err("index out of range"))
    }
}

trait Models: Send + Sync {
    fn count(&self) -> usize;
    fn model(&self, py: Python<'_>, index: usize) -> PyResult<Option<Py<PyAny>>>;
}

impl<T: Value> Models for Vec<T> {
    fn count(&self) -> usize {
        self.len()
    }

    fn model(&self, py: Python<'_>, index: usize) -> PyResult<Option<Py<PyAny>>> {
        self.get(index).map(|row| super::work::plain(py, row.clone())).transpose()
    }
}
