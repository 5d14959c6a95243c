//! The names of the months, by language.
//!
//! One row a language, twelve cells, in each the forms that are met: full, genitive, abbreviated; a form of two words
//! has `_` between them. Case, accents and a final dot do not matter. Only months of the Gregorian calendar are here: a Persian,
//! Hebrew, Islamic or Ethiopian month is not recognised, as no date is better than a wrong one. Some languages have a
//! row for abbreviations only where these are not simply the beginning of the name.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::token::fold;

/// A language and its twelve cells.
type Row = (&'static str, [&'static str; 12]);

#[rustfmt::skip]
const MONTHS: &[Row] = &[
    ("en", ["january jan", "february feb febr", "march mar", "april apr", "may", "june jun", "july jul", "august aug", "september sept sep", "october oct", "november nov", "december dec"]),
    ("de", ["januar jänner jan jän", "februar feber feb febr", "märz mär mrz maerz", "april apr", "mai", "juni jun", "juli jul", "august aug", "september sept sep", "oktober okt", "november nov", "dezember dez"]),
    ("fr", ["janvier janv jan", "février févr fév", "mars", "avril avr", "mai", "juin", "juillet juil juill", "août aout", "septembre sept", "octobre oct", "novembre nov", "décembre déc"]),
    ("es", ["enero ene", "febrero feb", "marzo mar", "abril abr", "mayo may", "junio jun", "julio jul", "agosto ago", "septiembre setiembre sept sep set", "octubre oct", "noviembre nov", "diciembre dic"]),
    ("pt", ["janeiro jan", "fevereiro fev", "março mar", "abril abr", "maio mai", "junho jun", "julho jul", "agosto ago", "setembro set", "outubro out", "novembro nov", "dezembro dez"]),
    ("it", ["gennaio gen", "febbraio feb", "marzo mar", "aprile apr", "maggio mag", "giugno giu", "luglio lug", "agosto ago", "settembre set sett", "ottobre ott", "novembre nov", "dicembre dic"]),
    ("ca", ["gener gen", "febrer febr feb", "març mar", "abril abr", "maig", "juny", "juliol jul", "agost ag", "setembre set", "octubre oct", "novembre nov", "desembre des"]),
    ("gl", ["xaneiro xan", "febreiro feb", "marzo mar", "abril abr", "maio mai", "xuño xun", "xullo xul", "agosto ago", "setembro set", "outubro out", "novembro nov", "decembro dec"]),
    ("eu", ["urtarrila urtarrilak urtarrilaren urt", "otsaila otsailak otsailaren ots", "martxoa martxoak martxoaren", "apirila apirilak apirilaren api", "maiatza maiatzak maiatzaren", "ekaina ekainak ekainaren eka", "uztaila uztailak uztailaren uzt", "abuztua abuztuak abuztuaren abu", "iraila irailak irailaren ira", "urria urriak urriaren urr", "azaroa azaroak azaroaren aza", "abendua abenduak abenduaren abe"]),
    ("nl", ["januari jan", "februari feb", "maart mrt", "april apr", "mei", "juni jun", "juli jul", "augustus aug", "september sept sep", "oktober okt", "november nov", "december dec"]),
    ("af", ["januarie jan", "februarie feb", "maart mrt", "april apr", "mei", "junie jun", "julie jul", "augustus aug", "september sept", "oktober okt", "november nov", "desember des"]),
    ("sv", ["januari jan", "februari feb febr", "mars", "april apr", "maj", "juni jun", "juli jul", "augusti aug", "september sept sep", "oktober okt", "november nov", "december dec"]),
    ("da", ["januar jan", "februar feb", "marts mar", "april apr", "maj", "juni jun", "juli jul", "august aug", "september sept sep", "oktober okt", "november nov", "december dec"]),
    ("no", ["januar jan", "februar feb", "mars mar", "april apr", "mai", "juni jun", "juli jul", "august aug", "september sept sep", "oktober okt", "november nov", "desember des"]),
    ("is", ["janúar jan", "febrúar feb", "mars", "apríl apr", "maí", "júní", "júlí", "ágúst", "september sept", "október okt", "nóvember nóv", "desember des"]),
    ("fi", ["tammikuu tammikuuta tammikuun tammi", "helmikuu helmikuuta helmikuun helmi", "maaliskuu maaliskuuta maaliskuun maalis", "huhtikuu huhtikuuta huhtikuun huhti", "toukokuu toukokuuta toukokuun touko", "kesäkuu kesäkuuta kesäkuun kesä", "heinäkuu heinäkuuta heinäkuun heinä", "elokuu elokuuta elokuun elo", "syyskuu syyskuuta syyskuun syys", "lokakuu lokakuuta lokakuun loka", "marraskuu marraskuuta marraskuun marras", "joulukuu joulukuuta joulukuun joulu"]),
    ("et", ["jaanuar jaan", "veebruar veebr", "märts", "aprill apr", "mai", "juuni", "juuli", "august aug", "september sept", "oktoober okt", "november nov", "detsember dets"]),
    ("lv", ["janvāris janvārī janvāra janv", "februāris februārī februāra febr", "marts martā marta", "aprīlis aprīlī aprīļa apr", "maijs maijā maija", "jūnijs jūnijā jūnija jūn", "jūlijs jūlijā jūlija jūl", "augusts augustā augusta aug", "septembris septembrī septembra sept", "oktobris oktobrī oktobra okt", "novembris novembrī novembra nov", "decembris decembrī decembra dec"]),
    ("lt", ["sausis sausio saus", "vasaris vasario vas", "kovas kovo kov", "balandis balandžio bal", "gegužė gegužės geg", "birželis birželio birž", "liepa liepos liep", "rugpjūtis rugpjūčio rugp", "rugsėjis rugsėjo rugs", "spalis spalio spal", "lapkritis lapkričio lapkr", "gruodis gruodžio gruod"]),
    ("pl", ["styczeń stycznia sty", "luty lutego lut", "marzec marca mar", "kwiecień kwietnia kwi", "maj maja", "czerwiec czerwca cze", "lipiec lipca lip", "sierpień sierpnia sie", "wrzesień września wrz", "październik października paź", "listopad listopada lis", "grudzień grudnia gru"]),
    ("cs", ["leden ledna led", "únor února úno", "březen března bře", "duben dubna dub", "květen května kvě", "červen června čvn", "červenec července čvc", "srpen srpna srp", "září zář", "říjen října říj", "listopad listopadu lis", "prosinec prosince pro"]),
    ("sk", ["január januára jan", "február februára feb", "marec marca mar", "apríl apríla apr", "máj mája", "jún júna", "júl júla", "august augusta aug", "september septembra sep", "október októbra okt", "november novembra nov", "december decembra dec"]),
    ("sl", ["januar januarja jan", "februar februarja feb", "marec marca mar", "april aprila apr", "maj maja", "junij junija jun", "julij julija jul", "avgust avgusta avg", "september septembra sep", "oktober oktobra okt", "november novembra nov", "december decembra dec"]),
    ("hr", ["siječanj siječnja sij", "veljača veljače velj", "ožujak ožujka ožu", "travanj travnja tra", "svibanj svibnja svi", "lipanj lipnja lip", "srpanj srpnja srp", "kolovoz kolovoza kol", "rujan rujna ruj", "listopad listopada lis", "studeni studenog studenoga stu", "prosinac prosinca pro"]),
    ("sr", ["januar januara јануар јануара јан jan", "februar februara фебруар фебруара феб feb", "mart marta март марта мар mar", "april aprila април априла апр apr", "maj maja мај маја", "jun juna јун јуна", "jul jula јул јула", "avgust avgusta август августа авг avg", "septembar septembra септембар септембра сеп sep", "oktobar oktobra октобар октобра окт okt", "novembar novembra новембар новембра нов nov", "decembar decembra децембар децембра дец dec"]),
    ("mk", ["јануари јан", "февруари фев", "март мар", "април апр", "мај", "јуни јун", "јули јул", "август авг", "септември сеп", "октомври окт", "ноември", "декември дек"]),
    ("bg", ["януари ян", "февруари февр фев", "март", "април апр", "май", "юни", "юли", "август авг", "септември септ", "октомври окт", "ноември", "декември дек"]),
    ("ru", ["январь января янв", "февраль февраля фев февр", "март марта мар", "апрель апреля апр", "май мая", "июнь июня июн", "июль июля июл", "август августа авг", "сентябрь сентября сен сент", "октябрь октября окт", "ноябрь ноября ноя нояб", "декабрь декабря дек"]),
    ("uk", ["січень січня січ", "лютий лютого лют", "березень березня бер", "квітень квітня квіт", "травень травня трав", "червень червня черв", "липень липня лип", "серпень серпня серп", "вересень вересня вер", "жовтень жовтня жовт", "листопад листопада лист", "грудень грудня груд"]),
    ("be", ["студзень студзеня", "люты лютага", "сакавік сакавіка", "красавік красавіка", "травень траўня мая", "чэрвень чэрвеня", "ліпень ліпеня", "жнівень жніўня", "верасень верасня", "кастрычнік кастрычніка", "лістапад лістапада", "снежань снежня"]),
    ("kk", ["қаңтар", "ақпан", "наурыз", "сәуір", "мамыр", "маусым", "шілде", "тамыз", "қыркүйек", "қазан", "қараша", "желтоқсан"]),
    ("tr", ["ocak oca", "şubat şub", "mart mar", "nisan nis", "mayıs", "haziran haz", "temmuz tem", "ağustos ağu", "eylül eyl", "ekim eki", "kasım kas", "aralık ara"]),
    ("az", ["yanvar", "fevral", "mart", "aprel", "may", "iyun", "iyul", "avqust", "sentyabr", "oktyabr", "noyabr", "dekabr"]),
    ("uz", ["yanvar январь", "fevral", "mart", "aprel", "may", "iyun", "iyul", "avgust", "sentabr sentyabr", "oktabr oktyabr", "noyabr", "dekabr"]),
    ("ro", ["ianuarie ian", "februarie feb", "martie mar", "aprilie apr", "mai", "iunie iun", "iulie iul", "august aug", "septembrie sept", "octombrie oct", "noiembrie noi nov", "decembrie dec"]),
    ("hu", ["január jan", "február febr feb", "március márc", "április ápr", "május máj", "június jún", "július júl", "augusztus aug", "szeptember szept", "október okt", "november nov", "december dec"]),
    ("sq", ["janar", "shkurt", "mars", "prill", "maj", "qershor", "korrik", "gusht", "shtator", "tetor", "nëntor", "dhjetor"]),
    ("el", ["ιανουάριος ιανουαρίου ιαν", "φεβρουάριος φεβρουαρίου φεβ φεβρ", "μάρτιος μαρτίου μαρ", "απρίλιος απριλίου απρ", "μάιος μαΐου μαϊ", "ιούνιος ιουνίου ιουν", "ιούλιος ιουλίου ιουλ", "αύγουστος αυγούστου αυγ", "σεπτέμβριος σεπτεμβρίου σεπ σεπτ", "οκτώβριος οκτωβρίου οκτ", "νοέμβριος νοεμβρίου νοε", "δεκέμβριος δεκεμβρίου δεκ"]),
    ("ar", ["يناير جانفي كانون_الثاني", "فبراير فيفري شباط", "مارس آذار", "أبريل إبريل أفريل نيسان", "مايو ماي أيار", "يونيو يونيه جوان حزيران", "يوليو يوليوز يوليه جويلية تموز", "أغسطس غشت أوت آب", "سبتمبر شتنبر أيلول", "أكتوبر تشرين_الأول", "نوفمبر نونبر تشرين_الثاني", "ديسمبر دجنبر كانون_الأول"]),
    ("fa", ["ژانویه", "فوریه", "مارس", "آوریل آپریل", "مه می", "ژوئن جون", "ژوئیه جولای", "اوت آگوست اگست", "سپتامبر", "اکتبر", "نوامبر", "دسامبر"]),
    ("ur", ["جنوری", "فروری", "مارچ", "اپریل", "مئی", "جون", "جولائی", "اگست", "ستمبر", "اکتوبر", "نومبر", "دسمبر"]),
    ("he", ["ינואר בינואר", "פברואר בפברואר", "מרץ מרס במרץ במרס", "אפריל באפריל", "מאי במאי", "יוני ביוני", "יולי ביולי", "אוגוסט באוגוסט", "ספטמבר בספטמבר", "אוקטובר באוקטובר", "נובמבר בנובמבר", "דצמבר בדצמבר"]),
    ("hi", ["जनवरी", "फरवरी फ़रवरी", "मार्च", "अप्रैल", "मई", "जून", "जुलाई", "अगस्त", "सितंबर सितम्बर", "अक्टूबर अक्तूबर", "नवंबर नवम्बर", "दिसंबर दिसम्बर"]),
    ("mr", ["जानेवारी", "फेब्रुवारी", "मार्च", "एप्रिल", "मे", "जून", "जुलै", "ऑगस्ट", "सप्टेंबर", "ऑक्टोबर", "नोव्हेंबर", "डिसेंबर"]),
    ("bn", ["জানুয়ারি জানুয়ারী", "ফেব্রুয়ারি ফেব্রুয়ারী", "মার্চ", "এপ্রিল", "মে", "জুন", "জুলাই", "আগস্ট অগস্ট", "সেপ্টেম্বর", "অক্টোবর", "নভেম্বর", "ডিসেম্বর"]),
    ("ta", ["ஜனவரி", "பிப்ரவரி", "மார்ச்", "ஏப்ரல்", "மே", "ஜூன்", "ஜூலை", "ஆகஸ்ட்", "செப்டம்பர்", "அக்டோபர்", "நவம்பர்", "டிசம்பர்"]),
    ("te", ["జనవరి", "ఫిబ్రవరి", "మార్చి", "ఏప్రిల్", "మే", "జూన్", "జూలై జులై", "ఆగస్టు", "సెప్టెంబర్", "అక్టోబర్", "నవంబర్", "డిసెంబర్"]),
    ("th", ["มกราคม", "กุมภาพันธ์", "มีนาคม", "เมษายน", "พฤษภาคม", "มิถุนายน", "กรกฎาคม", "สิงหาคม", "กันยายน", "ตุลาคม", "พฤศจิกายน", "ธันวาคม"]),
    ("id", ["januari jan", "februari feb", "maret mar", "april apr", "mei", "juni jun", "juli jul", "agustus agu agt ags", "september sept sep", "oktober okt", "november nop nov", "desember des"]),
    ("ms", ["januari jan", "februari feb", "mac", "april apr", "mei", "jun", "julai jul", "ogos ogo", "september sept sep", "oktober okt", "november nov", "disember dis"]),
    ("tl", ["enero", "pebrero", "marso", "abril", "mayo", "hunyo", "hulyo", "agosto", "setyembre", "oktubre", "nobyembre", "disyembre"]),
    ("sw", ["januari jan", "februari feb", "machi mac", "aprili apr", "mei", "juni jun", "julai jul", "agosti ago", "septemba sept sep", "oktoba okt", "novemba nov", "desemba des"]),
    ("ha", ["janairu", "fabrairu faburairu", "maris", "afrilu afirilu", "mayu", "yuni", "yuli", "agusta", "satumba", "oktoba", "nuwamba", "disamba"]),
    ("ig", ["jenụwarị jenuwari", "febrụwarị februwari", "maachị machị", "epreel eprel", "mee", "juun juunu", "julaị julai", "ọgọst ọgọọst", "septemba", "ọktoba", "novemba", "disemba"]),
    ("yo", ["ṣẹ́rẹ́", "èrèlè", "ẹrẹ̀nà ẹ̀rẹ̀nà", "ìgbé", "ẹ̀bibi", "òkúdu", "agẹmọ", "ògún", "owewe", "ọ̀wàrà", "bélú", "ọ̀pẹ̀"]),
    ("so", ["janaayo jannaayo", "febraayo", "maarso", "abriil", "maajo", "juun", "luuliyo", "agoosto", "sebtembar sebteembar", "oktoobar", "nofembar nofeembar", "desembar diseembar"]),
    ("om", ["amajjii", "guraandhala", "bitooteessa bitootessa", "ebla", "caamsaa caamsa", "waxabajjii", "adoolessa", "hagayya", "fuulbana fulbaana", "onkololeessa", "sadaasa", "muddee"]),
    ("sn", ["ndira", "kukadzi", "kurume", "kubvumbi", "chivabvu", "chikumi", "chikunguru", "nyamavhuvhu", "gunyana", "gumiguru", "mbudzi", "zvita"]),
    ("xh", ["eyomqungu", "eyomdumba", "eyokwindla", "utshazimpuzi", "ucanzibe", "eyesilimela", "eyekhala", "eyethupha", "eyomsintsi", "eyedwarha", "eyenkanga", "eyomnga"]),
    ("zu", ["januwari", "februwari", "mashi", "ephreli apreli", "meyi", "juni", "julayi", "agasti", "septhemba", "okthoba", "novemba", "disemba"]),
    ("rw", ["mutarama", "gashyantare", "werurwe", "mata", "gicurasi", "kamena", "nyakanga", "kanama", "nzeli nzeri", "ukwakira", "ugushyingo", "ukuboza"]),
    ("ln", ["yanwali yanuali", "febwali febuali", "marsi malisi", "aprili apili", "mai", "yuni", "yuli", "augusto", "septembe", "oktobe okotobe", "novembe", "desembe"]),
    ("lg", ["janwali", "febwali", "marisi", "apuli", "maayi", "juuni", "julaayi", "agusito", "sebuttemba", "okitobba", "novemba", "desemba"]),
    ("cy", ["ionawr", "chwefror", "mawrth", "ebrill", "mai", "mehefin", "gorffennaf", "awst", "medi", "hydref", "tachwedd", "rhagfyr"]),
    ("ga", ["eanáir", "feabhra", "márta", "aibreán", "bealtaine", "meitheamh", "iúil", "lúnasa", "meán_fómhair", "deireadh_fómhair", "samhain", "nollaig"]),
];

