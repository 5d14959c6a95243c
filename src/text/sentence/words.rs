//! The words that decide whether a dot ends a sentence. Lower case, without their final dot; each table sorted, as they
//! are searched by halves. They are part of the index format: a change moves sentence bounds.

/// After these a sentence never ends: titles, and what stands before a name or a number.
#[rustfmt::skip]
pub(super) const NEVER_LAST: &[&str] = &[
    "abg", "abp", "abs", "adj", "adm", "afd", "amb", "ap", "arch", "art", "av", "avd", "avv", "bgm", "bl", "bp",
    "brig", "cap", "capt", "cardl", "cdr", "cf", "cmdr", "col", "comdr", "cpl", "cpt", "dhr", "dipl", "dir", "doc",
    "dott", "dr", "dra", "drs", "fam", "fig", "fr", "gal", "gen", "geo", "gob", "gov", "gr", "hon", "hr", "hrn", "hs",
    "ing", "insp", "ir", "jonkh", "kap", "kard", "lic", "lt", "ltn", "maj", "messrs", "mevr", "mgr", "mlle", "mme",
    "mr", "mrs", "ms", "msgr", "mt", "nr", "nº", "núm", "of", "on", "op", "pag", "par", "pater", "pfr", "pp", "pres",
    "prof", "profa", "pte", "pvt", "pág", "red", "ref", "rel", "rep", "reps", "rev", "sen", "sens", "sept", "sgt",
    "sig", "sra", "srs", "srta", "st", "sta", "ste", "sto", "str", "supt", "tel", "ul", "vgl", "viz", "vol", "vs",
    "zb", "zl", "álv", "им", "ред", "ул",
];

/// These end a sentence only where the next word begins one: companies, months, American states, and so on.
#[rustfmt::skip]
pub(super) const SELDOM_LAST: &[&str] = &[
    "agt", "al", "ala", "approx", "apr", "aprox", "ariz", "ark", "assn", "asst", "aug", "ave", "avg", "bd", "blvd",
    "bros", "bzw", "ca", "calif", "cie", "co", "colo", "conn", "corp", "dec", "del", "dept", "desgl", "dez", "dist",
    "ed", "eds", "enl", "esp", "est", "etc", "evtl", "excl", "feb", "fla", "ft", "févr", "ga", "ggf", "gmbh", "hwy",
    "ill", "inc", "incl", "ind", "inkl", "insb", "jan", "janv", "jr", "juil", "jul", "jun", "kan", "kans", "km", "ky",
    "la", "ltd", "mar", "mass", "max", "md", "mfg", "mich", "min", "minn", "mio", "miss", "mln", "mo", "mont", "mrd",
    "mult", "neb", "nev", "nov", "np", "oct", "okla", "okt", "ore", "pa", "penn", "ph", "phd", "proc", "rd", "ret",
    "sec", "sep", "sog", "sq", "sr", "tenn", "tex", "tys", "ud", "uds", "univ", "usf", "usw", "va", "vt", "wash",
    "wis", "wyo", "zzgl", "гг", "др", "млн", "млрд", "тыс",
];

/// These are abbreviations only before a number: No. 5.
pub(super) const BEFORE_NUMBERS: &[&str] = &["n", "no", "nos", "num", "nums", "p", "s", "г", "стр"];

/// Before a number these make it an ordinal, in languages that write those with a dot: der 2. Weltkrieg, den 3. plads.
pub(super) const BEFORE_ORDINALS: &[&str] = &[
    "am", "beim", "das", "dem", "den", "der", "des", "die", "im", "ins", "seinem", "seinen", "vom",
    "zum", "zur",
];

/// Words that begin sentences. After an abbreviation or initials they tell that a sentence has ended.
#[rustfmt::skip]
pub(super) const STARTERS: &[&str] = &[
    "a", "about", "after", "all", "also", "although", "an", "and", "another", "as", "at", "auch", "auf", "aus",
    "because", "before", "bei", "both", "but", "by", "c'est", "con", "dans", "das", "de", "den", "denn", "der",
    "despite", "det", "die", "dies", "diese", "during", "each", "earlier", "een", "ein", "eine", "el", "elle", "en",
    "er", "es", "est", "et", "every", "few", "for", "from", "für", "han", "he", "her", "here", "het", "his", "how",
    "however", "hun", "i", "if", "il", "im", "in", "it", "its", "la", "las", "last", "later", "le", "les", "los",
    "many", "meanwhile", "mit", "more", "most", "my", "nach", "no", "not", "now", "o", "on", "once", "one", "only",
    "os", "other", "our", "para", "por", "several", "she", "sie", "since", "so", "some", "such", "that", "the",
    "their", "then", "there", "these", "they", "this", "those", "though", "to", "today", "two", "un", "una", "und",
    "under", "une", "until", "we", "what", "when", "where", "which", "while", "who", "why", "wir", "with", "yes",
    "yet", "you", "zum",
];
