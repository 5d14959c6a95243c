//! The names of languages: tags and what sources write in their place → BCP 47.

/// ISO 639-1, the codes of three letters (639-2/B, 639-2/T, 639-3), and the names, English and own, in lower case.
#[rustfmt::skip]
const LANGUAGES: &[(&str, &str, &str)] = &[
    ("af", "afr", "afrikaans"), ("am", "amh", "amharic|አማርኛ"), ("ar", "ara arb", "arabic|العربية"), ("az", "aze", "azerbaijani|azərbaycanca"),
    ("be", "bel", "belarusian|беларуская"), ("bg", "bul", "bulgarian|български"), ("bn", "ben", "bengali|bangla|বাংলা"),
    ("bs", "bos", "bosnian|bosanski"), ("ca", "cat", "catalan|català"), ("cs", "ces cze", "czech|čeština|česky"), ("cy", "cym wel", "welsh|cymraeg"),
    ("da", "dan", "danish|dansk"), ("de", "deu ger", "german|deutsch"), ("el", "ell gre", "greek|ελληνικά"), ("en", "eng", "english"),
    ("es", "spa", "spanish|español|castellano"), ("et", "est", "estonian|eesti"), ("eu", "eus baq", "basque|euskara"),
    ("fa", "fas per pes", "persian|farsi|فارسی"), ("fi", "fin", "finnish|suomi"), ("fr", "fra fre", "french|français"), ("ga", "gle", "irish|gaeilge"),
    ("gl", "glg", "galician|galego"), ("gu", "guj", "gujarati|ગુજરાતી"), ("ha", "hau", "hausa"), ("he", "heb", "hebrew|עברית"),
    ("hi", "hin", "hindi|हिन्दी|हिंदी"), ("hr", "hrv", "croatian|hrvatski"), ("hu", "hun", "hungarian|magyar"), ("hy", "hye arm", "armenian|հայերեն"),
    ("id", "ind", "indonesian|bahasa indonesia"), ("ig", "ibo", "igbo"), ("is", "isl ice", "icelandic|íslenska"), ("it", "ita", "italian|italiano"),
    ("ja", "jpn", "japanese|日本語"), ("ka", "kat geo", "georgian|ქართული"), ("kk", "kaz", "kazakh|қазақша"), ("km", "khm", "khmer|ខ្មែរ"),
    ("kn", "kan", "kannada|ಕನ್ನಡ"), ("ko", "kor", "korean|한국어"), ("ku", "kur kmr", "kurdish|kurdî"), ("la", "lat", "latin"),
    ("lb", "ltz", "luxembourgish|lëtzebuergesch"), ("lg", "lug", "luganda|ganda|oluganda"), ("ln", "lin", "lingala"), ("lt", "lit", "lithuanian|lietuvių"),
    ("lv", "lav", "latvian|latviešu"), ("mk", "mkd mac", "macedonian|македонски"), ("ml", "mal", "malayalam|മലയാളം"), ("mn", "mon", "mongolian|монгол"),
    ("mr", "mar", "marathi|मराठी"), ("ms", "msa may zsm", "malay|bahasa melayu"), ("mt", "mlt", "maltese|malti"), ("my", "mya bur", "burmese|မြန်မာ"),
    ("nb", "nob", "bokmål|norsk bokmål"), ("ne", "nep", "nepali|नेपाली"), ("nl", "nld dut", "dutch|flemish|nederlands"),
    ("nn", "nno", "nynorsk|norsk nynorsk"), ("no", "nor", "norwegian|norsk"), ("om", "orm", "oromo|afaan oromoo"), ("or", "ori", "odia|oriya"),
    ("pa", "pan", "punjabi|ਪੰਜਾਬੀ"), ("pl", "pol", "polish|polski"), ("ps", "pus", "pashto|پښتو"), ("pt", "por", "portuguese|português"),
    ("rn", "run", "kirundi|rundi|ikirundi"), ("ro", "ron rum", "romanian|română"), ("ru", "rus", "russian|русский"), ("rw", "kin", "kinyarwanda|ikinyarwanda"),
    ("si", "sin", "sinhala|sinhalese|සිංහල"), ("sk", "slk slo", "slovak|slovenčina"), ("sl", "slv", "slovenian|slovene|slovenščina"), ("sn", "sna", "shona|chishona"),
    ("so", "som", "somali|soomaali"), ("sq", "sqi alb", "albanian|shqip"), ("sr", "srp", "serbian|српски|srpski"), ("st", "sot", "sotho|sesotho"),
    ("sv", "swe", "swedish|svenska"), ("sw", "swa swh", "swahili|kiswahili"), ("ta", "tam", "tamil|தமிழ்"), ("te", "tel", "telugu|తెలుగు"), ("th", "tha", "thai|ไทย"),
    ("ti", "tir", "tigrinya|ትግርኛ"), ("tk", "tuk", "turkmen"), ("tl", "tgl", "tagalog"), ("tr", "tur", "turkish|türkçe"), ("uk", "ukr", "ukrainian|українська"),
    ("ur", "urd", "urdu|اردو"), ("uz", "uzb", "uzbek|oʻzbek"), ("vi", "vie", "vietnamese|tiếng việt"), ("xh", "xho", "xhosa|isixhosa"), ("yi", "yid", "yiddish|ייִדיש"),
    ("yo", "yor", "yoruba|yorùbá"), ("zh", "zho chi cmn", "chinese|mandarin|中文|汉语"), ("zu", "zul", "zulu|isizulu"), ("jv", "jav", "javanese"), ("ak", "aka", "akan"),
    ("eo", "epo", "esperanto"), ("sd", "snd", "sindhi"), ("ky", "kir", "kyrgyz"), ("tg", "tgk", "tajik"), ("lo", "lao", "lao"), ("ckb", "ckb", "sorani|central kurdish"),
    ("pcm", "pcm", "nigerian pidgin|pidgin|naija"), ("fil", "fil", "filipino"), ("wo", "wol", "wolof"), ("ts", "tso", "tsonga"), ("tn", "tsn", "tswana|setswana"),
    ("ny", "nya", "chichewa|nyanja"), ("ee", "ewe", "ewe"), ("bm", "bam", "bambara"), ("tw", "twi", "twi"), ("luo", "luo", "dholuo"), ("mos", "mos", "mossi"),
    ("ff", "ful", "fulah|fulfulde"), ("mg", "mlg", "malagasy"), ("ss", "ssw", "swati"), ("nso", "nso", "sepedi|northern sotho"), ("ve", "ven", "venda"),
    ("nr", "nbl", "ndebele"), ("ht", "hat", "haitian creole"), ("fy", "fry", "frisian"), ("gd", "gla", "scottish gaelic"), ("fo", "fao", "faroese"),
    ("br", "bre", "breton"), ("oc", "oci", "occitan"), ("ug", "uig", "uyghur|uighur"), ("tt", "tat", "tatar"), ("bo", "bod tib", "tibetan"),
    ("as", "asm", "assamese"), ("mi", "mri mao", "maori"), ("sm", "smo", "samoan"), ("rm", "roh", "romansh|rumantsch"), ("dv", "div", "dhivehi|maldivian"),
];