/// Folded word → the month it is in each language that has it, in the order of the table.
static BY_WORD: LazyLock<HashMap<String, Vec<(&'static str, u32)>>> = LazyLock::new(|| {
    let mut by_word: HashMap<String, Vec<(&'static str, u32)>> = HashMap::new();
    for (language, months) in MONTHS {
        for (month, forms) in (1..).zip(months) {
            for form in forms.split(' ') {
                let meanings = by_word.entry(fold(&form.replace('_', " "))).or_default();
                meanings.push((language, month));
            }
        }
    }
    by_word
});

/// Abbreviations that are words of other languages. They count only in a language of their own, or where it is unknown.
const COMMON_WORDS: [&str; 16] = [
    "out", "set", "ago", "pro", "led", "mac", "des", "dis", "gen", "api", "ira", "sie", "tem",
    "mag", "mata", "medi",
];

/// The month that a folded word names. Where languages disagree (`listopad` is October in Croatian, November in Czech
/// and Polish), `language` (a primary subtag) decides, and without it the word is no month.
pub(super) fn named(word: &str, language: Option<&str>) -> Option<u32> {
    let meanings = BY_WORD.get(word)?;
    let (_, first) = meanings.first()?;
    if let Some((_, month)) = meanings
        .iter()
        .find(|(tongue, _)| Some(*tongue) == language)
    {
        return Some(*month);
    }
    if COMMON_WORDS.contains(&word) && language.is_some_and(has_row) {
        return None;
    }
    meanings
        .iter()
        .all(|(_, month)| month == first)
        .then_some(*first)
}

