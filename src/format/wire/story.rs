//! What the layouts of wires share: the text of a story, the table that it may be instead, and the marks of its version.

use super::super::mapping::{finished, split_dateline};
use super::super::story::unreadable;
use super::super::{Draft, MapField, Part, Record, Rejection, layout, table};
use crate::article::Status;
use crate::source::SkipReason;
use crate::text::{byline, date, dateline};

/// What is said of a table.
const TABLE: &str = "it is a table: results, prices or weather";

/// Sets text, dateline and agency, and makes the record; a table is none.
pub(super) fn record(mut draft: Draft, text: &str) -> Record {
    let text = plain(text);
    if is_list(&text) {
        return Err(Rejection::new(SkipReason::NotAnArticle, TABLE));
    }
    let mut paragraphs: Vec<String> = layout::paragraphs(&text)
        .split("\n\n")
        .filter(|paragraph| paragraph.chars().any(char::is_alphanumeric))
        .map(str::to_owned)
        .collect();
    while paragraphs.last().is_some_and(|last| is_signature(last)) {
        paragraphs.pop();
    }
    if table::is_table(&paragraphs) || table::is_roll(&paragraphs) {
        return Err(Rejection::new(SkipReason::NotAnArticle, TABLE));
    }
    let body = paragraphs.join("\n\n");
    if draft.article.source.is_none() {
        draft.article.source = dateline::split(&body).and_then(|found| found.agency);
        let at = "agency in the dateline";
        draft.origins.note(MapField::Source, at);
    }
    draft.origins.note(MapField::Body, "text of the message");
    draft.article.body = body;
    let printed = split_dateline(&mut draft);
    if draft.date.is_none() {
        draft.date = printed.and_then(|date| date::read(&date, None));
        draft.origins.note(MapField::Date, "date in the dateline");
    }
    draft.article.body = typeset(&draft.article.body);
    finished(draft, "a message without text")
}

/// The lines without the marks of typesetting at their ends (`<` and `=`) and without control characters.
fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for line in text.lines() {
        let line = line.trim_end_matches(|c: char| c.is_whitespace() || c.is_control());
        let line = line.trim_end_matches('<');
        for c in line.chars() {
            match c {
                '\t' => out.push_str("    "),
                c if c.is_control() => {}
                c => out.push(c),
            }
        }
        out.push('\n');
    }
    out
}

/// Quotation marks and dashes as people write them: a wire has neither and sends ``` `` ''``` and ` _ `.
pub(super) fn typeset(text: &str) -> String {
    let mut text = text.replace("``", "“").replace(" _ ", " — ");
    if text.contains('“') {
        text = text.replace("''", "”");
    }
    text
}

/// Whether the last line is that of the editors: `dpa wsz jln npr`, `AAP RTV`, `-30-`, `more ug`, `END`.
fn is_signature(line: &str) -> bool {
    let words: Vec<&str> = line.split_whitespace().collect();
    let mark = line.trim_matches(|c: char| !c.is_alphanumeric());
    let ended = ["30", "END", "end", "ENDS", "ends", "more", "MORE", "###"].contains(&mark);
    let initials = words.len() <= 8
        && words[1..].iter().all(|word| {
            word.len() <= 7
                && word
                    .chars()
                    .all(|c| c.is_alphanumeric() || "-/".contains(c))
        })
        && (words[1..]
            .iter()
            .all(|word| word.chars().all(|c| !c.is_uppercase()))
            || words[1..]
                .iter()
                .all(|word| word.chars().all(|c| !c.is_lowercase())));
    let first = words.first().copied().unwrap_or_default();
    ended || initials && byline::is_agency(first) || first == "more" && words.len() <= 2
}

/// Whether the text is a list: many lines, and nearly all of a few words that end no sentence.
fn is_list(text: &str) -> bool {
    let (mut lines, mut short) = (0usize, 0usize);
    for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
        lines += 1;
        let few = line.split_whitespace().take(7).count() < 7;
        short += usize::from(few && !line.ends_with(['.', '!', '?', '"', '\'', ',']));
    }
    lines >= 12 && short * 5 >= lines * 4
}