/// The other codes of two letters in ISO 639-1: what is in neither list is a country's code, and no language.
const OTHER_TWO_LETTERS: &str = "aa ab ae an av ay ba bh bi ce ch co cr cu cv dz fj gn gv ho hz ia ie ii ik io iu kg ki kj kl kr ks kv kw li lu mh na nd ng nv oj os pi qu sa sc se sg su to ty vo wa za";

/// Codes that mean another one: withdrawn from ISO 639, or a country's that is written where its language is meant.
#[rustfmt::skip]
const ALIASES: &[(&str, &str)] = &[
    ("iw", "he"), ("in", "id"), ("ji", "yi"), ("jw", "jv"), ("mo", "ro"), ("scc", "sr"), ("scr", "hr"), ("sh", "sr-Latn"),
    ("cn", "zh"), ("jp", "ja"), ("kr", "ko"), ("cz", "cs"), ("gr", "el"), ("dk", "da"), ("ua", "uk"), ("us", "en-US"), ("gb", "en-GB"),
];

/// A BCP 47 tag from what a source says: `en_IN` → `en-IN`, `pt-br` → `pt-BR`, `eng` → `en`, `English` → `en`,
/// `zh-hans` → `zh-Hans`. Nothing for what is neither a tag nor a name.
#[must_use]
pub fn normalise(tag: &str) -> Option<String> {
    // `en,fr` and `en;q=0.9` say more than one thing; the first counts, as before a bracket (`Chinese (Simplified)`).
    // `C.UTF-8` and its like say nothing.
    let tag = tag
        .split([',', ';', '.', '@', '('])
        .next()
        .unwrap_or_default()
        .trim();
    if tag.len() > 40 {
        return None;
    }
    let lower = tag.to_lowercase();
    if let Some((code, ..)) = LANGUAGES
        .iter()
        .find(|(_, _, names)| names.split('|').any(|name| name == lower))
    {
        return Some((*code).to_string());
    }
    let mut subtags = tag.split(['-', '_']);
    let primary = subtags.next()?.to_ascii_lowercase();
    if !(2..=3).contains(&primary.len())
        || !primary.bytes().all(|byte| byte.is_ascii_lowercase())
        || matches!(primary.as_str(), "und" | "mul" | "zxx" | "xx")
    {
        return None;
    }
    let alias = ALIASES.iter().find(|(old, _)| *old == primary);
    let mut tag = match alias {
        Some((_, new)) => (*new).to_string(),
        None if primary.len() == 2 && !is_known(&primary) => return None,
        None => two_letters(&primary).unwrap_or(&primary).to_string(),
    };
    // `en-UK` is said by many; an alias may have brought a subtag of its own.
    let complete = tag.contains('-');
    for subtag in subtags.filter(|_| !complete) {
        let subtag = if tag == "en" && subtag.eq_ignore_ascii_case("uk") {
            "GB"
        } else {
            subtag
        };
        if !(2..=8).contains(&subtag.len())
            || !subtag.bytes().all(|byte| byte.is_ascii_alphanumeric())
        {
            // What follows is no tag, but the language is sure.
            break;
        }
        tag.push('-');
        match subtag.len() {
            2 => tag.push_str(&subtag.to_ascii_uppercase()),
            4 if !subtag.as_bytes()[0].is_ascii_digit() => {
                tag.push_str(&subtag[..1].to_ascii_uppercase());
                tag.push_str(&subtag[1..].to_ascii_lowercase());
            }
            _ => tag.push_str(&subtag.to_ascii_lowercase()),
        }
    }
    Some(tag)
}

