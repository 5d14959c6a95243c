//! The small words of languages that whatlang does not know, or takes for their neighbours.
//!
//! A row a language: its tag, the share of a news text that these words make up, in percent, and the words. English and
//! French stand here as the neighbours that Pidgin, Lingala and the others quote. The text is cut at everything that is no
//! letter or apostrophe, in lower case, with precomposed letters.

/// Tag, usual share in percent, words.
pub(super) type Row = (&'static str, u32, &'static str);

#[rustfmt::skip]
pub(super) const FUNCTION_WORDS: &[Row] = &[
    ("en", 36, "the of to and a in is for that on was with as it by at he from be has are have his an its but who they which been not"),
    ("fr", 38, "le la les de des du et en un une à au aux est que qui dans pour par sur ce il pas plus ne se avec son sont été mais"),
    ("ha", 36, "da a ya na ta su ba cewa wata wani kan don amma ga an yi ne ce ke sun kuma wanda shi za yadda domin cikin ko har mai wannan suka ake"),
    ("ig", 40, "na ndị ya bụ a ha ọ nke ka ihe ahụ ga onye o dị ma otu dịka kwuru maka e ebe mere ji mba sị mana aka nwere mgbe abụọ nakwa niile n'ime"),
    ("ln", 36, "na ya mpe mpo ba ete ye yango bato te moko mboka baye bango ezali elobi mingi kati yambo le kasi oyo mibale lya nde ma eye bazali lokola azali alobi mwa ekolo"),
    ("lg", 22, "mu ku nga nti era ne abantu wa kino kya e bwe eno ya ono naye ba buli bano bino awamu okuva wabula eri oluvannyuma zino kubanga wadde kye nnyo"),
    ("om", 20, "akka kan hin fi irratti ture kana kun yeroo keessatti itti keessa isaa yoo jiru isaanii garuu waliin waan gara ammoo jechuun tokko irraa namoota booda turan malee"),
    ("pcm", 38, "di for of to dey and say wey dem im go na don on no dis one am bin e dia get tok de but pipo wit make fit dat wetin sey dose"),
    ("rn", 21, "mu ko ku muri wa na ya ari ariko kandi yo ca cane mbere avuga gihe kuri ni ati ico kugira aho yari inyuma hagati wo ivyo uyu hamwe ngo iyo ubu kuva canke reta"),
    ("rw", 22, "mu ko ku muri wa na ya ari ariko kandi yo cyane mbere avuga igihe kuri ni ati icyo kugira aho yari nyuma hagati wo ibyo uyu hamwe ngo iyo ubu kuva cyangwa leta"),
    ("sn", 21, "kuti vanoti vanhu vari uye kana asi iri mari iyi munyika hurumende ichi sezvo kubva pamwe izvi ari zviri anoti kuita vamwe vachiti ravo yavo zvinhu pasi aya ava apo"),
    ("so", 34, "oo ka ay ku ah ee in uu ayaa u la iyo soo lagu waxay waxaa ugu mid kale si laga loo sheegay wuxuu aan markii inay dadka sida waxa waa inuu tahay ayuu balse ma"),
    ("sw", 36, "ya na wa kwa katika ni za la kuwa hiyo huo alisema amesema kwamba baada hata wake yake cha watu huyo hivyo pia lakini ili kama au hii bado yao wao baina miaka"),
    ("xh", 10, "ukuba emva kodwa uthi lo xa utshilo kwaye abantu nto kule ngenxa eli ngoku kulo ukuze uthe kokuba kweli apho ngethuba okanye phantsi phakathi umntu oku eyona kutsho"),
    ("zu", 12, "ukuthi kodwa futhi uma ngoba abantu kanye noma lapho umuntu ngesikhathi kusho uthe yakhe kule lokhu nokuthi bese ngemuva kuze okwamanje lo yize ngaphandle kahle"),
    ("yo", 36, "ni ti to awọn àwọn n wọn si pe pé naa náà o ṣe ko rẹ fun lati láti fi wa oun lo kan ati sọ jẹ ki ninu bi lọ yoo gba yii ní tí maa lori tó tun nigba ń di"),
];

/// Words of Amharic and of Tigrinya, which share a script.
pub(super) const AMHARIC: &[&str] = &[
    "ነው",
    "ላይ",
    "እና",
    "ውስጥ",
    "ጋር",
    "ነበር",
    "ግን",
    "ይህ",
    "ወደ",
    "እንደ",
    "ሆነ",
    "ናቸው",
    "አንድ",
    "ብለዋል",
];
pub(super) const TIGRINYA: &[&str] = &[
    "እዩ",
    "ናይ",
    "ካብ",
    "ኣብ",
    "እቲ",
    "ከም",
    "እዚ",
    "ድማ",
    "ግና",
    "ምስ",
    "ነቲ",
    "እታ",
    "ኣብቲ",
    "ዘሎ",
    "ከምዝኾነ",
    "ኣሎ",
];
