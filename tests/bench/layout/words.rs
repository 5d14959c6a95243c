//! Both analyses of a text in one pass: the exact folded word, and its stem behind a prefix.
//! Feeds the layouts T1–T7; T0 uses `stems.rs`. Knows nothing of fields or queries.
//!
//! The text of an article is one string, headline, deck and body parted by [`PART`]; what stands before the first
//! `PART` is the headline. Splits words as tantivy's SimpleTokenizer does, so that matches agree with T0.

use frostem::{Algorithm, Stemmer};
use tantivy::tokenizer::{Token, TokenStream, Tokenizer};

/// Parts headline, deck and body (ASCII group separator: never part of a word).
pub const PART: char = '\u{1d}';
/// Positions left free at a [`PART`], so that no phrase and no W/n crosses it.
const PART_GAP: usize = 100;
/// Longest word indexed, in bytes, as in tantivy's `en_stem`.
const LONGEST: usize = 40;
/// Slots of the stem cache (a power of two). Stemming is a pure function and words are Zipfian.
const CACHE: usize = 1 << 14;

/// What is emitted at each position.
#[derive(Clone, Copy)]
pub struct Emit {
    /// The folded word itself.
    pub exact: bool,
    /// The stem.
    pub stem: bool,
    /// Written before a stem when both analyses share one field; else empty.
    pub prefix: &'static str,
    /// How often a headline token is emitted (BM25F by replication).
    pub headline: usize,
    /// Remember stems.
    pub cached: bool,
    /// Words that do not inflect are emitted once, for both analyses.
    pub shared: bool,
}

pub struct Words {
    emit: Emit,
    token: Token,
    stem: String,
    cache: Vec<(String, String)>,
}

impl Clone for Words {
    fn clone(&self) -> Words {
        Words::new(self.emit)
    }
}

impl Words {
    pub fn new(emit: Emit) -> Words {
        let slots = if emit.cached && emit.stem { CACHE } else { 0 };
        Words {
            emit,
            token: Token::default(),
            stem: String::new(),
            cache: vec![Default::default(); slots],
        }
    }
}

impl Tokenizer for Words {
    type TokenStream<'a> = Stream<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> Stream<'a> {
        self.token.reset();
        let repeat = if text.contains(PART) {
            self.emit.headline
        } else {
            1
        };
        Stream {
            emit: self.emit,
            stemmer: Stemmer::new(Algorithm::English),
            words: self,
            text,
            at: 0,
            next: 0,
            repeat,
            left: 0,
            stem_left: 0,
            word: String::with_capacity(LONGEST),
        }
    }
}

pub struct Stream<'a> {
    words: &'a mut Words,
    emit: Emit,
    stemmer: Stemmer,
    text: &'a str,
    at: usize,
    /// The position of the next word.
    next: usize,
    /// How often each word is emitted here: more than once in the headline.
    repeat: usize,
    /// Exact tokens and stem tokens still to be emitted for the present word.
    left: usize,
    stem_left: usize,
    word: String,
}

impl Stream<'_> {
    /// The character at `self.at`, without decoding when it is ASCII.
    fn peek(&self) -> Option<char> {
        let byte = *self.text.as_bytes().get(self.at)?;
        if byte.is_ascii() {
            Some(char::from(byte))
        } else {
            self.text[self.at..].chars().next()
        }
    }

    /// Reads the next word into `self.word`, folded; false at the end.
    fn read(&mut self) -> bool {
        loop {
            let Some(first) = self.peek() else {
                return false;
            };
            if !first.is_alphanumeric() {
                if first == PART {
                    self.repeat = 1;
                    self.next += PART_GAP;
                }
                self.at += first.len_utf8();
                continue;
            }
            let start = self.at;
            let mut ascii = true;
            while let Some(c) = self.peek().filter(|c| c.is_alphanumeric()) {
                ascii &= c.is_ascii();
                self.at += c.len_utf8();
            }
            let position = self.next;
            self.next += 1;
            let raw = &self.text[start..self.at];
            if raw.len() >= LONGEST {
                continue;
            }
            self.word.clear();
            self.word.push_str(raw);
            if ascii {
                self.word.make_ascii_lowercase();
            } else {
                self.word = self.word.to_lowercase();
            }
            self.words.token.position = position;
            return true;
        }
    }

    /// Makes the stem of the word; false when the word is its own and only form, and is to be emitted once.
    fn stem(&mut self) -> bool {
        let (stem, prefix) = (&mut self.words.stem, self.emit.prefix);
        stem.clear();
        stem.push_str(prefix);
        let mut fresh = (String::new(), String::new());
        let slot = match self.words.cache.is_empty() {
            true => &mut fresh,
            false => &mut self.words.cache[hash(self.word.as_bytes()) & (CACHE - 1)],
        };
        if slot.0 != self.word {
            slot.0.clone_from(&self.word);
            slot.1.clear();
            if !(self.emit.shared && invariant(&self.word)) {
                slot.1.push_str(&self.stemmer.stem(&self.word));
            }
        }
        stem.push_str(&slot.1);
        !slot.1.is_empty()
    }
}

/// English words without inflections, sorted; no verb and no noun is among them.
const INVARIANT: [&str; 62] = [
    "a", "about", "after", "all", "also", "although", "an", "and", "any", "as", "at", "because",
    "but", "by", "during", "for", "from", "he", "her", "him", "his", "how", "i", "if", "in",
    "into", "it", "its", "more", "most", "no", "nor", "not", "of", "on", "or", "our", "she",
    "since", "so", "some", "such", "than", "that", "the", "their", "them", "then", "there",
    "these", "they", "this", "those", "to", "we", "what", "when", "where", "which", "who", "with",
    "you",
];

/// Whether a word is its own and only form: a function word, or one with a digit in it.
pub fn invariant(word: &str) -> bool {
    word.len() == 1
        || word.bytes().any(|b| b.is_ascii_digit())
        || INVARIANT.binary_search(&word).is_ok()
}

/// FNV-1a.
fn hash(bytes: &[u8]) -> usize {
    let h = bytes.iter().fold(0xcbf2_9ce4_8422_2325_u64, |h, b| {
        (h ^ u64::from(*b)).wrapping_mul(0x100_0000_01b3)
    });
    (h ^ (h >> 32)) as usize
}

impl TokenStream for Stream<'_> {
    fn advance(&mut self) -> bool {
        if self.left == 0 && self.stem_left == 0 {
            if !self.read() {
                return false;
            }
            self.left = if self.emit.exact { self.repeat } else { 0 };
            self.stem_left = if self.emit.stem && self.stem() {
                self.repeat
            } else {
                0
            };
            if self.emit.exact {
                self.words.token.text.clone_from(&self.word);
            }
        }
        if self.left > 0 {
            self.left -= 1;
        } else {
            if !self.emit.exact || self.stem_left == self.repeat {
                self.words.token.text.clone_from(&self.words.stem);
            }
            self.stem_left -= 1;
        }
        true
    }

    fn token(&self) -> &Token {
        &self.words.token
    }

    fn token_mut(&mut self) -> &mut Token {
        &mut self.words.token
    }
}
