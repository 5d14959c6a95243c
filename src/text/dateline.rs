//! Datelines: `NEW YORK, March 2 (Reuters) - `, the place and date that open a story.
//!
//! A dateline is what stands before a dash, taken apart from its end: agency, date, place. A sentence with a dash is told from
//! it by what it lacks: capitals, a date, an agency. No gazetteer is asked what the place is.

use super::byline::is_agency;
use super::{clean, date};

/// The place and date that open a story.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dateline {
    /// The place as printed, without date and agency: `NEW YORK`, `AUSTIN, Texas`. Empty when only an agency is named.
    pub place: String,
    /// The date as printed: `Feb. 1, 2017`, `Monday`.
    pub date: Option<String>,
    /// The agency as printed: `Reuters`.
    pub agency: Option<String>,
    /// How many bytes of the text it takes, with its dash and the blanks after it.
    pub length: usize,
}

/// A dateline ends within so many bytes.
const LONGEST: usize = 160;

/// Words in capitals before a dash that are no places.
const LABELS: &[&str] = &[
    "BREAKING",
    "BREAKING NEWS",
    "UPDATE",
    "UPDATED",
    "EXCLUSIVE",
    "OPINION",
    "ANALYSIS",
    "WATCH",
    "VIDEO",
    "LIVE",
    "PHOTOS",
    "EDITORIAL",
    "FACTBOX",
    "TIMELINE",
    "FEATURE",
    "INTERVIEW",
    "CORRECTION",
    "CORRECTED",
    "REVIEW",
    "PREVIEW",
    "URGENT",
    "FLASH",
    "ADVISORY",
    "NEWS",
    "NATO",
    "UNICEF",
    "UNESCO",
    "NASA",
    "OPEC",
    "FIFA",
    "UEFA",
    "ASEAN",
    "COVID",
    "AIDS",
    "NASDAQ",
    "EDITOR",
    "EDITORS",
    "NOTE",
    "READ",
];

/// Small words inside the names of places.
const PARTICLES: &[&str] = &[
    "de", "del", "do", "da", "dos", "das", "la", "le", "les", "el", "al", "of", "the", "and", "am",
    "an", "der", "bei", "im", "ob", "sur", "sous", "en", "upon", "on", "di", "du", "den", "och",
    "og", "y", "e", "under", "near", "aan", "op",
];

/// Words that begin sentences ("On Monday - the day after -"), in lower case.
const SENTENCE_WORDS: &[&str] = &[
    "on", "in", "the", "by", "last", "this", "since", "until", "from", "at", "after", "before",
    "but", "and", "when", "early", "late", "a", "an", "it", "he", "she", "we", "they", "for", "as",
    "next", "to", "am", "im", "le", "el", "il", "der", "die", "das", "dated",
];

/// The dateline that a text begins with; the text goes on at [`Dateline::length`].
///
/// Taken for one is a place with an agency in brackets or slashes, or with a date, before a dash of any kind; a place in
/// capitals before a dash and a sentence; a line of its own of one or two words in capitals; and each of them after an agency
/// that stands alone: `May 3, 2004 (AP) - OSLO -- `.
#[must_use]
pub fn split(text: &str) -> Option<Dateline> {
    place_first(text).or_else(|| place_after_agency(text))
}

/// The dateline after an agency alone, whose day it has where it has none of its own.
fn place_after_agency(text: &str) -> Option<Dateline> {
    let agency = agency_alone(text)?;
    let found = place_first(&text[agency.length..])?;
    Some(Dateline {
        date: found.date.or(agency.date),
        agency: found.agency.or(agency.agency),
        length: agency.length + found.length,
        ..found
    })
}

/// A dateline that begins with its place.
fn place_first(text: &str) -> Option<Dateline> {
    let body = text.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
    let before = text.len() - body.len();
    let found = ends(body)
        .find_map(|end| {
            let parts = Parts::of(&body[..end.at])?;
            let dateline = parts.is_dateline(&body[end.next..], end.mark);
            dateline.then(|| parts.into_dateline(body, end.next, before))
        })
        .or_else(|| line_of_its_own(body, before))
        .or_else(|| in_brackets(body, before));
    found.filter(|dateline| !dateline.place.is_empty())
}

