//! Saved web pages: one page → one article, or the reason why it is none.
//!
//! A page says what it is in up to four ways: JSON-LD ([`json_ld`]), metas ([`meta`]), microdata ([`microdata`]) and what
//! it shows ([`blocks`], [`body`], [`byline`], [`shown_date`]). [`choose`] brings them together. There are no rules for
//! single sites: what is known here is known of the kind. Nothing is fetched, no script is run.


use std::ops::ControlFlow;

use super::{Format, Head, Input, Rejection, Sink};
use crate::source::{self, SkipReason};

mod address;
mod beside;
mod blocks;
mod body;
mod byline;
mod charset;
mod choose;
mod date;
mod deck;
mod headline;
mod json;
mod json_ld;
mod label;
mod meta;
mod microdata;
mod page;
mod plain;
mod prune;
mod shown_date;
mod stated;
mod verdict;

/// The row of this format.
pub const HTML: Format = Format {
    name: "html",
    help: "a saved web page with one article",
    sniff,
    read,
};

/// Names that HTML files have.
const ENDINGS: &[&str] = &[".html", ".htm", ".xhtml", ".shtml"];

/// Certain at a doctype or `<html>`, likely at other tags of a page; a feed or another XML file is none, whatever its name.
fn sniff(head: &Head<'_>) -> u8 {
    let text = head.text.trim_start_matches('\u{feff}').trim_start();
    let beginning = text[..text.floor_char_boundary(1_000)].to_ascii_lowercase();
    let named = ENDINGS.iter().any(|ending| head.name.ends_with(ending));
    if beginning.starts_with("<!doctype html") || beginning.starts_with("<html") {
        return 95;
    }
    if !beginning.starts_with('<') {
        return if named && text.contains("<p") { 60 } else { 0 };
    }
    if beginning.contains("<html") || beginning.contains("<!doctype html") {
        return 90;
    }
    let is_xml = beginning.starts_with("<?xml") || ["<rss", "<feed", "<rdf:rdf"].iter().any(|root| beginning.contains(root));
    let has_tag = ["<head", "<meta", "<body", "<title", "<script", "<div", "<p>", "<article", "<h1"].iter().any(|tag| beginning.contains(tag));
    match (is_xml, named, has_tag) {
        (true, ..) => 0,
        (_, true, _) => 80,
        (_, false, true) => 60,
        _ => 0,
    }
}

/// Reads the page.
fn read(input: &mut Input<'_>, sink: &mut Sink<'_>) -> Result<(), Rejection> {
    let mut bytes = Vec::new();
    input.bytes.read_to_end(&mut bytes).map_err(|error| Rejection::new(SkipReason::Unreadable, error.to_string()))?;
    let declared = charset::declared(&bytes);
    let text = source::decode(bytes, declared.as_deref()).text;
    // The sink's wish to stop changes nothing: there is no second record.
    let (ControlFlow::Continue(()) | ControlFlow::Break(())) = sink(record(&text));
    Ok(())
}

/// The one record of a page.
fn record(text: &str) -> super::Record {
    if text.trim().is_empty() {
        return Err(Rejection::new(SkipReason::Empty, "a page without a letter"));
    }
    let beginning = text[..text.floor_char_boundary(1_000)].to_ascii_lowercase();
    if ["<rss", "<feed", "<rdf:rdf"].iter().any(|root| beginning.contains(root)) && !beginning.contains("<html") {
        return Err(Rejection::new(SkipReason::NotAnArticle, "a feed, not a page"));
    }
    choose::record(&page::Page::parse(text))
}
pub fn lab(h:&str)->super::Record{ record(h) }
pub fn survey(h:&str)->Vec<(&'static str, Vec<String>)>{ let p=page::Page::parse(h);
 let h1:Vec<String>=p.elements("h1").map(|(i,_)|p.text(i)).collect(); let t:Vec<String>=p.elements("title").map(|(i,_)|p.text(i)).collect();
 let j=json_ld::read(&p); let m=meta::read(&p); let d=microdata::read(&p);
 vec![("h1",h1),("title",t),("j.head",j.headline),("m.head",m.headline),("d.head",d.headline),("j.auth",j.authors),("m.auth",m.authors),("d.auth",d.authors),("j.pub",j.published),("m.pub",m.published),("d.pub",d.published),("j.mod",j.updated),("m.mod",m.updated),("d.mod",d.updated),("j.desc",j.deck.into_iter().collect()),("m.desc",m.deck.into_iter().collect()),("j.top",j.topics),("m.top",m.topics),("m.url",m.url),("j.url",j.url)]
}
pub fn why(h:&str,n:&str){ let p=page::Page::parse(h); let b=blocks::blocks(&p); let l=label::Labels::of(&p); let bs=beside::beside(&p,&b,&l); let t=body::find(&p,&b,&l,&bs);
 println!("container {} {:?}", p.nodes[t.nodes.start].tag, p.nodes[t.nodes.start].attributes);
 for (i,x) in b.iter().enumerate() { if n=="ALL" {println!("{}{} {:?} w{} l{} {:.120}", if bs[i] {"x"} else {" "}, if t.blocks.contains(&i) {"K"} else {" "},x.kind,x.weight,x.linked,x.text);} else if x.text.contains(n) { println!("BLOCK {x:?} beside {} kept {}",bs[i],t.blocks.contains(&i)); for a in p.ancestors(x.node) { let n=&p.nodes[a]; println!("   {} {:?} {:?} {:?}",n.tag,l.get(a),n.attribute("class"),n.attribute("id")); } } }
}
pub fn timing(pages:&[String]){ use std::time::Instant; let mut t=[0.0f64;8];
 for h in pages { let a=Instant::now(); let d=dom_query::Document::from(h.as_str()); t[0]+=a.elapsed().as_secs_f64(); drop(d);
  let a=Instant::now(); let p=page::Page::parse(h); t[1]+=a.elapsed().as_secs_f64();
  let a=Instant::now(); let b=blocks::blocks(&p); t[2]+=a.elapsed().as_secs_f64();
  let a=Instant::now(); let l=label::Labels::of(&p); t[3]+=a.elapsed().as_secs_f64();
  let a=Instant::now(); let bs=beside::beside(&p,&b,&l); t[4]+=a.elapsed().as_secs_f64();
  let a=Instant::now(); let _=body::find(&p,&b,&l,&bs); t[5]+=a.elapsed().as_secs_f64();
  let a=Instant::now(); let _=choose::record(&p); t[6]+=a.elapsed().as_secs_f64();
  let a=Instant::now(); let _=std::hint::black_box(prune::prune(h)).len(); t[7]+=a.elapsed().as_secs_f64();
 } println!("parse {:.2} page {:.2} blocks {:.2} labels {:.2} beside {:.2} body {:.2} record {:.2} prune {:.2} n {}",t[0],t[1],t[2],t[3],t[4],t[5],t[6],t[7],pages.len()); }
