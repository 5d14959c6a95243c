//! Sentences and what only looks like their end.

use morgue::text::sentence::starts;
use proptest::prelude::*;

use crate::support::within;

/// `|` stands where a sentence begins.
#[track_caller]
fn check(marked: &str) {
    let text = marked.replace('|', "");
    let mut found = String::new();
    let mut last = 0;
    for start in starts(&text).skip(1) {
        found.push_str(&text[last..start]);
        found.push('|');
        last = start;
    }
    found.push_str(&text[last..]);
    assert_eq!(found, marked);
}

#[test]
fn sentences_end_where_people_say() {
    check("");
    check("One");
    check("The mill burned. |Nobody was hurt. |Why? |Nobody knows! |It will be rebuilt…");
    check("\"It burned,\" she said. |\"All of it.\" |Then she left.");
    check("\"Did it burn?\" he asked. |(It did.) |She nodded.");
    check("It burned ... |And again. ... it went on.");
    check("¿Por qué? |¡Nadie lo sabe! |«No lo sé.» |Fue ayer.");
    check("He paid 3.14 dlrs at www.example.com to Yahoo. |Then 5.");
    check("It ended 3-2. |Stone scored. |In 1987. |Then came 1988.");
}

#[test]
fn abbreviations_do_not_end_them() {
    check("On Sept. 17 Mr. Stone met U.S. Secretary J. R. Lee in St. Petersburg.");
    check("Dr. Ann Lee of Stone Corp. and Lt. Col. Bo Ek met at 10 a.m. Monday.");
    check("He lives in the U.S. |The mill does not. |It closed at 5 p.m. |She left.");
    check("Stone & Co. said. |Stone Inc. |The rest is No. 5 of Vol. 3, p. 12. |No. |Never.");
    check("RICHMOND, Va. Feb. 26 passed. |Brown Bros. Harriman came, too.");
    check("It cost approx. 5 mln. dlrs, etc. |But nobody paid.");
    check(
        "Am 3. Mai kam z. B. Frau Dr. Weber, d. h. die 2. Vorsitzende. |Sie blieb bis 12. |Dann ging sie.",
    );
    check("M. Dupont et Mme. Roy vivent av. Foch. |Ils sont là.");
    check("The U.N. Security Council met. |J. Stone spoke.");
    check("Plan B. |The end.");
}

#[test]
fn other_scripts_have_their_own_marks() {
    check("工厂烧毁了。|没有人受伤！|为什么？|不知道。");
    check("「燃えた。」|彼は言った。");
    check("मिल जल गई। |कोई घायल नहीं हुआ।");
    check("لماذا احترق المصنع؟ |لا أحد يعرف. |انتهى.");
    check("کارخانہ جل گیا۔ |کوئی زخمی نہیں ہوا۔");
    check("ፋብሪካው ተቃጠለ። |ማንም አልተጎዳም።");
    check("Завод сгорел. |В 1987 г. Иванов А. П. был там. |Он ушёл.");
}

#[test]
fn it_takes_linear_time() {
    for unit in [
        "Mr. ",
        ". ",
        "…",
        "。",
        "A.",
        "\"",
        "x.\" ",
        ") ",
        "Inc. The ",
    ] {
        let text = unit.repeat(1_000_000 / unit.len());
        within(60, unit, || {
            let _ = starts(&text).count();
        });
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn starts_are_increasing_and_between_characters(
        text in prop_oneof![any::<String>(), "(Mr|A|the|The|[.!?…。؟।]|[ \"”)]|é|1|Inc){0,30}"],
    ) {
        let starts: Vec<usize> = starts(&text).collect();
        prop_assert_eq!(starts.first().copied(), (!text.is_empty()).then_some(0));
        prop_assert!(starts.windows(2).all(|pair| pair[0] < pair[1]));
        prop_assert!(starts.iter().all(|start| *start < text.len() && text.is_char_boundary(*start)));
    }
}