/// The agency that a text opens with where no place stands before it, with or without a date: `Jan. 12 (AP) - `, `(AP) - `.
/// The place is empty.
#[must_use]
pub fn agency_alone(text: &str) -> Option<Dateline> {
    let body = text.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
    let before = text.len() - body.len();
    let end = ends(body).find(|end| end.mark == Mark::Dash)?;
    let (day, agency) = body[..end.at]
        .trim_end()
        .strip_suffix(')')?
        .split_once('(')?;
    let day = day.trim();
    let named = |word: &str| word.starts_with(char::is_uppercase);
    let fits = (day.is_empty() || date::is_day(day))
        && !agency.contains([')', '.', ','])
        && agency.split(' ').count() <= 4
        && agency.split(' ').all(named)
        || day.is_empty() && is_agency(agency);
    fits.then(|| Dateline {
        place: String::new(),
        date: Some(day.to_string()).filter(|day| !day.is_empty()),
        agency: Some(agency.to_string()),
        length: before + end.next,
    })
}

/// The dateline in a field that holds only that (dash and all, or neither dash nor date). What follows the dash in the
/// field, `text[length..]`, belongs to the story.
#[must_use]
pub fn from_field(text: &str) -> Option<Dateline> {
    if let Some(dateline) = split(text) {
        return Some(dateline);
    }
    let body = text.trim_start();
    let before = text.len() - body.len();
    let end = ends(body).find(|end| end.mark == Mark::Dash);
    let (at, next) = match end {
        Some(end) => (end.at, end.next),
        None if body.len() <= LONGEST => (body.len(), body.len()),
        None => return None,
    };
    let parts = Parts::of(&body[..at])?;
    let has_place = parts.place.chars().any(char::is_alphabetic)
        && !is_agency(&parts.place)
        && !date::is_day(&parts.place);
    has_place.then(|| parts.into_dateline(body, next, before))
}

/// What ends a dateline.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Mark {
    Dash,
    /// The agency's closing bracket, without a dash.
    Bracket,
}

/// A place where a dateline may end, and where the text goes on.
struct End {
    at: usize,
    next: usize,
    mark: Mark,
}

/// The dashes near the beginning of a text that have a blank beside them, and closing brackets without one after them;
/// the first few.
fn ends(text: &str) -> impl Iterator<Item = End> + '_ {
    let marks = text.char_indices().take_while(|(at, _)| *at < LONGEST);
    let ends = marks.filter_map(move |(at, c)| {
        let rest = text[at..].trim_start_matches(is_dash);
        let next = text.len() - rest.trim_start().len();
        let open_before = text[..at].ends_with(char::is_whitespace);
        let open_after = rest.is_empty() || rest.starts_with(char::is_whitespace);
        match c {
            ')' => {
                let rest = text[at + 1..].trim_start();
                let next = text.len() - rest.len();
                (!rest.starts_with(is_dash)).then_some(End {
                    at: at + 1,
                    next,
                    mark: Mark::Bracket,
                })
            }
            _ if is_dash(c) && !text[..at].ends_with(is_dash) => {
                let long = matches!(c, '—' | '–')
                    || text[at..].starts_with("--")
                    || text[..at].ends_with([')', '/']);
                (open_before || open_after || long).then_some(End {
                    at,
                    next,
                    mark: Mark::Dash,
                })
            }
            _ => None,
        }
    });
    ends.take(5)
}

fn is_dash(c: char) -> bool {
    matches!(c, '-' | '–' | '—' | '―' | '−' | '_' | '‑' | '‐')
}

/// What stands before the dash, taken apart.
struct Parts {
    place: String,
    date: Option<String>,
    agency: Option<String>,
    /// The agency stands in brackets or slashes.
    marked: bool,
    /// A comma divides place and date.
    comma: bool,
}