/// The English name of the language of a tag without subtags, in lower case: `en` → `english`.
#[must_use]
pub fn english_name(tag: &str) -> Option<&'static str> {
    let (.., names) = LANGUAGES.iter().find(|(code, ..)| *code == tag)?;
    names.split('|').next()
}

fn is_known(code: &str) -> bool {
    LANGUAGES.iter().any(|(known, ..)| *known == code)
        || OTHER_TWO_LETTERS.split(' ').any(|known| known == code)
}

/// The language that the folders of a file name by a code of three letters (`tsv/wol/1.tsv`), where it is one that texts do
/// not tell: those that they tell need no folder, and a folder may be called `ind` or `sun` for another reason.
#[must_use]
pub(crate) fn of_folder(file: &str) -> Option<&'static str> {
    let (folders, _) = file.rsplit_once('/')?;
    folders.rsplit('/').find_map(|folder| {
        two_letters(folder).filter(|language| {
            folder.len() == 3
                && whatlang::Lang::from_code(folder).is_none()
                && !super::is_told_by_texts(language)
        })
    })
}

/// The code of two letters for one of three, where there is one.
pub(super) fn two_letters(code: &str) -> Option<&'static str> {
    LANGUAGES
        .iter()
        .find(|(_, codes, _)| codes.split(' ').any(|known| known == code))
        .map(|(short, ..)| *short)
}
