//! The objects of a file by their numbers, and their streams.
//!
//! The tables that say where objects stand are not asked: damaged files have wrong ones, and hostile files can make
//! loops of them. All bytes are looked through once, in their order, and of objects of one number the last counts, which is
//! what updates of a file mean. What may be unpacked is bounded for the file as a whole.

use std::cell::Cell;
use std::collections::HashMap;
use std::ops::Range;

use super::filter::unpack;
use super::object::{Dict, Object, Reader, is_blank};

/// So much may be unpacked from any file, and so many times its size from a larger one.
const FREE: usize = 32 << 20;
const RATIO: usize = 32;

/// A reference may lead to a reference, so often.
const HOPS: usize = 8;

/// Filters on filters.
const FILTERS: usize = 4;

/// A file.
pub(super) struct File<'b> {
    bytes: &'b [u8],
    objects: HashMap<u32, Stored>,
    /// What the trailers say, the last last.
    trailers: Vec<Dict>,
    left: Cell<usize>,
}

struct Stored {
    object: Object,
    /// The bytes of its stream.
    stream: Option<Range<usize>>,
}

impl<'b> File<'b> {
    /// Finds the objects.
    pub(super) fn of(bytes: &'b [u8]) -> Self {
        let mut file = File {
            bytes,
            objects: HashMap::new(),
            trailers: Vec::new(),
            left: Cell::new(FREE.max(bytes.len().saturating_mul(RATIO))),
        };
        let mut at = 0;
        while let Some(next) = next_mark(bytes, at) {
            at = match next {
                Mark::Object { number, body } => file.store(number, body),
                Mark::Trailer { body } => {
                    let mut reader = Reader { bytes, at: body };
                    if let Some(Object::Dict(dict)) = reader.object() {
                        file.trailers.push(dict);
                    }
                    reader.at.max(body)
                }
            };
        }
        file
    }

    /// Stores the object whose body begins there; where to go on.
    fn store(&mut self, number: u32, body: usize) -> usize {
        let mut reader = Reader {
            bytes: self.bytes,
            at: body,
        };
        let Some(object) = reader.object() else {
            return self.bytes.len();
        };
        if let Object::Word(_) = object {
            return body;
        }
        reader.skip_blanks();
        let stream = match &object {
            Object::Dict(dict) if self.bytes[reader.at..].starts_with(b"stream") => {
                Some(stream(self.bytes, reader.at + 6, dict.get("Length")))
            }
            _ => None,
        };
        let end = stream.as_ref().map_or(reader.at, |stream| stream.end);
        if let Object::Dict(dict) = &object {
            if dict.is("Type", "XRef") {
                self.trailers.push(dict.clone());
            }
            if dict.is("Type", "ObjStm")
                && let Some(stream) = &stream
                && !self.is_encrypted()
            {
                self.store_all(dict.clone(), stream.clone());
            }
        }
        self.objects.insert(number, Stored { object, stream });
        end
    }

    /// Stores the objects of a stream of them.
    fn store_all(&mut self, dict: Dict, stream: Range<usize>) {
        let packed = Stored {
            object: Object::Dict(dict),
            stream: Some(stream),
        };
        let (Some(bytes), Object::Dict(dict)) = (self.unpacked(&packed), packed.object) else {
            return;
        };
        let first = dict.get("First").count().unwrap_or(0);
        let count = dict.get("N").count().unwrap_or(0);
        let mut head = Reader::new(&bytes);
        for _ in 0..count.min(bytes.len()) {
            let (Some(number), Some(offset)) = (head.object(), head.object()) else {
                return;
            };
            let (Some(number), Some(offset)) = (number.count(), offset.count()) else {
                return;
            };
            let at = first.saturating_add(offset).min(bytes.len());
            let mut body = Reader { bytes: &bytes, at };
            // Each object stands once; where many begin at one place, what they take is counted.
            let object = body.object();
            if !self.spend(body.at - at) {
                return;
            }
            if let (Some(object), Ok(number)) = (object, u32::try_from(number)) {
                let stream = None;
                self.objects.insert(number, Stored { object, stream });
            }
        }
    }

