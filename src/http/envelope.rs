//! The wrapper around every answer: whether it is a success, and what it carries.

use serde::Deserialize;
use serde_json::value::RawValue;

use super::{
    codes::classify,
    error::Cause,
    wire::{self, Wire},
};

/// What the service wraps around its data.
#[derive(Default, Deserialize)]
pub struct Envelope<'a> {
    /// The ID of the request that it answers.
    #[serde(skip)]
    pub answers: String,
    #[serde(borrow)]
    error_code: Option<&'a RawValue>,
    #[serde(borrow)]
    error_msg: Option<&'a RawValue>,
    // Older parts of the cloud call the same pair `code` and `message`.
    #[serde(borrow)]
    code: Option<&'a RawValue>,
    #[serde(borrow)]
    message: Option<&'a RawValue>,
    #[serde(borrow)]
    request_id: Option<&'a RawValue>,
    #[serde(borrow)]
    data: Option<&'a RawValue>,
    #[serde(borrow)]
    total_count: Option<&'a RawValue>,
    #[serde(borrow)]
    page_no: Option<&'a RawValue>,
    #[serde(borrow)]
    page_size: Option<&'a RawValue>,
}

/// The page fields, which the service writes beside the data or inside it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct PageFields {
    /// The number of the page, from 1.
    pub page_no: Option<i64>,
    /// How many rows a page holds.
    pub page_size: Option<i64>,
    /// How many rows there are in all pages.
    pub total_count: Option<i64>,
}

/// What a call gives: read from the envelope of a successful answer.
pub trait Reply: Sized + Send + 'static {
    /// Reads it; the error names the field.
    ///
    /// # Errors
    /// The answer has another shape than documented.
    fn read(envelope: &Envelope<'_>) -> Result<Self, String>;
}

impl Reply for () {
    fn read(_: &Envelope<'_>) -> Result<Self, String> {
        Ok(())
    }
}

impl<'a> Envelope<'a> {
    /// Reads the wrapper; an answer that is no JSON object is an error.
    ///
    /// # Errors
    /// It is none.
    pub fn parse(body: &'a [u8]) -> Result<Self, String> {
        match body.trim_ascii().first() {
            None => return Err("the body is empty".into()),
            Some(b'{') => {}
            Some(b'<') => return Err("the body is HTML, not JSON".into()),
            Some(_) => return Err("the body is no JSON object".into()),
        }
        serde_json::from_slice(body).map_err(|error| format!("the body is no valid JSON: {error}"))
    }

    /// The service's code, as text.
    pub fn code(&self) -> Option<String> {
        self.error_code.or(self.code).and_then(scalar).or_else(|| self.inside().error_code.and_then(scalar))
    }

    /// The service's words.
    pub fn message(&self) -> Option<String> {
        self.error_msg.or(self.message).and_then(scalar).or_else(|| self.inside().error_msg.and_then(scalar))
    }

    /// The request ID that gateway errors carry in the body.
    pub fn request_id(&self) -> Option<String> {
        self.request_id.and_then(scalar)
    }

    /// Whether the service says yes, and its refusal if not. `None` when it says neither.
    pub fn verdict(&self, status: u16) -> Option<Result<(), Cause>> {
        let code = self.code();
        match code.as_deref() {
            Some("0") if status < 300 => Some(Ok(())),
            None if status < 400 => None,
            _ => Some(Err(refusal(status, code.filter(|code| code != "0"), self.message()))),
        }
    }

    /// The data, unless it is absent or null.
    pub fn data(&self) -> Option<&'a str> {
        self.data.map(RawValue::get).filter(|json| *json != "null")
    }

    /// Reads the data; the error names the field.
    ///
    /// # Errors
    /// It is absent or has another shape.
    pub fn read_data<T: Wire>(&self) -> Result<T, String> {
        let json = self.data().ok_or("data: missing")?;
        wire::read(json).map_err(|error| format!("data.{error}"))
    }

    /// Reads one field of the data; `None` when it, or all data, is absent or null. The error names the field.
    ///
    /// # Errors
    /// It has another shape.
    pub fn read_field<T: Wire>(&self, name: &'static str) -> Result<Option<T>, String> {
        let Some(json) = self.data() else { return Ok(None) };
        wire::read_field(json, name).map_err(|error| format!("data.{error}"))
    }

    /// The page fields; those beside the data win over those inside it.
    ///
    /// # Errors
    /// One is no number.
    pub fn page_fields(&self) -> Result<PageFields, String> {
        let inside = self.inside();
        let number = |name: &str, beside: Option<&RawValue>, inside: Option<&RawValue>| {
            let read =
                |json: &RawValue| wire::read::<Option<i64>>(json.get()).map_err(|error| format!("{name}: {error}"));
            match beside.map(read).transpose()?.flatten() {
                None => inside.map(read).transpose().map(Option::flatten),
                found => Ok(found),
            }
        };
        Ok(PageFields {
            page_no: number("page_no", self.page_no, inside.page_no)?,
            page_size: number("page_size", self.page_size, inside.page_size)?,
            total_count: number("total_count", self.total_count, inside.total_count)?,
        })
    }

    /// The same fields, looked up inside the data, where lists may have them.
    fn inside(&self) -> Envelope<'a> {
        let object = self.data().filter(|json| json.starts_with('{'));
        object.and_then(|json| serde_json::from_str(json).ok()).unwrap_or_default()
    }
}

/// The service's no, with or without a readable body.
pub fn refusal(status: u16, code: Option<String>, message: Option<String>) -> Cause {
    let (kind, hint) = classify(code.as_deref(), status);
    let reason = || reqwest::StatusCode::from_u16(status).ok().and_then(|s| s.canonical_reason()).unwrap_or_default();
    let message = message
        .filter(|text| !text.is_empty())
        .unwrap_or_else(|| format!("HTTP {status} {}", reason()).trim_end().to_owned());
    Cause::Refused { kind, code, message, status, hint }
}

/// A text or number as text; anything else is nothing.
fn scalar(json: &RawValue) -> Option<String> {
    wire::read::<Option<String>>(json.get()).ok().flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn verdict(body: &str, status: u16) -> Option<Result<(), Cause>> {
        Envelope::parse(body.as_bytes()).unwrap().verdict(status)
    }

    #[test]
    fn a_code_of_zero_is_success_as_text_and_number_and_inside_the_data() {
        for body in [r#"{"error_code":"0"}"#, r#"{"error_code":0}"#, r#"{"data":{"error_code":"0"}}"#] {
            assert!(matches!(verdict(body, 200), Some(Ok(()))), "{body}");
        }
    }

    #[test]
    fn success_needs_a_code_and_a_status() {
        assert!(verdict(r#"{"data":{}}"#, 200).is_none());
        assert!(matches!(verdict(r#"{"error_code":"0"}"#, 500), Some(Err(_))));
        assert!(matches!(verdict(r#"{"error_code":"KOOPHONE.API.1000"}"#, 200), Some(Err(_))));
        assert!(matches!(verdict("{}", 404), Some(Err(_))));
    }

    #[test]
    fn page_fields_beside_the_data_win() {
        let body = br#"{"data":{"total_count":1,"page_size":"50"},"total_count":2}"#;
        let fields = Envelope::parse(body).unwrap().page_fields().unwrap();
        assert_eq!(fields, PageFields { page_no: None, page_size: Some(50), total_count: Some(2) });
    }

    #[test]
    fn what_is_no_object_is_refused() {
        for body in ["", " ", "<html>", "[]", "\"0\"", r#"{"error_code":"0""#] {
            assert!(Envelope::parse(body.as_bytes()).is_err(), "{body}");
        }
    }
}
