//! `operations!`: one declaration, three methods: plain Rust (`Session`), `Client` and `AsyncClient`.

/// Declares methods:
///
/// ```text
/// /// The docstring.
/// fn name(arg: Type; keyword: Type = default) -> Output = VERB "/path";
/// ```
///
/// The arguments of a `GET` travel in the query, all others in the JSON body. The output decides how it goes:
/// - `Batch<T>` splits its first argument into requests of at most `limit` items: `= POST "/path", limit 100;`
/// - `Pager<T>` is a list; page number and size are added to its arguments.
/// - With a block instead of a route, `= |session| work;`, the method is made of others.
macro_rules! operations {
    () => {};
    ($(#[$doc:meta])* fn $name:ident ( $($args:tt)* ) -> Batch<$value:ty> = $verb:ident $path:literal, limit $limit:expr; $($rest:tt)*) => {
        $crate::python::batch_operation! { [$(#[$doc])*] $name ( $($args)* ) [$value] [$verb $path false] $limit }
        $crate::python::operations! { $($rest)* }
    };
    ($(#[$doc:meta])* fn $name:ident ( $($args:tt)* ) -> Pager<$item:ty> = $verb:ident $path:literal $(, $id_in_query:ident)?; $($rest:tt)*) => {
        $crate::python::list_operation! { [$(#[$doc])*] $name ( $($args)* ) [$item] [$verb $path $($id_in_query)?] }
        $crate::python::operations! { $($rest)* }
    };
    ($(#[$doc:meta])* fn $name:ident ( $($args:tt)* ) -> $out:ty = $verb:ident $path:literal; $($rest:tt)*) => {
        $crate::python::call_operation! { [$(#[$doc])*] $name ( $($args)* ) [$out] [$verb $path] }
        $crate::python::operations! { $($rest)* }
    };
    ($(#[$doc:meta])* fn $name:ident ( $($args:tt)* ) -> $out:ty = |$session:ident| $work:expr; $($rest:tt)*) => {
        $crate::python::method! { [$(#[$doc])*] $name ( $($args)* ) [$out] |$session| $work }
        $crate::python::operations! { $($rest)* }
    };
}

/// A request of the service: `Session::name`.
macro_rules! request {
    ($name:ident ( $( $(#[$attr:meta])* $arg:ident : $ty:ty ),* ) [$out:ty] [$verb:ident $path:literal $id_in_query:literal]) => {
        impl $crate::http::Session {
            /// Sends one request; the methods of both clients tell what it does.
            pub(crate) async fn $name(&self, $($arg: $ty),*) -> $crate::http::Result<$out> {
                #[derive(serde::Serialize)]
                struct Arguments { $( $(#[$attr])* $arg: $ty ),* }
                const OPERATION: $crate::http::Operation = $crate::http::Operation {
                    name: stringify!($name),
                    method: &reqwest::Method::$verb,
                    path: $path,
                    id_in_query: $id_in_query,
                };
                self.call(&OPERATION, &Arguments { $($arg),* }).await
            }
        }
    };
}

/// One request, one answer.
macro_rules! call_operation {
    ($docs:tt $name:ident ( $( $(#[$attr:meta])* $arg:ident : $ty:ty ),* $(; $( $(#[$kattr:meta])* $karg:ident : $kty:ty $(= $default:tt)? ),+ $(,)?)? ) [$out:ty] [$verb:ident $path:literal]) => {
        $crate::python::request! { $name ( $( $(#[$attr])* $arg: $ty ),* $(, $( $(#[$kattr])* $karg: $kty ),+ )? ) [$out] [$verb $path false] }
        $crate::python::method! {
            $docs $name ( $( $arg: $ty ),* $(; $( $karg: $kty $(= $default)? ),+ )? ) [$crate::python::returned::Plain<$out>]
            |session| Ok($crate::python::work::Work::new(
                stringify!($name),
                async move { session.$name($($arg),* $(, $($karg),+ )?).await },
                $crate::python::work::plain,
            ))
        }
    };
}

/// Any number of items, in requests of at most `limit`.
macro_rules! batch_operation {
    ($docs:tt $name:ident ( $(#[$attr:meta])* $items:ident : $ty:ty $(; $( $(#[$kattr:meta])* $karg:ident : $kty:ty $(= $default:tt)? ),+ $(,)?)? ) [$value:ty] $route:tt $limit:expr) => {
        $crate::python::request! {
            $name ( $(#[$attr])* $items: $ty $(, $( $(#[$kattr])* $karg: $kty ),+ )? ) [$crate::http::batch::Rows<$value>] $route
        }
        $crate::python::method! {
            $docs $name ( $items: $ty $(; $( $karg: $kty $(= $default)? ),+ )? ) [$crate::python::returned::BatchResult<$value>]
            |session| {
                let (ids, sender) = ($items.ids(), session.clone());
                Ok($crate::python::batch::work(&session, stringify!($name), ids, $limit, std::sync::Arc::new(move |range| {
                    let (session, $items) = (sender.clone(), $items.part(range));
                    $( $( let $karg = $karg.clone(); )+ )?
                    Box::pin(async move { session.$name($items $(, $($karg),+ )?).await })
                })))
            }
        }
    };
}

/// A list in pages.
macro_rules! list_operation {
    ($docs:tt $name:ident $args:tt [$item:ty] [$verb:ident $path:literal]) => {
        $crate::python::list_operation! { @ $docs $name $args [$item] [$verb $path false] }
    };
    ($docs:tt $name:ident $args:tt [$item:ty] [$verb:ident $path:literal id_in_query]) => {
        $crate::python::list_operation! { @ $docs $name $args [$item] [$verb $path true] }
    };
    (@ [$($docs:tt)*] $name:ident ( ; $( $(#[$attr:meta])* $arg:ident : $ty:ty $(= $default:tt)? ),* $(,)? ) [$item:ty] $route:tt) => {
        $crate::python::request! { $name ( page_no: i64, page_size: i64, $( $(#[$attr])* $arg: $ty ),* ) [$crate::http::paging::Page<$item>] $route }

        const _: () = {
            use pyo3::prelude::*;
            use $crate::python::{arguments::page_size, client::{AsyncClient, Client}, face::Face, paging::PageSource, returned};

            fn source(face: &Face, $($arg: $ty,)* page_size: i64) -> PageSource {
                PageSource::new::<$item>(face, stringify!($name), page_size, move |session, number, size| {
                    $( let $arg = $arg.clone(); )*
                    Box::pin(async move { session.$name(number, size, $($arg),*).await })
                })
            }

            #[pymethods]
            impl Client {
                $($docs)*
                #[pyo3(signature = (*, $($arg $(= $default)?,)* page_size: "int" = 200))]
                fn $name(&self, py: Python<'_>, $($arg: $ty,)* #[pyo3(from_py_with = page_size)] page_size: i64) -> PyResult<returned::Pager<$item>> {
                    source(&self.face, $($arg,)* page_size).show(py, "Pager").map(Into::into)
                }
            }

            #[pymethods]
            impl AsyncClient {
                $($docs)*
                #[pyo3(signature = (*, $($arg $(= $default)?,)* page_size: "int" = 200))]
                fn $name(&self, py: Python<'_>, $($arg: $ty,)* #[pyo3(from_py_with = page_size)] page_size: i64) -> PyResult<returned::AsyncPager<$item>> {
                    source(&self.face, $($arg,)* page_size).show(py, "AsyncPager").map(Into::into)
                }
            }
        };
    };
}

/// The two faces of a piece of work.
macro_rules! method {
    ([$($docs:tt)*] $name:ident ( $( $arg:ident : $ty:ty ),* $(; $( $karg:ident : $kty:ty $(as $check:ident : $hint:literal)? $(= $default:tt)? ),+ $(,)?)? ) [$out:ty] |$session:ident| $work:expr) => {
        const _: () = {
            #[allow(unused_imports)] // what the arguments of some methods are checked by
            use $crate::python::arguments::*;
            use pyo3::prelude::*;
            use $crate::{http::Session, python::{client::{AsyncClient, Client}, work::Work}};

            #[allow(clippy::unnecessary_wraps)] // some methods check their arguments here
            fn work($session: Session, $($arg: $ty,)* $( $($karg: $kty),+ )?) -> PyResult<Work> {
                $work
            }

            #[pymethods]
            impl Client {
                $($docs)*
                #[pyo3(signature = ($($arg,)* $(*, $($karg $(: $hint)? $(= $default)?),+)?))]
                fn $name(&self, py: Python<'_>, $($arg: $ty,)* $( $( $(#[pyo3(from_py_with = $check)])? $karg: $kty),+ )?) -> PyResult<$out> {
                    self.run(py, |session| work(session, $($arg,)* $( $($karg),+ )?)).map(Into::into)
                }
            }

            #[cfg(not(feature = "stubs"))]
            #[pymethods]
            impl AsyncClient {
                $($docs)*
                #[pyo3(signature = ($($arg,)* $(*, $($karg $(: $hint)? $(= $default)?),+)?))]
                fn $name(&self, py: Python<'_>, $($arg: $ty,)* $( $( $(#[pyo3(from_py_with = $check)])? $karg: $kty),+ )?) -> PyResult<$crate::python::coroutine::Call> {
                    self.start(py, |session| work(session, $($arg,)* $( $($karg),+ )?))
                }
            }

            #[cfg(not(feature = "stubs"))]
            inventory::submit! { $crate::python::coroutine::Method(stringify!($name)) }

            // What `koophone/coroutines.py` makes of it, as stubs tell it: this build is only looked at, never run.
            #[cfg(feature = "stubs")]
            const _: () = {
                use pyo3::Py; // PyO3 writes a bare `Py` into the code of an `async fn`

                #[pymethods]
                impl AsyncClient {
                    $($docs)*
                    #[pyo3(signature = ($($arg,)* $(*, $($karg $(: $hint)? $(= $default)?),+)?))]
                    async fn $name(&self, $($arg: $ty,)* $( $( $(#[pyo3(from_py_with = $check)])? $karg: $kty),+ )?) -> PyResult<$out> {
                        let call = Python::attach(|py| self.start(py, |session| work(session, $($arg,)* $( $($karg),+ )?)))?;
                        Python::attach(|py| call.result(py)).map(Into::into)
                    }
                }
            };
        };
    };
}

pub(crate) use {batch_operation, call_operation, list_operation, method, operations, request};