    /// Whether the file asks for a password, be it an empty one.
    pub(super) fn is_encrypted(&self) -> bool {
        let encrypts = |dict: &Dict| *dict.get("Encrypt") != Object::Null;
        self.trailers.iter().any(encrypts)
    }

    /// Whether more was to be unpacked than is allowed.
    pub(super) fn is_exhausted(&self) -> bool {
        self.left.get() == 0
    }

    /// What the last trailer that has it says of `Root`, `Info`.
    pub(super) fn trailer(&self, name: &str) -> &Object {
        let last = self.trailers.iter().rev();
        last.map(|dict| self.resolve(dict.get(name)))
            .find(|object| **object != Object::Null)
            .unwrap_or(&Object::Null)
    }

    /// The dictionaries of a type, in the order of their numbers.
    pub(super) fn of_type(&self, name: &str) -> Vec<&Dict> {
        let mut found: Vec<(u32, &Dict)> = self
            .objects
            .iter()
            .filter_map(|(number, stored)| match &stored.object {
                Object::Dict(dict) if dict.is("Type", name) => Some((*number, dict)),
                _ => None,
            })
            .collect();
        found.sort_by_key(|(number, _)| *number);
        found.into_iter().map(|(_, dict)| dict).collect()
    }

    /// The object itself, where it is a reference.
    pub(super) fn resolve<'o>(&'o self, object: &'o Object) -> &'o Object {
        let mut object = object;
        for _ in 0..HOPS {
            let Object::Reference(number) = object else {
                return object;
            };
            let Some(stored) = self.objects.get(number) else {
                return &Object::Null;
            };
            object = &stored.object;
        }
        &Object::Null
    }

    /// A member of a dictionary, resolved.
    pub(super) fn get<'o>(&'o self, dict: &'o Dict, name: &str) -> &'o Object {
        self.resolve(dict.get(name))
    }

    /// A member of a dictionary that is a dictionary.
    pub(super) fn dict<'o>(&'o self, dict: &'o Dict, name: &str) -> Option<&'o Dict> {
        match self.get(dict, name) {
            Object::Dict(dict) => Some(dict),
            _ => None,
        }
    }

    /// The unpacked bytes of a stream; `None` where there is none, or none of text.
    pub(super) fn stream(&self, object: &Object) -> Option<Vec<u8>> {
        let mut object = object;
        for _ in 0..HOPS {
            let Object::Reference(number) = object else {
                return None;
            };
            let stored = self.objects.get(number)?;
            if stored.stream.is_some() {
                return self.unpacked(stored);
            }
            object = &stored.object;
        }
        None
    }

    fn unpacked(&self, stored: &Stored) -> Option<Vec<u8>> {
        let (Object::Dict(dict), Some(stream)) = (&stored.object, &stored.stream) else {
            return None;
        };
        let either = |long: &str, short: &str| match self.get(dict, long) {
            Object::Null => self.get(dict, short),
            object => object,
        };
        let filters = either("Filter", "F");
        let parms = either("DecodeParms", "DP");
        let filters = match filters {
            Object::Name(_) => std::slice::from_ref(filters),
            other => other.array(),
        };
        let mut bytes = self.bytes[stream.clone()].to_vec();
        for (nth, filter) in filters.iter().enumerate().take(FILTERS) {
            let parms = match parms {
                Object::Array(all) => all.get(nth).map_or(&Object::Null, |it| self.resolve(it)),
                one => one,
            };
            let none = Dict::default();
            let parms = if let Object::Dict(parms) = parms {
                parms
            } else {
                &none
            };
            let name = self.resolve(filter).name()?;
            bytes = unpack(name, &bytes, parms, self.left.get())?;
            self.spend(bytes.len());
        }
        self.spend(bytes.len()).then_some(bytes)
    }

    /// Takes from what may be unpacked; whether it was there.
    pub(super) fn spend(&self, bytes: usize) -> bool {
        self.left.set(self.left.get().saturating_sub(bytes));
        !self.is_exhausted()
    }
}

/// What begins an object or a trailer.
enum Mark {
    Object { number: u32, body: usize },
    Trailer { body: usize },
}

