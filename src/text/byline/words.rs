//! The words in bylines that are no names, by what they do there. All in lower case; compared after folding.

/// What a byline begins with, before the name.
#[rustfmt::skip]
pub(super) const LEAD_INS: &[&str] = &[
    "by", "von", "par", "por", "di", "door", "av", "af", "tekst", "text", "texte", "texto", "testo", "autor",
    "autorin", "autore", "auteur", "author", "authors", "autoren", "skrevet", "escrito", "écrit", "written",
    "reporting", "reported", "story", "words", "compiled", "report", "oleh", "yazan", "haber", "teksti", "автор",
    "авторы", "текст", "автори", "от", "بقلم", "كتب", "كتبت", "تحرير", "نوشته", "نویسنده", "מאת", "skriven", "na",
    "erstellt", "skrev", "tác", "giả",
];

/// Lead-ins that are also parts of names (Lars von Trier, Ángel Di María): they count only before a full name.
#[rustfmt::skip]
pub(super) const ALSO_IN_NAMES: &[&str] = &[
    "von", "di", "av", "af",
];

/// Words of a lead-in of several: additional reporting by.
#[rustfmt::skip]
pub(super) const AROUND_LEAD_INS: &[&str] = &[
    "additional", "original", "exclusive", "exclusively", "with", "also",
];

/// What a part begins with that does not name its author.
#[rustfmt::skip]
pub(super) const OTHER_CREDITS: &[&str] = &[
    "photo", "photos", "photograph", "photographs", "photography", "foto", "fotos", "picture", "pictures", "image",
    "images", "illustration", "illustrations", "video", "graphic", "graphics", "editing", "edited", "translated",
    "übersetzung", "published", "publié", "publicado", "pubblicato", "veröffentlicht", "updated", "update", "posted",
    "modified", "last", "first", "aktualisiert", "actualizado", "oppdatert", "publisert", "publicerad", "more",
    "follow", "read", "view", "stand", "copyright", "source", "quelle", "monday", "tuesday", "wednesday", "thursday",
    "friday", "saturday", "sunday", "mon", "tue", "wed", "thu", "fri", "sat", "sun", "publiziert", "bild", "bilder",
    "gepostet", "inserito",
];

/// Between two names.
#[rustfmt::skip]
pub(super) const AND: &[&str] = &[
    "and", "und", "och", "og", "ve", "with", "dan", "và", "και", "met", "mit", "avec",
];

/// Between two names, but also inside them (Ortega y Gasset) or before a place (in Spanish, `en` is "in"): these divide
/// only what has two words on either side.
#[rustfmt::skip]
pub(super) const AND_OR_PART: &[&str] = &[
    "y", "e", "i", "et", "en", "ja", "и", "і", "та", "و", "şi", "și", "a", "oraz", "con",
];

/// Parts of names that people write in lower case.
#[rustfmt::skip]
pub(super) const PARTICLES: &[&str] = &[
    "van", "von", "vom", "zu", "zur", "der", "den", "de", "del", "della", "degli", "des", "do", "dos", "da", "das",
    "di", "du", "la", "le", "el", "al", "bin", "bint", "ibn", "abu", "ben", "ter", "ten", "te", "af", "av", "y", "e",
    "i", "op", "aan", "het", "san", "ould", "ag", "d", "t", "'t", "’t", "dalla", "lo",
];

/// Of these, those that an all-capitals name loses its capitals in. `La`, `Le`, `Di`, `Al` mostly keep theirs.
#[rustfmt::skip]
pub(super) const LOWERED: &[&str] = &[
    "van", "von", "der", "den", "de", "del", "des", "dos", "da", "das", "do", "du", "zu", "bin", "bint", "ibn", "ter",
    "ten", "y", "e",
];

/// Before a name, and no part of it.
#[rustfmt::skip]
pub(super) const HONORIFICS: &[&str] = &[
    "mr", "mrs", "ms", "dr", "prof", "herr", "frau", "dipl", "ing",
];

/// After a name, and a part of it.
#[rustfmt::skip]
pub(super) const SUFFIXES: &[&str] = &[
    "jr", "sr", "ii", "iii", "iv",
];

/// What somebody is. A piece with one of these is no name, but may hold one: `AP Business Writer ANN LEE`.
#[rustfmt::skip]
pub(super) const ROLES: &[&str] = &[
    "reporter", "reporters", "writer", "writers", "correspondent", "correspondents", "editor", "editors", "columnist",
    "contributor", "contributors", "analyst", "journalist", "journalists", "critic", "producer", "photographer",
    "intern", "director", "professor", "author", "blogger", "commentator", "anchor", "presenter", "bureau",
    "redakteur", "redakteurin", "redaktor", "korrespondent", "korrespondentin", "journalistin", "journaliste",
    "correspondant", "correspondante", "envoyé", "envoyée", "corresponsal", "periodista", "redactor", "redactora",
    "inviato", "inviata", "corrispondente", "giornalista", "verslaggever", "redacteur", "correspondente", "repórter",
    "jornalista", "colunista", "toimittaja", "reporterin", "kommentator", "gastautor", "muhabiri", "корреспондент",
    "журналист", "обозреватель", "redaktör", "redaktør", "wartawan", "staff", "desk", "team", "experte", "expertin",
];

/// Words that only qualify a role: AP *Business* Writer.
#[rustfmt::skip]
pub(super) const QUALIFIERS: &[&str] = &[
    "business", "senior", "chief", "political", "politics", "sports", "science", "health", "economics", "economic",
    "foreign", "national", "education", "medical", "technology", "entertainment", "special", "associate", "assistant",
    "deputy", "managing", "executive", "contributing", "diplomatic", "legal", "crime", "religion", "investigative",
    "digital", "online", "guest", "freelance", "world", "court", "defence", "defense", "security", "culture", "arts",
    "consumer", "markets", "energy", "environment", "climate", "european", "international", "local", "our", "former",
    "principal", "lead", "breaking", "general", "own", "white", "house",
];