impl Parts {
    fn of(text: &str) -> Option<Self> {
        let text = text.trim_start_matches(['*', '+', '=', '>']);
        let place = clean::line(&text.replace(',', ", ")).replace(" ,", ",");
        let mut parts = Parts {
            place: without_comma(&place).to_string(),
            date: None,
            agency: None,
            marked: false,
            comma: false,
        };
        if parts.place.split(' ').count() > 16 {
            return None;
        }
        // The agency stands before the date in some houses.
        while parts.take_agency() || parts.take_date() {}
        // ANSA - ROMA, 01 LUG -
        if let Some((prefix, place)) = parts.place.split_once(" - ")
            && let prefix = prefix.trim_matches(['(', ')'])
            && prefix.split(' ').any(is_agency)
            && parts.agency.is_none()
        {
            (parts.agency, parts.marked) = (Some(prefix.to_string()), true);
            parts.place = place.to_string();
        }
        Some(parts)
    }

    fn take_agency(&mut self) -> bool {
        if self.agency.is_some() {
            return false;
        }
        let (before, agency, marked) = if let Some(inner) = self.place.strip_suffix(')')
            && let Some((before, agency)) = inner.rsplit_once('(')
        {
            (before, agency, true)
        } else if let Some(inner) = self.place.strip_suffix('/')
            && let Some((before, agency)) = inner.rsplit_once('/')
            && before.ends_with(' ')
        {
            (before, agency, true)
        } else if let Some((before, agency)) = self.place.rsplit_once(' ')
            && is_agency(agency)
            // "Pa." is Pennsylvania.
            && agency.len() > 2
            && !agency.ends_with('.')
            && agency.chars().next().is_some_and(char::is_uppercase)
        {
            (before, agency, false)
        } else {
            return false;
        };
        if agency.is_empty() || agency.split(' ').count() > 5 {
            return false;
        }
        (self.agency, self.marked) = (Some(agency.to_string()), marked);
        self.place = without_comma(before).to_string();
        true
    }

    fn take_date(&mut self) -> bool {
        if self.date.is_some() {
            return false;
        }
        let starts: Vec<usize> = self
            .place
            .match_indices(' ')
            .map(|(at, _)| at + 1)
            .collect();
        let last = &starts[starts.len().saturating_sub(6)..];
        let mut days = last
            .iter()
            .filter(|start| date::is_day(&self.place[**start..]));
        let mut slips = last.iter().rev().filter(|start| {
            is_slip(&self.place[**start..]) && self.place[..**start].ends_with(", ")
        });
        let Some(start) = days.next().or_else(|| slips.next()) else {
            return false;
        };
        self.date = Some(self.place[*start..].trim_end_matches(',').to_string());
        let before = self.place[..*start].trim_end();
        self.comma = before.ends_with(',');
        self.place = without_comma(before).to_string();
        true
    }

    /// Whether it is a dateline, seen with what follows it.
    fn is_dateline(&self, after: &str, mark: Mark) -> bool {
        let Some(form) = form_of(&self.place) else {
            return false;
        };
        let agency = self.agency.as_deref().is_some_and(|agency| {
            self.marked
                && (is_agency(agency)
                    || form == Form::Capitals
                    || agency.split(['/', '-', ' ']).any(is_agency))
        });
        match mark {
            Mark::Bracket => self.agency.as_deref().is_some_and(is_agency) && agency,
            Mark::Dash if agency => true,
            Mark::Dash if self.date.is_some() => form == Form::Capitals || self.comma,
            Mark::Dash => {
                form == Form::Capitals && !is_label(&self.place) && begins_a_sentence(after)
            }
        }
    }

    /// The dateline whose text goes on at `next` of `body`, which has `before` bytes before it. In `Md., - March 4 -` the date
    /// has a dash of its own.
    fn into_dateline(mut self, body: &str, next: usize, before: usize) -> Dateline {
        let mut length = before + next;
        if self.date.is_none()
            && let Some(end) = ends(&body[next..]).next()
            && let between = body[next..][..end.at].trim()
            && date::is_day(between)
        {
            self.date = Some(between.to_string());
            length += end.next;
        }
        Dateline {
            place: self.place,
            date: self.date,
            agency: self.agency,
            length,
        }
    }
}

/// How a place is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    Capitals,
    Mixed,
}

