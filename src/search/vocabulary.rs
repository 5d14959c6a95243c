//! Words that were met in articles, with their forms: they recur from article to article.

use std::cell::OnceCell;

use rustc_hash::FxHashMap;

#[cfg(doc)]
use crate::text::analysis::Words;
use crate::text::analysis::form;
use crate::text::analysis::stem::Stemmer;

/// Words by number.
#[derive(Default)]
pub(crate) struct Vocabulary {
    /// By language and whether they are letters inside a word, then by word.
    ids: FxHashMap<(&'static str, bool), FxHashMap<Box<str>, usize>>,
    forms: Vec<Forms>,
}

struct Forms {
    word: Box<str>,
    stemmer: Stemmer,
    exact: String,
    /// A letter inside a word of a script without spaces: it has no stem.
    inside: bool,
    /// Most words are told apart from what is looked for before their stems are needed.
    stem: OnceCell<String>,
}

impl Vocabulary {
    /// The number of a word of an article with this stemmer; `inside`: see [`Words::is_inside`].
    pub(super) fn id(&mut self, stemmer: &Stemmer, word: &str, inside: bool) -> usize {
        let ids = self.ids.entry((stemmer.code(), inside)).or_default();
        if let Some(id) = ids.get(word) {
            return *id;
        }
        self.forms.push(Forms {
            word: word.into(),
            stemmer: *stemmer,
            exact: form::exact_of(word),
            inside,
            stem: OnceCell::new(),
        });
        ids.insert(word.into(), self.forms.len() - 1);
        self.forms.len() - 1
    }

    pub(super) fn exact(&self, id: usize) -> &str {
        &self.forms[id].exact
    }

    pub(super) fn has_stem(&self, id: usize, wanted: &str) -> bool {
        let forms = &self.forms[id];
        if forms.inside {
            return false;
        }
        if forms.stemmer.keeps_beginnings() && forms.exact.chars().next() != wanted.chars().next() {
            return false;
        }
        let stem = forms.stem.get_or_init(|| {
            let mut stem = String::new();
            forms.stemmer.stem(&forms.word, &mut stem);
            stem
        });
        stem == wanted
    }
}
