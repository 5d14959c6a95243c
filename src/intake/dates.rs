//! Settles dates whose day and month are both numbers, by the evidence of their whole source.
//!
//! Drafts with such dates wait, with those that follow them in the same file, until the file has ended; when the source is
//! still undecided then, until all files have been read. What nobody can tell keeps the year alone.

use std::collections::BTreeMap;

use crate::article::Article;
use crate::format::Draft;
use crate::text::date::{Order, OrderEvidence, Reading};

/// How many articles may wait at once; past that they are settled with the evidence at hand.
const WAITING: usize = 50_000;

/// What is known of the order of day and month, source by source.
#[derive(Debug, Default)]
pub struct DateOrders {
    forced: Option<Order>,
    evidence: BTreeMap<String, OrderEvidence>,
    /// How many articles have kept only their year, because day and month could not be told apart.
    pub undecided: u64,
}

impl DateOrders {
    /// Knows nothing yet; `forced` settles every date.
    pub fn new(forced: Option<Order>) -> Self {
        DateOrders { forced, ..DateOrders::default() }
    }

    /// Goes on with the evidence of an earlier run.
    pub fn with_evidence(forced: Option<Order>, evidence: BTreeMap<String, OrderEvidence>) -> Self {
        DateOrders { forced, evidence, undecided: 0 }
    }

    /// The evidence, for the next run.
    pub fn evidence(&self) -> &BTreeMap<String, OrderEvidence> {
        &self.evidence
    }

    /// Takes what a draft says about the order of its source.
    fn observe(&mut self, draft: &Draft) {
        let readings = || draft.date.iter().chain(&draft.updated);
        if !readings().any(|reading| matches!(reading, Reading::Numeric { .. })) {
            return;
        }
        let evidence = self.evidence.entry(source_of(&draft.article)).or_default();
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

    fn order(&self, article: &Article) -> Option<Order> {
        self.forced.or_else(|| self.evidence.get(&source_of(article)).and_then(OrderEvidence::decide))
    }

    /// Whether a draft can be settled now.
    fn is_settled(&self, draft: &Draft) -> bool {
        !is_open(draft) || self.order(&draft.article).is_some()
    }

    fn settle(&mut self, mut draft: Box<Draft>) -> Box<Article> {
        let order = self.order(&draft.article);
        if order.is_none() && is_open(&draft) {
            self.undecided += 1;
        }
        draft.article.date = draft.date.and_then(|reading| reading.settle(order));
        draft.article.updated = draft.updated.and_then(|reading| reading.settle(order));
        Box::new(draft.article)
    }
}

fn is_open(draft: &Draft) -> bool {
    let open = |reading: &Reading| matches!(reading, Reading::Numeric { dmy: Some(dmy), mdy: Some(mdy), .. } if dmy != mdy);
    draft.date.iter().chain(&draft.updated).any(open)
}

/// Whose habit it is: the publication, else the host of the address, else the folder of the file.
fn source_of(article: &Article) -> String {
    if let Some(source) = &article.source {
        return source.clone();
    }
    let host = article.url.as_deref().and_then(|url| url.split_once("://")).map(|(_, rest)| rest.split('/').next());
    if let Some(Some(host)) = host {
        return host.to_owned();
    }
    article.file.rsplit_once('/').map_or_else(|| article.file.clone(), |(folder, _)| format!("{folder}/"))
}

/// The drafts that wait for their dates.
#[derive(Default)]
pub(super) struct Waiting {
    /// Of the file at hand, in its order.
    file: Vec<(usize, Box<Draft>)>,
    /// Of files that have ended.
    others: Vec<(usize, Box<Draft>)>,
}

/// An article and the number of its job.
pub(super) type Settled = (usize, Box<Article>);

impl Waiting {
    /// Takes a draft; gives what need not wait.
    pub(super) fn push(&mut self, job: usize, draft: Box<Draft>, orders: &mut DateOrders) -> Vec<Settled> {
        orders.observe(&draft);
        if self.file.is_empty() && orders.is_settled(&draft) {
            return vec![(job, orders.settle(draft))];
        }
        self.file.push((job, draft));
        if self.file.len() + self.others.len() < WAITING {
            return Vec::new();
        }
        let mut settled = self.finish(orders);
        settled.extend(self.file.drain(..).map(|(job, draft)| (job, orders.settle(draft))));
        settled
    }

    /// The file at hand has ended: what can be settled now, and whether something of it still waits.
    pub(super) fn end_of_file(&mut self, orders: &mut DateOrders) -> (Vec<Settled>, bool) {
        let (mut settled, before) = (Vec::new(), self.others.len());
        for (job, draft) in self.file.drain(..) {
            if orders.is_settled(&draft) {
                settled.push((job, orders.settle(draft)));
            } else {
                self.others.push((job, draft));
            }
        }
        (settled, self.others.len() > before)
    }

    /// All files have ended.
    pub(super) fn finish(&mut self, orders: &mut DateOrders) -> Vec<Settled> {
        self.others.drain(..).map(|(job, draft)| (job, orders.settle(draft))).collect()
    }
}
