//! How values are read from the service's JSON: strict about shape, lenient where sources disagree about types.

use std::{fmt, marker::PhantomData};

use chrono::{DateTime, NaiveDateTime, Utc};
use serde::de::{DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_path_to_error::{Deserializer as Tracking, Track};

/// A value as the service writes it.
pub trait Wire: Sized {
    /// Reads one.
    ///
    /// # Errors
    /// It has another shape.
    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error>;
}

/// Reads the JSON text of a value; the error says where in it and what.
///
/// # Errors
/// It has another shape.
pub fn read<T: Wire>(json: &str) -> Result<T, String> {
    read_seed(json, Seed::default())
}

/// Reads one field of the JSON text of an object; `None` when it is absent or null.
///
/// # Errors
/// The text is no object, or the field has another shape.
pub fn read_field<T: Wire>(json: &str, name: &'static str) -> Result<Option<T>, String> {
    read_seed(json, FieldOf(name, PhantomData))
}

fn read_seed<'de, S: DeserializeSeed<'de> + Copy>(json: &'de str, seed: S) -> Result<S::Value, String> {
    let mut input = serde_json::Deserializer::from_str(json);
    if let Ok(value) = seed.deserialize(&mut input)
        && input.end().is_ok()
    {
        return Ok(value);
    }
    // Keeping track of the place costs time, so it is done only when there is something to tell.
    let (mut input, mut track) = (serde_json::Deserializer::from_str(json), Track::new());
    let value = seed.deserialize(Tracking::new(&mut input, &mut track));
    match value.and_then(|value| input.end().map(|()| value)) {
        Ok(value) => Ok(value),
        Err(error) => Err(format!("{}: {error}", track.path())),
    }
}

/// Reads a value where serde asks for a seed.
pub struct Seed<T>(PhantomData<fn() -> T>);

impl<T> Default for Seed<T> {
    fn default() -> Self {
        Self(PhantomData)
    }
}

impl<T> Clone for Seed<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Seed<T> {}

impl<'de, T: Wire> DeserializeSeed<'de> for Seed<T> {
    type Value = T;
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<T, D::Error> {
        T::read(deserializer)
    }
}

/// Reads the field of that name and passes over all others.
struct FieldOf<T>(&'static str, PhantomData<fn() -> T>);

impl<T> Clone for FieldOf<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for FieldOf<T> {}

impl<'de, T: Wire> DeserializeSeed<'de> for FieldOf<T> {
    type Value = Option<T>;
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Option<T>, D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de, T: Wire> Visitor<'de> for FieldOf<T> {
    type Value = Option<T>;
    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }
    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Option<T>, A::Error> {
        let mut found = None;
        while let Some(key) = map.next_key::<String>()? {
            if key == self.0 {
                found = map.next_value_seed(Seed::<Option<T>>::default())?;
            } else {
                map.next_value::<IgnoredAny>()?;
            }
        }
        Ok(found)
    }
}

/// Null, or what a seed reads.
struct Nullable<S>(S);

impl<'de, S: DeserializeSeed<'de>> Visitor<'de> for Nullable<S> {
    type Value = Option<S::Value>;
    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value or null")
    }
    fn visit_none<E: Error>(self) -> Result<Self::Value, E> {
        Ok(None)
    }
    fn visit_unit<E: Error>(self) -> Result<Self::Value, E> {
        Ok(None)
    }
    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        self.0.deserialize(deserializer).map(Some)
    }
}

impl<T: Wire> Wire for Option<T> {
    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_option(Nullable(Seed::<T>::default()))
    }
}

impl<T: Wire> Wire for Vec<T> {
    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct List<T>(PhantomData<fn() -> T>);
        impl<'de, T: Wire> Visitor<'de> for List<T> {
            type Value = Vec<T>;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a list")
            }
            fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Vec<T>, A::Error> {
                let mut items = Vec::new();
                while let Some(item) = list.next_element_seed(Seed::default())? {
                    items.push(item);
                }
                Ok(items)
            }
        }
        deserializer.deserialize_seq(List(PhantomData))
    }
}