/// Reads the marks that editors put on a version: `2ND LEAD`, `1st Ld-Writethru`, `KILL`, `EMBARGOED until …`.
///
/// A lead replaces what was sent before it: the first one is the second version. The line is no headline: floods kill,
/// too.
pub(super) fn mark(draft: &mut Draft, line: &str) {
    let article = &mut draft.article;
    let lower = line.to_lowercase();
    let words: Vec<&str> = lower
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .collect();
    for pair in words.windows(2) {
        let number: String = pair[0].chars().take_while(char::is_ascii_digit).collect();
        let lead = ["ld", "lead", "sub", "update"]
            .iter()
            .any(|known| pair[1].starts_with(known));
        let ordinal = ["st", "nd", "rd", "th"]
            .iter()
            .any(|end| pair[0].ends_with(end));
        if let (true, true, Ok(number)) = (lead, ordinal, number.parse::<u32>()) {
            article.version = article.version.max(number.checked_add(1));
            draft
                .origins
                .note(Part::Version, "an editor's mark: LEAD, UPDATE");
        }
    }
    let shouted = |known: &[&str]| {
        line.split(|c: char| !c.is_alphanumeric())
            .any(|word| known.contains(&word))
    };
    if shouted(&["KILL", "KILLED", "WITHDRAWN", "WITHDRAWAL", "WITHDRAW"]) {
        article.status = Status::Canceled;
        draft
            .origins
            .note(Part::Status, "an editor's mark: KILL, WITHDRAWN");
    } else if shouted(&["WITHHOLD", "WITHHELD"]) {
        article.status = Status::Withheld;
        draft
            .origins
            .note(Part::Status, "an editor's mark: WITHHOLD");
    }
    let is_held = holds_back(&lower);
    if is_held || HELD.iter().any(|name| lower.contains(name)) {
        let until = date::find(line, None).map(|(_, reading)| Ok(reading));
        // A mark without a day cannot be kept, and a headline is no mark.
        let until = until.or_else(|| is_held.then(|| Err(unreadable(line))));
        let at = "an editor's mark: EMBARGO";
        draft.embargo = draft
            .origins
            .told(MapField::Embargo, at, until)
            .or(draft.embargo.take());
    }
}

/// What stories are held back by. Those that only tell of an embargo have these words, too.
const HELD: &[&str] = &["embargoed", "embargo", "sperrfrist"];

/// Whether a line in small letters says that a story is held back: `embargoed until 10:00 gmt`, `sperrfrist: montag`, `embargo`.
/// `cuba embargo eased` is about one.
pub(super) fn holds_back(lower: &str) -> bool {
    const PHRASES: &[&str] = &[
        "hold for release",
        "not for release before",
        "not for release until",
        "embargoed for release",
    ];
    const UNTIL: &[&str] = &["until", "till", "til", "bis"];
    let says = |name: &&str| {
        let Some((before, after)) = lower.split_once(*name) else {
            return false;
        };
        let word = after.trim_start().split(|c: char| !c.is_alphanumeric());
        let word = word.into_iter().next().unwrap_or_default();
        let is_alone = !before.contains(char::is_alphanumeric);
        after.trim_start().starts_with(':')
            || UNTIL.contains(&word)
            || is_alone && !after.contains(char::is_alphanumeric)
            || is_alone && word.starts_with(|c: char| c.is_ascii_digit())
    };
    PHRASES.iter().any(|phrase| lower.contains(phrase)) || HELD.iter().any(says)
}

