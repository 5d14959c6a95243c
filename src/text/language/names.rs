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
];

/// A BCP 47 tag from what a source says: `en_IN` → `en-IN`, `pt-br` → `pt-BR`, `eng` → `en`, `English` → `en`,
/// `zh-hans` → `zh-Hans`. Nothing for what is neither a tag nor a name.
#[must_use]
pub fn normalise(tag: &str) -> Option<String> {
    // `en,fr` and `en;q=0.9` say more than one thing; the first counts. `C.UTF-8` and its like say nothing.
    let tag = tag
        .split([',', ';', '.', '@'])
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
    let mut tag = two_letters(&primary).unwrap_or(&primary).to_string();
    for subtag in subtags {
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

/// The code of two letters for one of three, where there is one.
pub(super) fn two_letters(code: &str) -> Option<&'static str> {
    LANGUAGES
        .iter()
        .find(|(_, codes, _)| codes.split(' ').any(|known| known == code))
        .map(|(short, ..)| *short)
}
