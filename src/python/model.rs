//! `model!` and `int_enum!`: one declaration, what the wire has and what Python sees.

use pyo3::{
    prelude::*,
    sync::PyOnceLock,
    types::{PyDict, PyTuple},
};
use serde_json::{Map, Value};

/// Fields that the service does not name yet.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Extra(pub Map<String, Value>);

impl Extra {
    /// As a Python mapping. Python's own `json` reads it: it is rare, and nothing is faster than nothing.
    pub fn to_python<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        static LOADS: PyOnceLock<Py<PyAny>> = PyOnceLock::new();
        if self.0.is_empty() {
            return Ok(PyDict::new(py).into_any());
        }
        let _inside = super::inside::enter(py);
        LOADS.import(py, "json", "loads")?.call1((Value::Object(self.0.clone()).to_string(),))
    }
}

impl<'py> FromPyObject<'_, 'py> for Extra {
    type Error = PyErr;
    #[cfg(feature = "stubs")]
    const INPUT_TYPE: pyo3::inspect::PyStaticExpr = MAPPING;

    fn extract(object: Borrowed<'_, 'py, PyAny>) -> PyResult<Self> {
        let mapping = object.py().get_type::<PyDict>().call1((object,))?;
        let text: String = object.py().import("json")?.call_method1("dumps", (mapping,))?.extract()?;
        serde_json::from_str(&text)
            .map(Self)
            .map_err(|error| pyo3::exceptions::PyValueError::new_err(error.to_string()))
    }
}

/// What `.extra` is: read-only, as the model is.
pub struct ExtraView(pub Py<PyAny>);

impl<'py> IntoPyObject<'py> for ExtraView {
    type Target = PyAny;
    type Output = Bound<'py, PyAny>;
    type Error = PyErr;
    #[cfg(feature = "stubs")]
    const OUTPUT_TYPE: pyo3::inspect::PyStaticExpr = MAPPING;

    fn into_pyobject(self, py: Python<'py>) -> PyResult<Self::Output> {
        static VIEW: PyOnceLock<Py<PyAny>> = PyOnceLock::new();
        VIEW.import(py, "types", "MappingProxyType")?.call1((self.0,))
    }
}

/// The fields of a model, for `match`.
pub struct FieldNames(pub &'static [&'static str]);

impl<'py> IntoPyObject<'py> for FieldNames {
    type Target = PyTuple;
    type Output = Bound<'py, PyTuple>;
    type Error = PyErr;
    #[cfg(feature = "stubs")]
    const OUTPUT_TYPE: pyo3::inspect::PyStaticExpr = pyo3::type_hint_subscript!(
        pyo3::type_hint_identifier!("builtins", "tuple"),
        pyo3::type_hint_identifier!("builtins", "str"),
        pyo3::inspect::PyStaticExpr::Constant { value: pyo3::inspect::PyStaticConstant::Ellipsis }
    );

    fn into_pyobject(self, py: Python<'py>) -> PyResult<Self::Output> {
        PyTuple::new(py, self.0)
    }
}

#[cfg(feature = "stubs")]
const MAPPING: pyo3::inspect::PyStaticExpr = pyo3::type_hint_subscript!(
    pyo3::type_hint_identifier!("collections.abc", "Mapping"),
    pyo3::type_hint_identifier!("builtins", "str"),
    pyo3::type_hint_identifier!("typing", "Any")
);