/// Agencies, and words that stand where they stand.
#[rustfmt::skip]
pub(super) const AGENCIES: &[&str] = &[
    "reuters", "reuter", "afp", "ap", "dpa", "upi", "tass", "itar-tass", "interfax", "xinhua", "ansa", "efe", "pti",
    "ani", "ians", "aap", "pa", "press association", "pa media", "associated press", "the associated press",
    "agence france-presse", "agence france presse", "bloomberg", "cnn", "bbc", "npr", "nbc", "abc", "cbs", "apa",
    "sda", "sid", "kna", "epd", "belga", "anp", "ntb", "tt", "ritzau", "stt", "anadolu", "aa", "ria", "ria novosti",
    "kyodo", "jiji", "yonhap", "antara", "bernama", "lusa", "mti", "ctk", "čtk", "pap", "tanjug", "hina", "sta",
    "swissinfo", "keystone-sda", "ats", "dow jones", "mena", "wam", "spa", "irna", "unb", "online", "agencies",
    "agencias", "agenturen", "agenzie", "agences", "wire", "wires", "admin", "mwandishi wetu", "webdesk", "anonymous",
    "guest", "rss", "dj", "afx", "sapa", "nan", "gna", "washington post", "new york times", "los angeles times",
    "wall street journal", "financial times", "business insider", "huffpost", "redaktion", "redacción", "rédaction",
    "redazione", "redactie", "redação", "redakcja", "redakce", "toimitus", "newsroom", "editorial",
];

/// Agencies that are also first names (Ria, Sid): inside a longer piece they are those.
#[rustfmt::skip]
pub(super) const AGENCIES_AND_NAMES: &[&str] = &[
    "ria", "sid", "hina", "mena", "nan", "ani", "efe", "antara", "lusa", "apa", "pa", "sta", "aa", "dj", "rss",
    "guest", "tt", "belga",
];

/// Words that only organisations have in their names.
#[rustfmt::skip]
pub(super) const ORGANISATIONS: &[&str] = &[
    "news", "newspaper", "newspapers", "magazine", "agency", "agence", "agencia", "agentur", "agenzia", "media",
    "network", "service", "services", "online", "redaktion", "redacción", "rédaction", "redazione", "newsroom",
    "group", "inc", "ltd", "llc", "corp", "gmbh", "university", "institute", "foundation", "association", "committee",
    "board", "tribune", "gazette", "zeitung", "tv", "radio", "wire", "digital", "reports", "agencies", "insider",
    "correspondents", "presse", "channel", "broadcasting", "weekly", "daily",
];

/// Words that organisations share with people (Emily Post): they count only after the first name of a line.
#[rustfmt::skip]
pub(super) const MAYBE_ORGANISATIONS: &[&str] = &[
    "post", "times", "press", "herald", "journal", "guardian", "mail", "sun", "star", "city",
];

/// With one of these before it, a pair of words is a paper: Le Figaro, Die Zeit.
#[rustfmt::skip]
pub(super) const ARTICLES: &[&str] = &[
    "the", "le", "la", "les", "el", "los", "il", "der", "die", "das", "de", "o", "a",
];

/// Places of several words, which look as names do. The gazetteer is too large a word list to ask here: Paris and
/// Washington are people, too.
#[rustfmt::skip]
pub(super) const PLACES: &[&str] = &[
    "new york", "new delhi", "los angeles", "san francisco", "san diego", "hong kong", "tel aviv", "abu dhabi",
    "cape town", "buenos aires", "mexico city", "rio de janeiro", "são paulo", "sao paulo", "new orleans",
    "las vegas", "kuala lumpur", "ho chi minh city", "addis ababa", "dar es salaam", "santo domingo", "phnom penh",
    "washington dc", "washington d.c", "united states", "united kingdom", "saudi arabia", "south africa", "sri lanka",
    "south korea", "north korea", "new zealand", "puerto rico", "costa rica", "el salvador", "san salvador",
    "san josé", "st. petersburg", "st petersburg", "frankfurt am main", "den haag", "the hague", "guatemala city",
    "kuwait city", "panama city", "quezon city", "port moresby", "st. louis", "santa fe", "new jersey",
    "north carolina", "south carolina", "west bank", "gaza city", "la paz",
];

/// Where a name ends, even if the next word has a capital (`Mark Prigg For Dailymail.Com`).
#[rustfmt::skip]
pub(super) const STOPS: &[&str] = &[
    "for", "in", "at", "from", "on", "is", "was", "says", "has", "covers", "aus", "für", "fra", "pour",
];

/// Marks of names in Chinese, Japanese and Korean bylines: before them, after them.
#[rustfmt::skip]
pub(super) const CJK_BEFORE: &[&str] = &[
    "本报记者", "本報記者", "新华社记者", "记者", "記者", "作者", "撰文", "编辑", "編輯", "文", "글", "글쓴이",
];
#[rustfmt::skip]
pub(super) const CJK_AFTER: &[&str] = &[
    "記者", "记者", "기자", "특파원", "선임기자", "논설위원",
];

/// Names that end so are organisations.
#[rustfmt::skip]
pub(super) const CJK_ORGANISATIONS: &[&str] = &[
    "社", "通信", "新聞", "新闻", "报", "報", "网", "網", "電", "电", "讯", "訊", "編集部", "取材班", "뉴스", "신문", "일보", "통신", "報導", "报道",
];
