//! Languages of texts and names of languages.

use morgue::text::language::{detect, normalise};
use proptest::prelude::*;

use crate::support::within;

#[test]
fn names_become_tags() {
    for (said, tag) in [
        ("en", "en"),
        ("EN", "en"),
        ("en_IN", "en-IN"),
        ("pt-br", "pt-BR"),
        ("de_AT", "de-AT"),
        ("eng", "en"),
        ("ger", "de"),
        ("deu", "de"),
        ("English", "en"),
        ("français", "fr"),
        ("zh-Hans", "zh-Hans"),
        ("zh-hans-cn", "zh-Hans-CN"),
        ("nb-NO", "nb-NO"),
        ("cmn", "zh"),
        ("日本語", "ja"),
        (" en ", "en"),
        ("en,fr", "en"),
        ("en_US.UTF-8", "en-US"),
        ("es-419", "es-419"),
        ("de-1996", "de-1996"),
        ("pcm", "pcm"),
        ("yor", "yo"),
        ("kmb", "kmb"),
        ("en_US", "en-US"),
        ("zh-CN", "zh-CN"),
        ("sr-latn", "sr-Latn"),
        ("English (US)", "en"),
        ("Chinese (Simplified)", "zh"),
        // Withdrawn codes, and what is written for them by mistake.
        ("iw", "he"),
        ("in", "id"),
        ("in-ID", "id-ID"),
        ("ji", "yi"),
        ("scr", "hr"),
        ("sh", "sr-Latn"),
        ("en-UK", "en-GB"),
        ("cn", "zh"),
        ("no", "no"),
        ("nb", "nb"),
    ] {
        assert_eq!(normalise(said).as_deref(), Some(tag), "{said}");
    }
    for said in [
        "",
        "x",
        "und",
        "mul",
        "Klingonish",
        "1234",
        "en glish",
        "xy",
        "--",
    ] {
        assert_eq!(normalise(said), None, "{said}");
    }
}

#[test]
fn texts_tell_their_language() {
    for (tag, text) in [
        (
            "en",
            "The old mill by the river burned on Monday night, and nobody was hurt, the fire brigade said.",
        ),
        (
            "de",
            "Die alte Mühle am Fluss ist am Montagabend abgebrannt, verletzt wurde niemand, sagte die Feuerwehr.",
        ),
        (
            "fr",
            "Le vieux moulin au bord de la rivière a brûlé lundi soir, sans faire de blessés, selon les pompiers.",
        ),
        ("zh", "河边的旧磨坊星期一晚上烧毁了"),
        ("ja", "川沿いの古い水車小屋が月曜の夜に焼けた"),
        ("ko", "강가의 오래된 방앗간이 월요일 밤에 탔다"),
        (
            "ru",
            "Старая мельница у реки сгорела в понедельник вечером, никто не пострадал, сообщили пожарные.",
        ),
        (
            "pcm",
            "Di old mill wey dey near di river don burn for Monday night, but nobody wound, na so fire service pipo tok.",
        ),
        (
            "sw",
            "Kinu cha zamani kando ya mto kiliungua Jumatatu usiku, lakini hakuna mtu aliyeumia, kwa mujibu wa kikosi cha zima moto katika mji huo.",
        ),
        (
            "so",
            "Guriga duugga ah ee ku yaalla webiga ayaa habeenkii Isniinta gubtay, balse ma jiro qof ku dhaawacmay, sida ay sheegeen dab-damiska.",
        ),
    ] {
        assert_eq!(detect(text), Some(tag), "{text}");
    }
    // Letters tell Kurdish from Persian, and Pashto and Uyghur from both.
    for (tag, text) in [
        (
            "ku",
            "ئاشە کۆنەکەی قەراغ ڕووبارەکە شەوی دووشەممە سووتا و هیچ کەسێک زیانی پێ نەگەیشت",
        ),
        (
            "fa",
            "آسیاب قدیمی کنار رودخانه دوشنبه شب در آتش سوخت و به گفته آتش‌نشانی کسی آسیب ندید",
        ),
        (
            "en",
            "Producers of wool get face to face advice on how to sell to one more market for it",
        ),
    ] {
        assert_eq!(detect(text), Some(tag), "{text}");
    }
    for text in ["", "12.05.2020", "Reuters", "OK", "— — —"] {
        assert_eq!(detect(text), None, "{text}");
    }
}

#[test]
fn only_the_beginning_of_a_long_text_is_read() {
    within(60, "one language", || detect(&"mill ".repeat(2_000_000)));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn tags_are_tags(text in any::<String>(), tag in "[a-zA-Z_-]{0,12}") {
        let found = detect(&text).map(str::to_string);
        for tag in [found, normalise(&text), normalise(&tag)].into_iter().flatten() {
            prop_assert_eq!(normalise(&tag), Some(tag));
        }
    }
}
