//! Times of day and their zones: 15:01:01.79, 10h15, 10:00 PM IST, um 10.15 Uhr, 下午3:15, T100000+0200.

use super::shape::Tokens;

/// A time of day, to the second.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Time {
    pub(super) hour: u32,
    pub(super) minute: u32,
    pub(super) second: u32,
    /// Seconds east of UTC, where a zone is given.
    pub(super) offset: Option<i32>,
}

/// Abbreviations of zones, with minutes east of UTC. Several mean different zones in different countries; these are
/// the ones that news uses most: BST is British Summer Time, CST and EST are North America's, IST is India's, AST the
/// Atlantic's, GST the Gulf's. [`ELSEWHERE`] has the exceptions by language. `ET`, `PT` and their like name a zone
/// without telling summer from winter and are left out.
#[rustfmt::skip]
const ZONES: &[(&str, i32)] = &[
    ("z", 0), ("ut", 0), ("utc", 0), ("gmt", 0), ("wet", 0), ("west", 60), ("bst", 60), ("wat", 60),
    ("cet", 60), ("met", 60), ("mez", 60), ("cest", 120), ("mest", 120), ("mesz", 120),
    ("eet", 120), ("cat", 120), ("sast", 120), ("eest", 180), ("eat", 180), ("msk", 180), ("trt", 180), ("idt", 180),
    ("irst", 210), ("gst", 240), ("pkt", 300), ("ist", 330), ("npt", 345), ("wib", 420), ("ict", 420),
    ("wita", 480), ("awst", 480), ("hkt", 480), ("sgt", 480), ("myt", 480), ("pht", 480), ("wit", 540), ("jst", 540),
    ("kst", 540), ("acst", 570), ("aest", 600), ("acdt", 630), ("aedt", 660), ("nzst", 720), ("nzdt", 780),
    ("ndt", -150), ("nst", -210), ("adt", -180), ("brt", -180), ("art", -180), ("clst", -180), ("ast", -240),
    ("edt", -240), ("clt", -240), ("vet", -240), ("est", -300), ("cdt", -300), ("cot", -300), ("pet", -300),
    ("cst", -360), ("mdt", -360), ("mst", -420), ("pdt", -420), ("pst", -480), ("akdt", -480), ("akst", -540),
    ("hst", -600),
];

/// Zones by language, where their abbreviation means another one.
const ELSEWHERE: &[(&str, &str, i32)] =
    &[("zh", "cst", 480), ("he", "ist", 120), ("ga", "ist", 60)];

/// Words after the numbers that make a time of them.
const UNITS: [&str; 6] = ["uhr", "uur", "h", "hrs", "hours", "ч"];

/// Words before the hour that say which half of the day it is in, and whether that is the second.
const HALF_BEFORE: &[(&str, bool)] = &[
    ("오전", false),
    ("오후", true),
    ("上午", false),
    ("下午", true),
    ("午前", false),
    ("午後", true),
    ("早上", false),
    ("晚上", true),
];

/// The time of day at a place, and the place after it and its zone. After a word that announces a time (`um`, `kl.`, the T
/// of ISO 8601), `announced`, more is a time: 10.15, and digits alone.
pub(super) fn at(tokens: Tokens<'_>, at: usize, announced: bool) -> Option<(usize, Time)> {
    let (at, half_before) = half_before(tokens, at);
    let (at, mut time, form) = numbers(tokens, at, announced)?;
    let unit_at = at;
    let at = tokens.skip(at, &[], &UNITS);
    let (at, half) = half_after(tokens, at);
    let said = announced || at > unit_at || half_before.is_some();
    if form == Form::Hour && !said {
        return None;
    }
    match half.or(half_before) {
        Some(true) if time.hour < 12 => time.hour += 12,
        Some(false) if time.hour == 12 => time.hour = 0,
        _ => {}
    }
    let (at, offset) = zone(tokens, at, form == Form::Full || announced);
    if form == Form::Dotted && !said && offset.is_none() {
        return None;
    }
    time.offset = offset;
    Some((at, time))
}

/// How much the numbers say for themselves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    /// With seconds, or announced: a distance from UTC may follow without a blank.
    Full,
    /// Hours and minutes.
    Short,
    /// 10.15, which may be anything, unless a unit or a zone follows.
    Dotted,
    /// An hour alone: only a time with its unit.
    Hour,
}

