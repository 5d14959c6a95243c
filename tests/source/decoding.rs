//! Bytes to text, whole and as a stream.

use std::io::Read;

use encoding_rs::{
    BIG5, EUC_KR, Encoding, GB18030, ISO_8859_2, KOI8_R, SHIFT_JIS, WINDOWS_1251, WINDOWS_1252,
    WINDOWS_1256,
};
use morgue::source::{decode, decoding_reader};
use proptest::prelude::*;

/// What a stream of these bytes is read as; formats look at 64 KiB before they read.
fn streamed(bytes: &[u8], declared: Option<&str>) -> String {
    let head = &bytes[..bytes.len().min(64 * 1024)];
    let mut text = String::new();
    let mut input = bytes;
    decoding_reader(&mut input, head, declared)
        .read_to_string(&mut text)
        .unwrap();
    text
}

#[track_caller]
fn check(bytes: &[u8], declared: Option<&str>, encoding: &str, text: &str) {
    let decoded = decode(bytes.to_vec(), declared);
    assert_eq!((decoded.encoding, decoded.text.as_str()), (encoding, text));
    if !encoding.starts_with("UTF-32") {
        assert_eq!(streamed(bytes, declared), text);
    }
}

#[test]
fn a_mark_decides() {
    check(
        b"\xef\xbb\xbfcaf\xc3\xa9",
        Some("iso-8859-1"),
        "UTF-8",
        "café",
    );
    check(
        b"\xff\xfec\0a\0f\0\xe9\0",
        Some("utf-8"),
        "UTF-16LE",
        "café",
    );
    check(b"\xfe\xff\0c\0a\0f\0\xe9", None, "UTF-16BE", "café");
    check(b"\xff\xfe\0\0c\0\0\0\xe9\0\0\0", None, "UTF-32LE", "cé");
    check(b"\0\0\xfe\xff\0\0\0c\0\0\0\xe9", None, "UTF-32BE", "cé");
}

#[test]
fn wide_text_is_seen_without_a_mark() {
    for text in [
        "<?xml version='1.0'?>",
        "Café über alles",
        "Первая строка, 12 марта",
    ] {
        let units = || text.encode_utf16();
        let little: Vec<u8> = units().flat_map(u16::to_le_bytes).collect();
        let big: Vec<u8> = units().flat_map(u16::to_be_bytes).collect();
        check(&little, None, "UTF-16LE", text);
        check(&big, Some("utf-8"), "UTF-16BE", text);
        let wide: Vec<u8> = text
            .chars()
            .flat_map(|it| u32::from(it).to_be_bytes())
            .collect();
        check(&wide, None, "UTF-32BE", text);
    }
    check(b"a\0b", None, "UTF-8", "a\0b");
    check(b"padded\0\0\0\0", None, "UTF-8", "padded\0\0\0\0");
}

#[test]
fn valid_utf8_is_utf8_whatever_is_declared() {
    for declared in [
        None,
        Some("iso-8859-1"),
        Some("gb2312"),
        Some("utf-16"),
        Some("x"),
    ] {
        check(
            "Café “ok” мир 新闻".as_bytes(),
            declared,
            "UTF-8",
            "Café “ok” мир 新闻",
        );
        check(b"plain", declared, "UTF-8", "plain");
        check(b"", declared, "UTF-8", "");
    }
}

#[test]
fn the_declared_encoding_is_used_where_it_is_possible() {
    check(b"100 \xa4", Some("ISO-8859-15"), "ISO-8859-15", "100 €");
    check(b"100 \x80", Some("iso-8859-1"), "windows-1252", "100 €");
    check(b"100 \x80", Some(" 'CP1252' "), "windows-1252", "100 €");
    check(b"\xcc\xe8\xf0", Some("windows-1251"), "windows-1251", "Мир");
    check(b"\xd0\xc2\xce\xc5", Some("gb2312"), "GBK", "新闻");
    // Not possible, not known, or seen not to be so.
    for declared in [
        "utf-8",
        "utf8",
        "utf-16",
        "shift_jis",
        "klingon",
        "hz-gb-2312",
        "",
    ] {
        check(
            b"M\xfcller said",
            Some(declared),
            "windows-1252",
            "Müller said",
        );
    }
    check(
        b"\x1b$B%K%e!<%9\x1b(B news",
        Some("iso-2022-jp"),
        "ISO-2022-JP",
        "ニュース news",
    );
}

#[test]
fn one_odd_byte_in_a_long_text_is_windows_1252() {
    let mut text = b"The tram line was opened. ".repeat(5000);
    text.extend(b"Mr M\xfcller said.");
    let decoded = decode(text.clone(), None);
    assert_eq!(decoded.encoding, "windows-1252");
    assert!(decoded.text.ends_with("Mr Müller said.") && decoded.clean);
    assert!(streamed(&text, None).ends_with("Mr Müller said."));
    for (bytes, text) in [
        (&b"it cost \xa3100"[..], "it cost £100"),
        (
            b"the \x93Harbour\x94 \x96 it\x92s open",
            "the “Harbour” – it’s open",
        ),
        (b"a caf\xe9 in Paris", "a café in Paris"),
        (b"a caf\xe9 for \xa35m", "a café for £5m"),
        (b"El ni\xf1o, ma\xf1ana", "El niño, mañana"),
        (b"10\xa0000 francs", "10\u{a0}000 francs"),
    ] {
        check(bytes, None, "windows-1252", text);
    }
}

#[test]
fn damaged_utf8_is_still_utf8() {
    let mut text = "Élan, façade, naïve, “quoted”, café ".as_bytes().to_vec();
    text.extend(b"bad \xff byte");
    let decoded = decode(text.clone(), Some("iso-8859-1"));
    assert_eq!(decoded.encoding, "UTF-8");
    assert!(!decoded.clean);
    assert!(decoded.text.ends_with("café bad \u{fffd} byte"));
    assert_eq!(streamed(&text, None), decoded.text);
}