/// Whether a folded word names a month in English.
pub(super) fn is_english(word: &str) -> bool {
    BY_WORD
        .get(word)
        .is_some_and(|meanings| meanings.iter().any(|(language, _)| *language == "en"))
}

/// Whether a folded word can be the first of two that name a month.
pub(super) fn begins_a_pair(word: &str) -> bool {
    static FIRST: LazyLock<Vec<String>> = LazyLock::new(|| {
        let pairs = BY_WORD.keys().filter_map(|words| words.split_once(' '));
        pairs.map(|(first, _)| first.to_string()).collect()
    });
    FIRST.iter().any(|first| first == word)
}

/// Whether a folded word is the beginning of an English month, at least three letters of it: `marc`, `septem`.
pub(super) fn begins_an_english_one(word: &str) -> bool {
    let english = MONTHS.iter().find(|(language, _)| *language == "en");
    let mut names = english.iter().flat_map(|(_, months)| months.iter());
    word.len() >= 3 && names.any(|forms| forms.starts_with(word))
}

/// Weekdays as datelines have them.
#[rustfmt::skip]
const WEEKDAYS: &[&str] = &[
    "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "mon", "tue", "tues", "wed", "thu", "thurs", "fri",
    "sat", "sun", "montag", "dienstag", "mittwoch", "donnerstag", "freitag", "samstag", "sonnabend", "sonntag", "lundi", "mardi", "mercredi",
    "jeudi", "vendredi", "samedi", "dimanche", "lunes", "martes", "miercoles", "jueves", "viernes", "sabado", "domingo", "lunedi",
    "martedi", "mercoledi", "giovedi", "venerdi", "sabato", "domenica", "maandag", "dinsdag", "woensdag", "donderdag", "vrijdag",
    "zaterdag", "zondag",
];

/// Whether a folded word is the name of a weekday.
pub(super) fn is_weekday(word: &str) -> bool {
    WEEKDAYS.contains(&word)
}

fn has_row(language: &str) -> bool {
    MONTHS.iter().any(|(tongue, _)| *tongue == language)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_cell_has_a_form_and_no_language_contradicts_itself() {
        for (language, months) in MONTHS {
            for (month, forms) in (1..).zip(months) {
                for form in forms.split(' ') {
                    let word = fold(&form.replace('_', " "));
                    assert!(!word.is_empty(), "{language} {month}");
                    assert_eq!(
                        named(&word, Some(language)),
                        Some(month),
                        "{language} {form}"
                    );
                }
            }
        }
    }

    /// The words that need a language. A new row that adds to them makes a reading that worked disappear: look twice.
    #[test]
    fn few_words_depend_on_the_language() {
        let mut words: Vec<&str> = BY_WORD
            .keys()
            .map(String::as_str)
            .filter(|word| named(word, None).is_none())
            .collect();
        words.sort_unstable();
        assert_eq!(words, ["lip", "lis", "listopad", "listopada", "srp"]);
    }
}