fn numbers(tokens: Tokens<'_>, at: usize, announced: bool) -> Option<(usize, Time, Form)> {
    let (value, digits) = tokens.number(at)?;
    if announced && matches!(digits, 4 | 6) {
        return compact(value, digits)
            .map(|time| (tokens_after_fraction(tokens, at + 1), time, Form::Full));
    }
    let hour = match digits {
        1 | 2 => u32::try_from(value).ok()?,
        // 605:12:19 in Reuters-21578: a stray digit before the hour.
        3 => u32::try_from(value % 100).ok()?,
        _ => return None,
    };
    let time = |minute, second| Time {
        hour,
        minute,
        second,
        offset: None,
    };
    let two_digits = |at: usize| {
        tokens
            .number(at)
            .filter(|(_, digits)| *digits == 2)
            .and_then(|_| tokens.small(at))
    };
    if let (Some(':' | '：'), Some(minute)) = (tokens.mark(at + 1), two_digits(at + 2)) {
        return Some(match (tokens.mark(at + 3), two_digits(at + 4)) {
            (Some(':' | '：'), Some(second)) => (
                tokens_after_fraction(tokens, at + 5),
                time(minute, second),
                Form::Full,
            ),
            _ => (at + 3, time(minute, 0), Form::Short),
        });
    }
    if digits == 3 {
        return None;
    }
    if let Some("h" | "u" | "時" | "时" | "点" | "點" | "시") = tokens.word(at + 1) {
        let Some(minute) = tokens
            .small(at + 2)
            .filter(|_| tokens.number(at + 2).is_some_and(|(_, digits)| digits <= 2))
        else {
            return Some((at + 2, time(0, 0), Form::Short));
        };
        let after = tokens.skip(at + 3, &[], &["分", "분", "min", "m"]);
        return Some((after, time(minute, 0), Form::Short));
    }
    if let (Some('.'), Some(minute), true) = (
        tokens.mark(at + 1),
        two_digits(at + 2),
        tokens.glued(at + 2),
    ) {
        return Some((at + 3, time(minute, 0), Form::Dotted));
    }
    (!announced || digits == 2).then(|| (at + 1, time(0, 0), Form::Hour))
}

/// 100000 and 1000, after the T of ISO 8601.
fn compact(value: u64, digits: usize) -> Option<Time> {
    let value = u32::try_from(value).ok()?;
    let (clock, second) = if digits == 6 {
        (value / 100, value % 100)
    } else {
        (value, 0)
    };
    Some(Time {
        hour: clock / 100,
        minute: clock % 100,
        second,
        offset: None,
    })
}

/// Seconds have fractions after a dot or a comma; ours are whole.
fn tokens_after_fraction(tokens: Tokens<'_>, at: usize) -> usize {
    let fraction =
        matches!(tokens.mark(at), Some('.' | ',')) && tokens.glued(at) && tokens.glued(at + 1);
    if fraction && tokens.number(at + 1).is_some() {
        at + 2
    } else {
        at
    }
}

fn half_before(tokens: Tokens<'_>, at: usize) -> (usize, Option<bool>) {
    let Some(word) = tokens.word(at) else {
        return (at, None);
    };
    for (name, second_half) in HALF_BEFORE {
        if *name == word {
            return (at + 1, Some(*second_half));
        }
        // Han characters are words of their own.
        let pair = tokens
            .word(at + 1)
            .is_some_and(|next| name.strip_prefix(word) == Some(next));
        if pair {
            return (at + 2, Some(*second_half));
        }
    }
    (at, None)
}

/// am, p.m., p. m.
fn half_after(tokens: Tokens<'_>, at: usize) -> (usize, Option<bool>) {
    match tokens.word(at) {
        Some("am") => (at + 1, Some(false)),
        Some("pm") => (at + 1, Some(true)),
        Some(half @ ("a" | "p"))
            if tokens.mark(at + 1) == Some('.') && tokens.word(at + 2) == Some("m") =>
        {
            (
                at + 3 + usize::from(tokens.mark(at + 3) == Some('.')),
                Some(half == "p"),
            )
        }
        _ => (at, None),
    }
}

/// The distance from UTC in seconds, by sign or by name.
fn zone(tokens: Tokens<'_>, at: usize, full: bool) -> (usize, Option<i32>) {
    let bracket = usize::from(tokens.mark(at) == Some('(') && tokens.word(at + 1).is_some());
    if let Some(minutes) = tokens
        .word(at + bracket)
        .and_then(|word| named_zone(word, tokens.language))
    {
        let after = at + bracket + 1;
        if minutes == 0
            && let Some((after, offset)) = signed(tokens, after, true)
        {
            return (after, Some(offset));
        }
        return (after, Some(minutes * 60));
    }
    match signed(tokens, at, full) {
        Some((after, offset)) => (after, Some(offset)),
        None => (at, None),
    }
}

/// +02:00, -0500, +02, +2. Without seconds before it, 10:00-11:00 is two times, not a time and its zone.
fn signed(tokens: Tokens<'_>, at: usize, full: bool) -> Option<(usize, i32)> {
    let sign = match tokens.mark(at)? {
        '+' => 1,
        '-' | '−' => -1,
        _ => return None,
    };
    let (value, digits) = tokens.number(at + 1).filter(|_| tokens.glued(at + 1))?;
    let value = i32::try_from(value).ok()?;
    let (after, minutes) = match digits {
        4 => (at + 2, value / 100 * 60 + value % 100),
        1 | 2 if full || sign == 1 => match (tokens.mark(at + 2), tokens.small(at + 3)) {
            (Some(':'), Some(minutes)) => (at + 4, value * 60 + i32::try_from(minutes).ok()?),
            _ if tokens.glued(at) => (at + 2, value * 60),
            _ => return None,
        },
        _ => return None,
    };
    (minutes <= 14 * 60).then_some((after, sign * minutes * 60))
}

fn named_zone(word: &str, language: Option<&str>) -> Option<i32> {
    let elsewhere = ELSEWHERE
        .iter()
        .find(|(tongue, name, _)| Some(*tongue) == language && *name == word);
    elsewhere.map(|(_, _, minutes)| *minutes).or_else(|| {
        ZONES
            .iter()
            .find(|(name, _)| *name == word)
            .map(|(_, minutes)| *minutes)
    })
}