#[test]
fn other_encodings_are_detected() {
    const RUSSIAN: &str =
        "Городской совет отклонил проект новой трамвайной линии, сообщает газета.";
    const CHINESE: &str = "市议会昨天否决了新的电车线路计划,居民表示失望。港口在暴风雨后重新开放。";
    const TAIWAN: &str = "市議會昨天否決了新的電車路線計畫,居民表示失望。港口在暴風雨後重新開放。";
    const JAPANESE: &str = "市議会は昨日、新しい路面電車の計画を否決した。港は嵐のあと再開した。";
    const KOREAN: &str =
        "시의회는 어제 새로운 전차 노선 계획을 부결했다. 항구는 폭풍 후 다시 열렸다.";
    const ARABIC: &str = "رفض مجلس المدينة أمس خطة خط الترام الجديد وأعيد فتح الميناء بعد العاصفة";
    const POLISH: &str = "Rada miejska odrzuciła wczoraj plan nowej linii tramwajowej, część mieszkańców jest zawiedziona. Żeglugę wznowiono później.";
    for (encoding, name, text) in [
        (WINDOWS_1251, "windows-1251", RUSSIAN),
        (KOI8_R, "KOI8-U", RUSSIAN),
        (GB18030, "GBK", CHINESE),
        (BIG5, "Big5", TAIWAN),
        (SHIFT_JIS, "Shift_JIS", JAPANESE),
        (EUC_KR, "EUC-KR", KOREAN),
        (WINDOWS_1256, "windows-1256", ARABIC),
        (ISO_8859_2, "ISO-8859-2", POLISH),
    ] {
        let (bytes, _, lost) = encoding.encode(text);
        assert!(!lost);
        check(&bytes, None, name, text);
        // A declaration that is not possible does not disturb.
        check(&bytes, Some("utf-8"), name, text);
    }
}

#[test]
fn each_line_of_a_long_stream_is_read_by_itself() {
    let mut bytes = b"plain line\n".repeat(10_000);
    bytes.extend("Café\n".as_bytes());
    bytes.extend(b"Caf\xe9\r\n");
    bytes.extend(b"\xd0\xc2\xce\xc5");
    let end = |declared| {
        let text = streamed(&bytes, declared);
        text.trim_start_matches("plain line\n").to_owned()
    };
    assert_eq!(end(None), "Café\nCafé\r\nÐÂÎÅ");
    // GBK has no character E9 0D; that line falls back once more.
    assert_eq!(end(Some("gbk")), "Café\nCafé\r\n新闻");
}

#[test]
fn a_line_without_end_is_read_in_pieces() {
    let text = "мир – 新闻 – ".repeat(200_000);
    assert!(streamed(text.as_bytes(), None) == text);
    let (legacy, ..) = WINDOWS_1251.encode("Первая строка без конца, ");
    let text = streamed(&legacy.repeat(100_000), None);
    assert!(text == "Первая строка без конца, ".repeat(100_000));
}

#[test]
fn a_head_may_end_within_a_character() {
    let text = "港口在暴风雨后重新开放。".repeat(10_000);
    for shift in ["", "x"] {
        let text = format!("{shift}{text}");
        for encoding in [GB18030, SHIFT_JIS, BIG5] {
            let (bytes, _, lost) = encoding.encode(&text);
            if !lost {
                assert!(streamed(&bytes, None) == text, "{}", encoding.name());
                assert!(streamed(&bytes, Some(encoding.name())) == text);
            }
        }
        assert!(streamed(text.as_bytes(), None) == text);
    }
}

#[test]
fn a_failure_to_read_comes_through() {
    let packed = super::gzip(&b"a line of news\n".repeat(1000));
    let mut cut = flate2::bufread::GzDecoder::new(&packed[..packed.len() - 9]);
    let mut input = std::io::BufReader::new(&mut cut);
    let mut text = String::new();
    assert!(
        decoding_reader(&mut input, b"a line", None)
            .read_to_string(&mut text)
            .is_err()
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn valid_utf8_comes_out_as_it_went_in(text in "[^\0\u{1b}\u{feff}]{0,300}", declared in label()) {
        let decoded = decode(text.clone().into_bytes(), declared);
        prop_assert_eq!(&decoded.text, &text);
        prop_assert!(decoded.clean);
        prop_assert_eq!(streamed(text.as_bytes(), declared), text);
    }

    #[test]
    fn any_bytes_become_some_text(
        bytes in prop::collection::vec(any::<u8>(), 0..600),
        declared in label(),
    ) {
        let decoded = decode(bytes.clone(), declared);
        prop_assert!(Encoding::for_label(decoded.encoding.as_bytes()).is_some()
            || decoded.encoding.starts_with("UTF-32"));
        streamed(&bytes, declared);
        let _ = morgue::source::looks_binary(&bytes);
    }

    #[test]
    fn western_text_survives_without_a_declaration(words in prop::collection::vec("[a-z]{2,9}", 30..60)) {
        let text = words.join(" ") + " café £5 “ok” Müller.";
        let (bytes, ..) = WINDOWS_1252.encode(&text);
        prop_assert_eq!(decode(bytes.into_owned(), Some("latin1")).text, text);
    }
}

fn label() -> impl Strategy<Value = Option<&'static str>> {
    prop::sample::select(vec![
        None,
        Some("utf-8"),
        Some("iso-8859-1"),
        Some("gbk"),
        Some("shift_jis"),
        Some("utf-16"),
        Some("iso-2022-jp"),
        Some("nonsense"),
    ])
}