/// Text; a number stands for its digits.
struct Text;

impl Visitor<'_> for Text {
    type Value = String;
    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("text")
    }
    fn visit_str<E: Error>(self, text: &str) -> Result<String, E> {
        Ok(text.to_owned())
    }
    fn visit_string<E: Error>(self, text: String) -> Result<String, E> {
        Ok(text)
    }
    fn visit_i64<E: Error>(self, number: i64) -> Result<String, E> {
        Ok(number.to_string())
    }
    fn visit_u64<E: Error>(self, number: u64) -> Result<String, E> {
        Ok(number.to_string())
    }
    fn visit_f64<E: Error>(self, number: f64) -> Result<String, E> {
        Ok(number.to_string())
    }
}

impl Wire for String {
    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Text)
    }
}

/// A whole number; text stands for the number it spells.
struct Whole;

impl Visitor<'_> for Whole {
    type Value = i64;
    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a whole number")
    }
    fn visit_i64<E: Error>(self, number: i64) -> Result<i64, E> {
        Ok(number)
    }
    fn visit_u64<E: Error>(self, number: u64) -> Result<i64, E> {
        number.try_into().map_err(|_| E::custom(format_args!("{number} is too large")))
    }
    fn visit_str<E: Error>(self, text: &str) -> Result<i64, E> {
        text.trim().parse().map_err(|_| E::invalid_value(serde::de::Unexpected::Str(text), &self))
    }
}

impl Wire for i64 {
    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Whole)
    }
}

/// A text that the service may replace by the word `null`.
pub struct TextOrNull(pub Option<String>);

impl Wire for TextOrNull {
    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(Self(Option::<String>::read(deserializer)?.filter(|text| text != "null")))
    }
}

/// A time, written in UTC without a zone; an empty text is none.
pub struct Time(pub Option<DateTime<Utc>>);

impl Wire for Time {
    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let Some(text) = Option::<String>::read(deserializer)?.filter(|text| !text.trim().is_empty()) else {
            return Ok(Self(None));
        };
        let naive = NaiveDateTime::parse_from_str(text.trim(), "%Y-%m-%d %H:%M:%S").ok().map(|time| time.and_utc());
        let time = naive.or_else(|| DateTime::parse_from_rfc3339(text.trim()).ok().map(Into::into));
        let unreadable = || D::Error::custom(format_args!("{text:?} is no time of the form YYYY-MM-DD HH:MM:SS"));
        time.map(|time| Self(Some(time))).ok_or_else(unreadable)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_and_numbers_stand_for_each_other() {
        assert_eq!(read::<String>("19").unwrap(), "19");
        assert_eq!(read::<i64>("\"-19\"").unwrap(), -19);
        assert!(read::<i64>("\"nine\"").is_err());
        assert!(read::<i64>("true").is_err());
        assert!(read::<String>("{}").is_err());
        assert!(read::<Vec<i64>>("{}").is_err());
    }

    #[test]
    fn an_error_tells_the_place() {
        let error = read::<Vec<Option<i64>>>("[1, null, []]").unwrap_err();
        assert!(error.starts_with("[2]: invalid type: sequence, expected a whole number"), "{error}");
    }

    #[test]
    fn what_follows_a_value_is_an_error() {
        assert!(read::<i64>("1 2").is_err());
    }

    #[test]
    fn times_are_utc_and_may_be_empty() {
        let read = |json| read::<Time>(json).map(|time| time.0);
        assert_eq!(read("\"2024-05-24 17:34:58\"").unwrap().unwrap().to_rfc3339(), "2024-05-24T17:34:58+00:00");
        assert_eq!(read("\" \"").unwrap(), None);
        assert_eq!(read("null").unwrap(), None);
        assert!(read("\"yesterday\"").is_err());
    }
}