/// The next `12 0 obj` or `trailer` from `at` on.
fn next_mark(bytes: &[u8], at: usize) -> Option<Mark> {
    let mut at = at;
    loop {
        let rest = bytes.get(at..)?;
        at += rest.iter().position(|byte| matches!(byte, b'o' | b't'))?;
        if bytes[at..].starts_with(b"obj")
            && let Some(number) = number_before(bytes, at)
        {
            let body = at + 3;
            return Some(Mark::Object { number, body });
        }
        if bytes[at..].starts_with(b"trailer") {
            return Some(Mark::Trailer { body: at + 7 });
        }
        at += 1;
    }
}

/// The number of the object whose `obj` stands at `at`: two numbers before it.
fn number_before(bytes: &[u8], at: usize) -> Option<u32> {
    let before = &bytes[at.saturating_sub(30)..at];
    let blanks = |bytes: &[u8]| {
        bytes
            .iter()
            .rev()
            .take_while(|byte| is_blank(**byte))
            .count()
    };
    let digits = |bytes: &[u8]| {
        bytes
            .iter()
            .rev()
            .take_while(|it| it.is_ascii_digit())
            .count()
    };
    let before = &before[..before.len() - blanks(before)];
    let generation = digits(before);
    let before = &before[..before.len() - generation];
    let gap = blanks(before);
    let before = &before[..before.len() - gap];
    let number = &before[before.len() - digits(before)..];
    if generation == 0 || gap == 0 {
        return None;
    }
    std::str::from_utf8(number).ok()?.parse().ok()
}

/// Where the bytes of a stream are, from behind its keyword: as long as it says, where it ends there; else to `endstream`.
fn stream(bytes: &[u8], at: usize, length: &Object) -> Range<usize> {
    let begin = match bytes.get(at..) {
        Some([b'\r', b'\n', ..]) => at + 2,
        Some([b'\n' | b'\r', ..]) => at + 1,
        _ => at,
    };
    let ends_at = |end: usize| {
        let rest = bytes.get(end..).unwrap_or_default();
        let after = rest
            .iter()
            .take(4)
            .take_while(|byte| is_blank(**byte))
            .count();
        rest[after..].starts_with(b"endstream")
    };
    if let Some(length) = length.count()
        && ends_at(begin.saturating_add(length))
    {
        return begin..begin + length;
    }
    let mut at = begin;
    while let Some(next) = bytes[at..].iter().position(|byte| *byte == b'e') {
        at += next;
        if bytes[at..].starts_with(b"endstream") {
            return begin..at;
        }
        at += 1;
    }
    begin..bytes.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_object_of_a_number_counts() {
        let file = File::of(
            b"%PDF-1.4 1 0 obj <</A 2 0 R>> endobj 2 0 obj (old) endobj\n2 0 obj (new) endobj 3 0 obj 3 0 R endobj \
              trailer <</Root 1 0 R>>",
        );
        let Object::Dict(root) = file.trailer("Root") else {
            panic!("no root");
        };
        assert_eq!(file.get(root, "A").bytes(), Some(&b"new"[..]));
        assert_eq!(*file.resolve(&Object::Reference(3)), Object::Null);
        assert!(!file.is_encrypted() && !file.is_exhausted());
    }

    #[test]
    fn streams_end_where_they_say_or_at_their_mark() {
        for length in ["5", "4", "99", "2 0 R"] {
            let text = format!("1 0 obj <</Length {length}>> stream\r\n1 0 obendstream endobj");
            let file = File::of(text.as_bytes());
            assert_eq!(
                file.stream(&Object::Reference(1)).as_deref(),
                Some(&b"1 0 ob"[..])
            );
        }
    }

    #[test]
    fn objects_come_in_streams() {
        let file =
            File::of(b"9 0 obj <</Type/ObjStm/N 2/First 8>> stream\n4 0 5 4 (a) /b endstream");
        assert_eq!(file.resolve(&Object::Reference(4)).bytes(), Some(&b"a"[..]));
        assert_eq!(file.resolve(&Object::Reference(5)).name(), Some("b"));
    }
}
