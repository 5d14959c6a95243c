//! Step 5: places, and what they lie in. So far what articles state of their places; a gazetteer will know more.
//!
//! `in:egypt` finds an article when one of its places has the key of `egypt`. It compares whole names: a place called
//! `New York` is not in `York`.

use crate::article::Place;
use crate::text::analysis::{form, words};

/// The key of a name: its words in exact form, with a blank between them. Empty when it has none.
#[must_use]
pub fn key(name: &str) -> String {
    let forms: Vec<String> = words(name)
        .map(|word| form::exact_of(&name[word]))
        .collect();
    forms.join(" ")
}

/// The keys of all that a place is and lies in, each once: its name, the pieces of a name like `Cairo, Egypt` or `Paris (Texas)`,
/// what the source says it lies in, and the code of its country.
#[must_use]
pub fn keys(place: &Place) -> Vec<String> {
    let pieces = place.name.split([',', ';', '(', ')', '[', ']']);
    let names = [place.name.as_str()].into_iter().chain(pieces);
    let wider = place.path.iter().chain(&place.country);
    let mut keys: Vec<String> = names.chain(wider.map(String::as_str)).map(key).collect();
    keys.retain(|key| !key.is_empty());
    keys.sort_unstable();
    keys.dedup();
    keys
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::PlaceFrom;

    #[test]
    fn a_place_is_in_what_its_source_says() {
        let cairo = Place {
            country: Some("EG".into()),
            path: vec!["Africa".into(), "Egypt".into(), "Cairo".into()],
            ..Place::named("CAIRO", PlaceFrom::Metadata)
        };
        assert_eq!(keys(&cairo), ["africa", "cairo", "eg", "egypt"]);
        let written = Place::named("São Paulo, Brazil", PlaceFrom::Dateline);
        assert_eq!(keys(&written), ["brazil", "sao paulo", "sao paulo brazil"]);
        assert_eq!(keys(&Place::named("–", PlaceFrom::Text)), [""; 0]);
    }
}
