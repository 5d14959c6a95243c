//! Settles dates whose day and month are both numbers, by the evidence of their whole source.
//!
//! Drafts with such dates wait, with those that follow them in the same file, until the file has ended; when the source is
//! still undecided then, until all files have been read. What nobody can tell keeps the year alone.

use std::collections::BTreeMap;

use crate::article::Article;
use crate::format::Draft;
use crate::text::date::{Order, OrderEvidence, Reading};
use crate::text::edtf::Edtf;

/// How many articles may wait at once; past that they are settled with the evidence at hand.
const WAITING: usize = 50_000;
/// How many bytes of text they may have together.
const WAITING_BYTES: usize = 64 << 20;

/// What is known of the order of day and month, source by source.
#[derive(Debug, Default)]
pub struct DateOrders {
    forced: Option<Order>,
    evidence: BTreeMap<String, OrderEvidence>,
    /// What the file at hand says, where its articles name no source: it is surer than what its neighbours say.
    file: (String, OrderEvidence),
    /// How many articles have kept only their year, because day and month could not be told apart.
    pub undecided: u64,
}

impl DateOrders {
    /// Knows nothing yet; `forced` settles every date.
    pub fn new(forced: Option<Order>) -> Self {
        DateOrders {
            forced,
            ..DateOrders::default()
        }
    }

    /// Goes on with the evidence of an earlier run.
    pub fn with_evidence(forced: Option<Order>, evidence: BTreeMap<String, OrderEvidence>) -> Self {
        DateOrders {
            forced,
            evidence,
            ..DateOrders::default()
        }
    }

    /// The evidence, for the next run.
    pub fn evidence(&self) -> &BTreeMap<String, OrderEvidence> {
        &self.evidence
    }

    /// Takes what a draft says about the order of its source.
    pub(super) fn observe(&mut self, draft: &Draft) {
        let readings = || readings(draft);
        if !readings().any(|reading| matches!(reading, Reading::Numeric { .. })) {
            return;
        }
        if self.file.0 != draft.article.file {
            self.file = (draft.article.file.clone(), OrderEvidence::default());
        }
        let source = source_of(&draft.article);
        let of_file = source.is_folder.then_some(&mut self.file.1);
        for evidence in of_file
            .into_iter()
            .chain([self.evidence.entry(source.name).or_default()])
        {
            for reading in readings() {
                evidence.observe(reading);
            }
            if let Some(language) = &draft.article.language {
                evidence.hint_language(language);
            }
            if let Some(url) = &draft.article.url {
                evidence.hint_domain(url);
            }
        }
    }

    /// The order in the dates of an article. Before its file has `ended`, the file may still say otherwise than its folder.
    fn order(&self, article: &Article, ended: bool) -> Option<Order> {
        let source = source_of(article);
        let of_file = || {
            (source.is_folder && self.file.0 == article.file)
                .then(|| self.file.1.decide())
                .flatten()
        };
        let of_source = || {
            self.evidence
                .get(&source.name)
                .and_then(OrderEvidence::decide)
        };
        self.forced
            .or_else(of_file)
            .or_else(|| (ended || !source.is_folder).then(of_source).flatten())
    }

    /// Whether a draft can be settled now, when its file has `ended` or not.
    fn is_settled(&self, draft: &Draft, ended: bool) -> bool {
        !readings(draft).any(is_open) || self.order(&draft.article, ended).is_some()
    }

    /// The article, with its dates by the evidence so far.
    pub(super) fn settle(&mut self, mut draft: Box<Draft>) -> Box<Article> {
        let order = self.order(&draft.article, true);
        let dates = || draft.date.iter().chain(&draft.updated);
        if order.is_none() && dates().any(is_open) {
            self.undecided += 1;
        }
        draft.article.date = draft.date.and_then(|reading| reading.settle(order));
        draft.article.updated = draft.updated.and_then(|reading| reading.settle(order));
        if let Some(Ok(until)) = draft.embargo {
            draft.article.embargo = latest(until, order);
        }
        Box::new(draft.article)
    }
}