/// Declares a model: what is read from an answer, as a frozen Python class with `==`, `hash`, `repr`, pickling,
/// `match`, `to_dict` and a keyword-only constructor.
///
/// An `optional` field may be absent or null. `= "name"` gives a field's name on the wire if that differs, `=> Type` how
/// it is read if not as its own type.
macro_rules! model {
    (
        $(#[$doc:meta])*
        pub struct $name:ident {
            required { $( $(#[$rdoc:meta])* $rfield:ident : $rty:ty $(= $rwire:literal)? ),* $(,)? }
            optional { $( $(#[$odoc:meta])* $ofield:ident : $oty:ty $(= $owire:literal)? $(=> $reader:path)? ),* $(,)? }
        }
    ) => {
        $(#[$doc])*
        #[pyo3::pyclass(frozen, eq, hash, from_py_object, module = "koophone")]
        #[derive(Clone, Debug, PartialEq, Eq, Hash)]
        pub struct $name {
            $( $(#[$rdoc])* #[pyo3(get)] pub $rfield: $rty, )*
            $( $(#[$odoc])* #[pyo3(get)] pub $ofield: Option<$oty>, )*
            unnamed: $crate::python::model::Extra,
        }

        const _: () = {
            use pyo3::{prelude::*, types::{PyDict, PyTuple}};
            use $crate::{http::wire::{Seed, Wire}, python::model::{Extra, ExtraView, FieldNames}};

            #[allow(non_upper_case_globals)] // constants, because a `match` below tells them apart
            mod names {
                use $crate::python::model::wire_name;
                $( pub const $rfield: &str = wire_name!($rfield $($rwire)?); )*
                $( pub const $ofield: &str = wire_name!($ofield $($owire)?); )*
            }

            struct Fields;

            impl<'de> serde::de::Visitor<'de> for Fields {
                type Value = $name;
                fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                    f.write_str("an object")
                }
                fn visit_map<A: serde::de::MapAccess<'de>>(self, mut map: A) -> Result<$name, A::Error> {
                    use serde::de::Error;
                    $( let mut $rfield: Option<$rty> = None; )*
                    $( let mut $ofield: Option<$oty> = None; )*
                    let mut unnamed = serde_json::Map::new();
                    while let Some(key) = map.next_key::<String>()? {
                        match &*key {
                            $( names::$rfield => $rfield = map.next_value_seed(Seed::<Option<$rty>>::default())?, )*
                            $( names::$ofield => $ofield = $crate::python::model::read_name!(map, $oty $(, $reader)?), )*
                            _ => drop(unnamed.insert(key, map.next_value()?)),
                        }
                    }
                    $( let Some($rfield) = $rfield else { return Err(A::Error::missing_field(names::$rfield)) }; )*
                    Ok($name { $($rfield,)* $($ofield,)* unnamed: Extra(unnamed) })
                }
            }

            impl Wire for $name {
                fn read<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                    deserializer.deserialize_map(Fields)
                }
            }

            impl $crate::http::envelope::Reply for $name {
                fn read(envelope: &$crate::http::envelope::Envelope<'_>) -> Result<Self, String> {
                    envelope.read_data()
                }
            }

            #[pymethods]
            impl $name {
                #[new]
                #[pyo3(signature = (*, $($rfield,)* $($ofield = None,)* extra = None))]
                fn new($($rfield: $rty,)* $($ofield: Option<$oty>,)* extra: Option<Extra>) -> Self {
                    Self { $($rfield,)* $($ofield,)* unnamed: extra.unwrap_or_default() }
                }

                #[classattr]
                fn __match_args__() -> FieldNames {
                    FieldNames(&[$(stringify!($rfield),)* $(stringify!($ofield),)* "extra"])
                }

                /// Fields that the service sent and this version has no name for.
                #[getter]
                fn extra(&self, py: Python<'_>) -> PyResult<ExtraView> {
                    self.unnamed.to_python(py).map(|extra| ExtraView(extra.unbind()))
                }

                /// Gives it as plain data, ready for JSON: numbers for enums, ISO 8601 for times.
                #[pyo3(signature = () -> "dict[str, object]")]
                fn to_dict<'py>(slf: &Bound<'py, Self>) -> PyResult<Bound<'py, PyDict>> {
                    let _inside = $crate::python::inside::enter(slf.py());
                    let plain = slf.py().import("koophone.plain")?.call_method1("fields_as_dict", (slf,))?;
                    Ok(plain.cast_into()?)
                }

                fn __repr__(slf: &Bound<'_, Self>) -> PyResult<String> {
                    let fields = [
                        $( concat!(stringify!($rfield)), )* $( concat!(stringify!($ofield)), )*
                    ];
                    $crate::python::model::repr(stringify!($name), slf.as_any(), &fields)
                }

                #[pyo3(signature = () -> "tuple[tuple[()], dict[str, object]]")]
                fn __getnewargs_ex__<'py>(slf: &Bound<'py, Self>) -> PyResult<(Bound<'py, PyTuple>, Bound<'py, PyDict>)> {
                    let fields = PyDict::new(slf.py());
                    $( fields.set_item(stringify!($rfield), slf.getattr(stringify!($rfield))?)?; )*
                    $( fields.set_item(stringify!($ofield), slf.getattr(stringify!($ofield))?)?; )*
                    fields.set_item("extra", slf.get().unnamed.to_python(slf.py())?)?;
                    Ok((PyTuple::empty(slf.py()), fields))
                }
            }
        };
    };
}

/// Shows a model: what is None stays out, so that the eye finds what is there.
pub fn repr(name: &str, model: &Bound<'_, PyAny>, fields: &[&str]) -> PyResult<String> {
    let _inside = super::inside::enter(model.py());
    let mut shown = Vec::new();
    for field in fields {
        let value = model.getattr(*field)?;
        if !value.is_none() {
            shown.push(format!("{field}={}", value.repr()?));
        }
    }
    Ok(format!("{name}({})", shown.join(", ")))
}

macro_rules! wire_name {
    ($field:ident) => {
        stringify!($field)
    };
    ($field:ident $wire:literal) => {
        $wire
    };
}

macro_rules! read_name {
    ($map:ident, $ty:ty) => {
        $map.next_value_seed($crate::http::wire::Seed::<Option<$ty>>::default())?
    };
    ($map:ident, $ty:ty, $reader:path) => {
        $map.next_value_seed($crate::http::wire::Seed::<$reader>::default())?.0
    };
}

/// Ties a number of the service to the enum of that name in `koophone/enums.py`.
macro_rules! int_enum {
    ($($name:ident),* $(,)?) => { $(
        #[doc = concat!("A number that is `koophone.", stringify!($name), "` in Python.")]
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub struct $name(pub i64);

        const _: () = {
            use pyo3::{prelude::*, sync::PyOnceLock};

            #[cfg(feature = "stubs")]
            const TYPE: pyo3::inspect::PyStaticExpr = pyo3::type_hint_identifier!("koophone.enums", stringify!($name));

            impl $name {
                /// The Python enum.
                #[allow(dead_code)]
                pub fn class(py: Python<'_>) -> PyResult<&Bound<'_, PyAny>> {
                    static CLASS: PyOnceLock<Py<PyAny>> = PyOnceLock::new();
                    CLASS.import(py, "koophone.enums", stringify!($name))
                }
            }

            impl $crate::http::wire::Wire for $name {
                fn read<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                    i64::read(deserializer).map(Self)
                }
            }

            impl<'py> IntoPyObject<'py> for $name {
                type Target = PyAny;
                type Output = Bound<'py, PyAny>;
                type Error = PyErr;
                #[cfg(feature = "stubs")]
                const OUTPUT_TYPE: pyo3::inspect::PyStaticExpr = TYPE;

                fn into_pyobject(self, py: Python<'py>) -> PyResult<Self::Output> {
                    let _inside = $crate::python::inside::enter(py);
                    Self::class(py)?.call1((self.0,))
                }
            }

            impl<'py> FromPyObject<'_, 'py> for $name {
                type Error = PyErr;
                #[cfg(feature = "stubs")]
                const INPUT_TYPE: pyo3::inspect::PyStaticExpr = TYPE;

                fn extract(object: Borrowed<'_, 'py, PyAny>) -> PyResult<Self> {
                    object.extract().map(Self)
                }
            }
        };
    )* };
}

pub(crate) use {int_enum, model, read_name, wire_name};