/// Whether a line is a mark and no headline: a few words, all in capitals.
pub(super) fn is_mark(line: &str) -> bool {
    const MARKS: &[&str] = &[
        "LEAD",
        "LD",
        "NET",
        "REFILE",
        "EXTRA",
        "URGENT",
        "FLASH",
        "BULLETIN",
        "UPDATE",
        "CORRECTION",
        "CORRECTED",
        "CORRECTS",
        "KILL",
        "WITHHOLD",
        "WITHDRAWAL",
        "WITHDRAWN",
        "EMBARGO",
        "EMBARGOED",
        "REPEAT",
        "RPT",
        "ADVISORY",
        "ROUNDUP",
        "PREVIEW",
        "FEATURE",
        "ANALYSIS",
        "BACKGROUND",
        "INTERVIEW",
        "NEWS",
        "WRITETHRU",
        "WRITETHROUGH",
        "ADD",
        "TAKE",
    ];
    let words: Vec<&str> = line
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .collect();
    let capitals = !line.chars().any(char::is_lowercase);
    let embargo = line
        .get(..8)
        .is_some_and(|begin| begin.eq_ignore_ascii_case("embargoe"));
    embargo
        || holds_back(&line.to_lowercase())
        || capitals
            && (1..=4).contains(&words.len())
            && words.iter().any(|word| MARKS.contains(word))
}

/// The byline of a header line, and the line that follows it when it says for whom: `By ANN LEE`, `Associated Press`.
pub(super) fn sign(draft: &mut Draft, line: &str) {
    draft.article.byline = byline::names(line);
    draft.article.byline_line = Some(line.to_owned()).filter(|line| !line.is_empty());
    draft
        .origins
        .note(MapField::Byline, "byline above the text");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_told_by_their_marks() {
        let check = |line: &str, version: Option<u32>, status: Status| {
            let mut draft = Draft::default();
            mark(&mut draft, line);
            assert_eq!(
                (draft.article.version, draft.article.status),
                (version, status),
                "{line}"
            );
        };
        check(
            "BC-US--Giant Lobster, 1st Ld-Writethru,127",
            Some(2),
            Status::Usable,
        );
        check("2ND LEAD", Some(3), Status::Usable);
        check("BC-US--Fire, KILL", None, Status::Canceled);
        check("Floods kill ten", None, Status::Usable);
        check("WITHHOLD", None, Status::Withheld);
        check("EXTRA", None, Status::Usable);
    }

    #[test]
    fn what_is_held_back_is_no_news_of_embargoes() {
        let check = |line: &str, expected: Option<Result<&str, &str>>| {
            let mut draft = Draft::default();
            mark(&mut draft, line);
            let until = draft
                .embargo
                .map(|until| until.map(|reading| reading.settle(None).unwrap().to_string()));
            let until = until.as_ref();
            let until = until.map(|until| until.as_deref().map_err(|printed| &**printed));
            assert_eq!(until, expected, "{line}");
        };
        check(
            "EMBARGOED until 3 May 2099 10:00 GMT",
            Some(Ok("2099-05-03T10:00:00Z")),
        );
        check("Embargo 31.12.2099", Some(Ok("2099-12-31")));
        check("Cuba embargo ends on 3 May 2099", Some(Ok("2099-05-03")));
        for held in [
            "EMBARGOED UNTIL 1000 GMT",
            "Embargo: Monday noon",
            "EMBARGO",
            "Strictly not for release before Monday",
            "HOLD FOR RELEASE",
            "Sperrfrist: Montag, 10 Uhr",
            "Sperrfrist bis Montag",
            "EMBARGOED 0600 GMT",
            "Embargoed until 2099-13-40",
        ] {
            check(held, Some(Err(held)));
            assert!(is_mark(held), "{held}");
        }
        for news in [
            "BC-Cuba-Embargo,1st Ld-Writethru,127",
            "Cuba embargo eased",
            "Embargo on grain lifted",
            "EMBARGOED GOODS SEIZED",
            "Sperrfrist für Ärzte verlängert",
        ] {
            check(news, None);
        }
    }

    #[test]
    fn editors_sign_under_the_text() {
        let check = |line: &str, expected: bool| assert_eq!(is_signature(line), expected, "{line}");
        check("dpa wsz jln npr", true);
        check("AAP RTV", true);
        check("-30-", true);
        check("It rained on Monday.", false);
        check("AP said so.", false);
    }
}