/// All dates of a draft.
fn readings(draft: &Draft) -> impl Iterator<Item = &Reading> {
    let embargo = draft.embargo.iter().flatten();
    draft.date.iter().chain(&draft.updated).chain(embargo)
}

fn is_open(reading: &Reading) -> bool {
    matches!(reading, Reading::Numeric { dmy: Some(dmy), mdy: Some(mdy), .. } if dmy != mdy)
}

/// The end of an embargo: where day and month cannot be told apart, the later day.
fn latest(until: Reading, order: Option<Order>) -> Option<Edtf> {
    match (until, order) {
        (Reading::Numeric { dmy, mdy, .. }, None) => {
            dmy.into_iter().chain(mdy).max_by_key(Edtf::first_day)
        }
        _ => until.settle(order),
    }
}

/// Whose habit it is.
pub(super) struct Habit {
    pub(super) name: String,
    /// Nobody is named: only the folder is known.
    is_folder: bool,
}

/// The publication, else the host of the address, else the folder of the file.
pub(super) fn source_of(article: &Article) -> Habit {
    let host = || {
        article
            .url
            .as_deref()?
            .split_once("://")?
            .1
            .split('/')
            .next()
    };
    if let Some(name) = article.source.as_deref().or_else(host) {
        return Habit {
            name: name.to_owned(),
            is_folder: false,
        };
    }
    let folder = article
        .file
        .rsplit_once('/')
        .map_or("", |(folder, _)| folder);
    Habit {
        name: format!("{folder}/"),
        is_folder: true,
    }
}

fn bytes_of(draft: &Draft) -> usize {
    super::bytes_of(&draft.article)
}

/// The drafts that wait for their dates.
#[derive(Default)]
pub(super) struct Waiting {
    /// Of the file at hand, in its order.
    file: Vec<(usize, Box<Draft>)>,
    /// Of files that have ended.
    others: Vec<(usize, Box<Draft>)>,
    /// The bytes of the texts of all of them.
    bytes: usize,
}

/// An article and the number of its job.
pub(super) type Settled = (usize, Box<Article>);

impl Waiting {
    /// Takes a draft; gives what need not wait.
    pub(super) fn push(
        &mut self,
        job: usize,
        draft: Box<Draft>,
        orders: &mut DateOrders,
    ) -> Vec<Settled> {
        orders.observe(&draft);
        if self.file.is_empty() && orders.is_settled(&draft, false) {
            return vec![(job, orders.settle(draft))];
        }
        self.bytes += bytes_of(&draft);
        self.file.push((job, draft));
        if self.file.len() + self.others.len() < WAITING && self.bytes < WAITING_BYTES {
            return Vec::new();
        }
        let mut settled = self.finish(orders);
        settled.extend(
            self.file
                .drain(..)
                .map(|(job, draft)| (job, orders.settle(draft))),
        );
        settled
    }

    /// The file at hand has ended: what can be settled now, and whether something of it still waits.
    pub(super) fn end_of_file(&mut self, orders: &mut DateOrders) -> (Vec<Settled>, bool) {
        let (mut settled, before) = (Vec::new(), self.others.len());
        for (job, draft) in self.file.drain(..) {
            if orders.is_settled(&draft, true) {
                self.bytes = self.bytes.saturating_sub(bytes_of(&draft));
                settled.push((job, orders.settle(draft)));
            } else {
                self.others.push((job, draft));
            }
        }
        (settled, self.others.len() > before)
    }

    /// All files have ended.
    pub(super) fn finish(&mut self, orders: &mut DateOrders) -> Vec<Settled> {
        self.bytes = 0;
        self.others
            .drain(..)
            .map(|(job, draft)| (job, orders.settle(draft)))
            .collect()
    }
}
