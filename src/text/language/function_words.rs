//! The small words of languages that whatlang does not know, or takes for their neighbours.
//!
//! A row a language: its tag, the share of a news text that these words make up, in percent, and the words. The
//! large languages of Western Europe stand here as neighbours, and because a headline is enough for their rows where
//! trigrams are unsure. The text is cut at everything that is no
//! letter or apostrophe, in lower case, with precomposed letters.

/// Tag, usual share in percent, words.
pub(super) type Row = (&'static str, u32, &'static str);

#[rustfmt::skip]
pub(super) const FUNCTION_WORDS: &[Row] = &[
    ("en", 40, "the of to and a in is for that on was with as it by at he from be has are have his an its but who they which been not after over into will would said says up out more new first one two no get go say make could against about their had were this or than when our us all man police"),
    ("fr", 38, "le la les de des du et en un une à au aux est que qui dans pour par sur ce il pas plus ne se avec son sont été mais"),
    ("de", 34, "der die und in den das von mit ist des zu im sich für ein eine nicht auf dem als es auch an er aus bei nach werden hat wird am um wurde sagte"),
    ("es", 38, "de la que el en y los a del se las un por con para una su al no es lo como más sus fue ha este pero"),
    ("pt", 36, "de a o que e do da em um para com não uma os no se na por mais as dos como mas ao foi das pelo são também"),
    ("it", 32, "di e il la che in a per un è del della i una non con le si da al gli dei sono nel alla più anche ha delle come"),
    ("nl", 36, "de het een en van in is op dat te voor met zijn die niet aan om er als door naar ook maar bij uit nog wordt heeft over hij"),
    ("da", 36, "og i at det er en til på som for af med den har ikke de et han var om fra men der kan blev efter skal også ved sig"),
    ("nb", 36, "og i det er på som en til av for at med har de ikke den et om var fra han men seg ble også kan etter skal ved sier"),
    ("sv", 36, "och i att det som en är på för av med den till har inte de ett om han men från var vid kan efter ska också sig säger"),
    ("is", 34, "að og í á sem er við um til var því en af fyrir það með hann ekki hefur voru þeir hafa segir eru verið þess þetta einnig frá"),
    ("sq", 36, "të e në dhe i për me një që nga ka se është si do nuk më u por kanë janë këtë kjo ishte tij duke edhe pas"),
    ("eu", 24, "eta da du ere bat dira dute baina izan egin dituzte dela zuen egiten duen den izango ez zen beste hori baino arte hau duela"),
    ("ga", 34, "an na a ar ag go agus i is le sa don den bhí tá nach gur sé leis chun ó faoi seo atá mar níl ach air ann"),
    ("mt", 34, "li ta il fil u ma minn l f tal jew hija għal kien mill dan bil kif biex din qal huwa kienet wara b dwar għandu"),
    ("ha", 36, "da a ya na ta su ba cewa wata wani kan don amma ga an yi ne ce ke sun kuma wanda shi za yadda domin cikin ko har mai wannan suka ake"),
    ("ig", 40, "na ndị ya bụ a ha ọ nke ka ihe ahụ ga onye o dị ma otu dịka kwuru maka e ebe mere ji mba sị mana aka nwere mgbe abụọ nakwa niile n'ime"),
    ("ln", 36, "na ya mpe mpo ba ete ye yango bato te moko mboka baye bango ezali elobi mingi kati yambo le kasi oyo mibale lya nde ma eye bazali lokola azali alobi mwa ekolo"),
    ("lg", 22, "mu ku nga nti era ne abantu wa kino kya e bwe eno ya ono naye ba buli bano bino awamu okuva wabula eri oluvannyuma zino kubanga wadde kye nnyo"),
    ("om", 20, "akka kan hin fi irratti ture kana kun yeroo keessatti itti keessa isaa yoo jiru isaanii garuu waliin waan gara ammoo jechuun tokko irraa namoota booda turan malee"),
    ("pcm", 38, "di for of to dey and say wey dem im go na don on no dis one am bin e dia get tok de but pipo wit make fit dat wetin sey dose"),
    ("rn", 21, "mu ko ku muri wa na ya ari ariko kandi yo ca cane mbere avuga gihe kuri ni ati ico kugira aho yari inyuma hagati wo ivyo uyu hamwe ngo iyo ubu kuva canke reta vyo vyose vya co aba iki"),
    ("rw", 22, "mu ko ku muri wa na ya ari ariko kandi yo cyane mbere avuga kuri ni ati icyo kugira aho yari hagati wo ibyo uyu hamwe ngo iyo ubu kuva cyangwa byose bya cyo aba iki leta"),
    ("sn", 21, "kuti vanoti vanhu vari uye kana asi iri mari iyi munyika hurumende ichi sezvo kubva pamwe izvi ari zviri anoti kuita vamwe vachiti ravo yavo zvinhu pasi aya ava apo"),
    ("so", 34, "oo ka ay ku ah ee in uu ayaa u la iyo soo lagu waxay waxaa ugu mid kale si laga loo sheegay wuxuu aan markii inay dadka sida waxa waa inuu tahay ayuu balse ma"),
    ("sw", 36, "ya na wa kwa katika ni za la kuwa hiyo huo alisema amesema kwamba baada hata wake yake cha watu huyo hivyo pia lakini ili kama au hii bado yao wao baina miaka"),
    ("xh", 10, "ukuba emva kodwa uthi lo xa utshilo kwaye abantu nto kule ngenxa eli ngoku kulo ukuze uthe kokuba kweli apho ngethuba okanye phantsi phakathi umntu oku eyona kutsho"),
    ("zu", 12, "ukuthi kodwa futhi uma ngoba abantu kanye noma lapho umuntu ngesikhathi kusho uthe yakhe kule lokhu nokuthi bese ngemuva kuze okwamanje lo yize ngaphandle kahle"),
    ("yo", 36, "ni ti to awọn àwọn n wọn si pe pé naa náà o ṣe ko rẹ fun lati láti fi wa oun lo kan ati sọ jẹ ki ninu bi lọ yoo gba yii ní tí maa lori tó tun nigba ń di"),
];

/// Words of Nigerian Pidgin that English has not: many other words are those of English, so that these decide.
pub(super) const PIDGIN: &[&str] = &[
    "di", "dey", "wey", "dem", "dis", "dia", "wetin", "pipo", "wit", "sey", "dose", "dat", "tok",
    "im",
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
