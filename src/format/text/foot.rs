//! Finds what stands under an article and is no part of it: what the publication says of itself, and rights.
//!
//! A paragraph is a notice when it speaks of a subscription or of rights, *and* of the site or agency, *and* to the
//! reader. So a story about subscriptions stays whole. Recurring paragraphs of a whole source are not known here.

use super::super::layout::Unit;

/// What was under the article.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Foot {
    /// How many units at the end are no part of the article.
    pub(super) units: usize,
    /// The line about copyright.
    pub(super) copyright: Option<String>,
}

/// Beginnings of words, in several languages, of what is offered to readers.
const OFFERS: &[&str] = &[
    "subscri",
    "newsletter",
    "abonn",
    "suscri",
    "assinat",
    "abone",
    "подпис",
    "اشترا",
    "订阅",
    "訂閱",
    "購読",
    "sign up",
];

/// Of rights.
const RIGHTS: &[&str] = &[
    "copyright",
    "©",
    "(c) ",
    "all rights reserved",
    "rights reserved",
    "redistribut",
    "reproduc",
    "reprint",
    "permission",
    "rechte vorbehalten",
    "droits réservés",
    "derechos reservados",
    "diritti riservati",
    "direitos reservados",
    "hakları saklıdır",
    "права защищены",
    "حقوق",
    "版权",
    "版權",
    "無断転載",
];

/// Of the one who speaks.
const SELVES: &[&str] = &[
    "website",
    "web site",
    "webseite",
    "site web",
    "sitio",
    "sito",
    "web sitesi",
    "internet sitesi",
    "сайт",
    "موقع",
    "网站",
    "網站",
    "our site",
    "this site",
    "app ",
    "agency",
    "agence",
    "agentur",
    "agencia",
    "agenzia",
    "ajans",
    "агентств",
    "وكالة",
    "通讯社",
    "news service",
    ".com",
    ".org",
    ".net",
    "our ",
];

/// To the reader.
const ADDRESSES: &[&str] = &[
    "please",
    "contact",
    "click",
    "visit ",
    "follow us",
    "your ",
    "bitte",
    "kontakt",
    "veuillez",
    "contacte",
    "por favor",
    "contatt",
    "lütfen",
    "iletişim",
    "пожалуйста",
    "يرجى",
    "请联系",
    "請聯繫",
    "portion of",
    "may not be",
    "without ",
];

/// How long a notice may be, in characters.
const LONGEST: usize = 500;

/// What is under the article, of which `units` are the paragraphs from its headline on.
pub(super) fn foot(units: &[Unit]) -> Foot {
    let mut foot = Foot::default();
    // The first unit is never a notice: there would be nothing above it.
    while foot.units + 1 < units.len() && foot.units < 4 {
        let text = &units[units.len() - 1 - foot.units].text;
        if text.chars().take(LONGEST + 1).count() > LONGEST {
            break;
        }
        let lower = text.to_lowercase();
        let speaks = |of: &[&str]| of.iter().any(|word| lower.contains(word));
        let claimed = ["©", "copyright ", "(c) "]
            .iter()
            .any(|begin| lower.starts_with(begin));
        let rights = claimed || speaks(RIGHTS);
        let notice = (speaks(OFFERS) || rights) && speaks(SELVES) && speaks(ADDRESSES);
        let reserved =
            RIGHTS[3..].iter().any(|phrase| lower.contains(phrase)) && speaks(&RIGHTS[..3]);
        if !claimed && !notice && !reserved {
            break;
        }
        if rights && foot.copyright.is_none() {
            foot.copyright = Some(text.clone());
        }
        foot.units += 1;
    }
    foot
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(last: &str, units: usize, copyright: bool) {
        let unit = |text: &str| Unit {
            text: text.to_owned(),
            gap: 1,
            lines: 1,
        };
        let found = foot(&[unit("Ferry to run again"), unit("It runs."), unit(last)]);
        assert_eq!(
            (found.units, found.copyright.is_some()),
            (units, copyright),
            "{last}"
        );
    }

    #[test]
    fn notices_are_told_from_news() {
        check(
            "The Harbour News Agency shows a part of its stories on this website. Please contact us to subscribe.",
            1,
            false,
        );
        check(
            "Auf unserer Webseite steht nur ein Teil der Meldungen der Agentur. Bitte abonnieren Sie den Dienst.",
            1,
            false,
        );
        check("© 2024 The Harbour News. All rights reserved.", 1, true);
        check("Copyright 2024 Harbour News", 1, true);
        check(
            "This article may not be reproduced without permission of the agency.",
            1,
            true,
        );
        check(
            "Subscribers of the ferry line will pay more, the agency said.",
            0,
            false,
        );
        check(
            "The museum asked for permission to show the painting.",
            0,
            false,
        );
        check("He asked visitors to follow the signs.", 0, false);
    }
}
