//! A JSON value as it stands in the file: members in order, strings borrowed, the same name twice refused.
//!
//! `serde_json::Value` would keep the last of two members with one name and say nothing.

use std::borrow::Cow;
use std::collections::HashSet;
use std::fmt;

use serde::de::{Deserialize, Deserializer, Error, MapAccess, SeqAccess, Visitor};

/// A value.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Node<'a> {
    /// `null`
    Null,
    /// `true`, `false`
    Bool(bool),
    /// A number, as printed.
    Number(String),
    /// A string.
    Text(Cow<'a, str>),
    /// An array.
    List(Vec<Node<'a>>),
    /// An object.
    Object(Vec<(Cow<'a, str>, Node<'a>)>),
}

impl<'a> Node<'a> {
    /// The member of this very name.
    pub(crate) fn member(&self, name: &str) -> Option<&Node<'a>> {
        self.members()
            .iter()
            .find(|(known, _)| known == name)
            .map(|(_, value)| value)
    }

    /// The members of an object; nothing for other values.
    pub(crate) fn members(&self) -> &[(Cow<'a, str>, Node<'a>)] {
        match self {
            Node::Object(members) => members,
            _ => &[],
        }
    }

    /// Whether there is nothing in it, or only what exporters write for nothing.
    pub(crate) fn is_void(&self) -> bool {
        const VOID: &[&str] = &["", "null", "none", "nan", "n/a", "undefined", "[]", "{}"];
        match self {
            Node::Null => true,
            Node::Bool(_) | Node::Number(_) => false,
            Node::Text(text) => {
                let text = text.trim();
                VOID.iter().any(|void| void.eq_ignore_ascii_case(text))
            }
            Node::List(items) => items.iter().all(Node::is_void),
            Node::Object(members) => members.iter().all(|(_, value)| value.is_void()),
        }
    }
}

impl<'de> Deserialize<'de> for Node<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(AnyValue)
    }
}

/// Takes whatever comes.
struct AnyValue;

impl<'de> Visitor<'de> for AnyValue {
    type Value = Node<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_unit<E: Error>(self) -> Result<Node<'de>, E> {
        Ok(Node::Null)
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<Node<'de>, E> {
        Ok(Node::Bool(value))
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<Node<'de>, E> {
        Ok(Node::Number(value.to_string()))
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<Node<'de>, E> {
        Ok(Node::Number(value.to_string()))
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<Node<'de>, E> {
        Ok(Node::Number(value.to_string()))
    }

    fn visit_borrowed_str<E: Error>(self, value: &'de str) -> Result<Node<'de>, E> {
        Ok(Node::Text(Cow::Borrowed(value)))
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<Node<'de>, E> {
        Ok(Node::Text(Cow::Owned(value.to_owned())))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Node<'de>, A::Error> {
        let mut list = Vec::new();
        while let Some(item) = items.next_element()? {
            list.push(item);
        }
        Ok(Node::List(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Node<'de>, A::Error> {
        let mut object: Vec<(Cow<'de, str>, Node<'de>)> = Vec::new();
        while let Some((Name(name), value)) = members.next_entry::<Name<'de>, Node<'de>>()? {
            object.push((name, value));
        }
        let mut seen = HashSet::with_capacity(object.len());
        match object.iter().find(|(name, _)| !seen.insert(name.as_ref())) {
            Some((twice, _)) => Err(A::Error::custom(format!(
                "the name `{twice}` occurs twice in one object"
            ))),
            None => Ok(Node::Object(object)),
        }
    }
}

/// The name of a member. (serde borrows a `Cow` only where it is told to.)
struct Name<'a>(Cow<'a, str>);

impl<'de> Deserialize<'de> for Name<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        match deserializer.deserialize_str(AnyValue)? {
            Node::Text(name) => Ok(Name(name)),
            _ => Err(D::Error::custom("a name is a string")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_keep_their_order_and_names_are_unique() {
        let read = |text: &'static str| serde_json::from_str::<Node<'_>>(text);
        let node = read(r#"{"b": [1, 2.5, -3], "a": null, "c\n": "d"}"#).unwrap();
        let names: Vec<&str> = node
            .members()
            .iter()
            .map(|(name, _)| name.as_ref())
            .collect();
        assert_eq!(names, ["b", "a", "c\n"]);
        assert!(
            read(r#"{"a": 1, "a": 2}"#)
                .unwrap_err()
                .to_string()
                .contains("`a` occurs twice")
        );
        assert!(read(r#"{"a": {"b": 1}, "b": {"b": 2}}"#).is_ok());
    }
}