/// The form of a place, when it can be one: a few words with capitals, perhaps a region after a comma.
fn form_of(place: &str) -> Option<Form> {
    let city = place.split(',').next().unwrap_or_default().trim();
    let words = || place.split([' ', '/', ',']).filter(|word| !word.is_empty());
    let fits = |word: &str| {
        let mut letters = word.chars().filter(|c| c.is_alphabetic());
        let capital = letters.next().is_some_and(|c| !c.is_lowercase());
        (capital || PARTICLES.contains(&word))
            && word
                .chars()
                .all(|c| c.is_alphabetic() || matches!(c, '.' | '\'' | '’' | '-' | '‘' | 'º'))
    };
    let first = city.split(' ').next().unwrap_or_default();
    let possible = (1..=5).contains(&city.split(' ').count())
        && words().count() <= 9
        && place.matches(',').count() <= 3
        && words().all(fits)
        && first.chars().next().is_some_and(char::is_uppercase)
        && !SENTENCE_WORDS.contains(&first.to_lowercase().as_str());
    let capitals = !city.chars().any(char::is_lowercase);
    possible.then_some(if capitals {
        Form::Capitals
    } else {
        Form::Mixed
    })
}

/// Words in capitals that are no place: a label, an acronym of up to three letters.
fn is_label(place: &str) -> bool {
    let letters = place.chars().filter(|c| c.is_alphabetic()).count();
    letters < 4
        || LABELS.contains(&place)
        || place
            .split(' ')
            .next()
            .is_some_and(|word| LABELS.contains(&word))
        || place.split(' ').any(is_agency)
}

fn begins_a_sentence(text: &str) -> bool {
    let first = text.trim_start_matches(|c: char| {
        c.is_whitespace() || matches!(c, '"' | '\'' | '“' | '‘' | '«' | '„' | '¿' | '¡')
    });
    first
        .chars()
        .next()
        .is_some_and(|c| c.is_uppercase() || c.is_numeric())
}

/// `ANKARA` alone on the first line, the story under it.
fn line_of_its_own(body: &str, before: usize) -> Option<Dateline> {
    let (line, rest) = body.split_once('\n')?;
    let line = line.trim();
    let few_words = line.len() < 60 && line.split(',').next()?.split([' ', '/']).count() <= 2;
    let story = rest.trim_start();
    let story_in_small_letters = story.chars().take(200).filter(|c| c.is_lowercase()).count() > 10;
    let is_place = few_words
        && form_of(line) == Some(Form::Capitals)
        && !line.ends_with('.')
        && !is_label(line);
    let length = before + body.len() - story.len();
    (is_place && story_in_small_letters).then(|| Dateline {
        place: clean::line(line),
        date: None,
        agency: None,
        length,
    })
}

/// A dateline in brackets, place and day divided by a dash: `(New York, NY - October 21) `.
fn in_brackets(body: &str, before: usize) -> Option<Dateline> {
    let inner = body.strip_prefix('(')?;
    let close = inner.find(')').filter(|at| *at < LONGEST)?;
    let (place, day) = inner[..close]
        .rsplit_once(" - ")
        .or_else(|| inner[..close].rsplit_once(" – "))?;
    let place = without_comma(place.trim());
    let rest = inner[close + 1..].trim_start_matches(|c: char| c.is_whitespace() || is_dash(c));
    let fits = form_of(place).is_some() && date::is_day(day.trim()) && !rest.is_empty();
    fits.then(|| Dateline {
        place: clean::line(place),
        date: Some(day.trim().to_string()),
        agency: None,
        length: before + body.len() - rest.len(),
    })
}

/// A date with a slip of the pen: `Narch 2`, `March 187`.
fn is_slip(text: &str) -> bool {
    text.split_once(' ').is_some_and(|(word, number)| {
        word.starts_with(char::is_uppercase)
            && word.chars().all(char::is_alphabetic)
            && (1..=3).contains(&number.len())
            && number.starts_with(|c: char| c.is_ascii_digit())
            && number.bytes().all(|byte| byte.is_ascii_alphanumeric())
    })
}

/// A text without the comma or dash at its end.
fn without_comma(text: &str) -> &str {
    text.trim_end_matches(|c: char| c.is_whitespace() || c == ',' || is_dash(c))
}
