//! Which order a source is found to write its dates in.

use morgue::text::date::{Order, OrderEvidence, Reading, read};

/// Observes the dates and hints (languages as they are, addresses with `@` before them) of a source.
fn evidence(source: &[&str]) -> OrderEvidence {
    let mut evidence = OrderEvidence::default();
    for said in source {
        if let Some(address) = said.strip_prefix('@') {
            evidence.hint_domain(address);
        } else if let Some(reading) = read(said, None) {
            evidence.observe(&reading);
        } else {
            evidence.hint_language(said);
        }
    }
    evidence
}

#[track_caller]
fn check(source: &[&str], order: Option<Order>) {
    assert_eq!(evidence(source).decide(), order, "{source:?}");
}

#[test]
fn one_date_that_can_only_be_read_in_one_way_decides() {
    check(&["03/04/2024", "25/04/2024"], Some(Order::Dmy));
    check(&["03/04/2024", "04/25/2024"], Some(Order::Mdy));
    check(&["04/25/2024", "de", "@example.de"], Some(Order::Mdy));
}

#[test]
fn contradiction_stays_open_unless_it_is_a_slip() {
    check(&["25/04/2024", "04/25/2024", "en-GB"], None);
    let mut many = vec!["25/04/2024"; 40];
    many.push("04/25/2024");
    check(&many, Some(Order::Dmy));
}

#[test]
fn hints_decide_where_dates_do_not() {
    check(&["03/04/2024"], None);
    check(&["03/04/2024", "en"], None);
    check(&["03/04/2024", "en-US"], Some(Order::Mdy));
    check(&["03/04/2024", "en_IN"], Some(Order::Dmy));
    check(&["03/04/2024", "zh-Hans"], None);
    check(&["03/04/2024", "fr"], Some(Order::Dmy));
    check(
        &["03/04/2024", "@https://news.example.co.uk/a?b"],
        Some(Order::Dmy),
    );
    check(&["03/04/2024", "@weather.example.gov"], Some(Order::Mdy));
    check(&["03/04/2024", "@example.com:8080"], None);
    check(&["03.04.2024"], Some(Order::Dmy));
    check(&["03.04.2024", "en-US"], Some(Order::Mdy));
}

#[test]
fn evidence_merges() {
    let mut left = evidence(&["03/04/2024", "en-US"]);
    left.merge(&evidence(&["25/04/2024", "@example.de"]));
    assert_eq!(
        left,
        evidence(&["03/04/2024", "en-US", "25/04/2024", "@example.de"])
    );
    let kept = serde_json::to_string(&left).unwrap();
    assert_eq!(serde_json::from_str::<OrderEvidence>(&kept).unwrap(), left);
}

#[test]
fn only_the_year_is_sure_of_an_open_date() {
    let settle = |text: &str, order| {
        read(text, None)
            .and_then(|reading: Reading| reading.settle(order))
            .unwrap()
            .to_string()
    };
    assert_eq!(settle("03/04/2024", None), "2024");
    assert_eq!(settle("03/04/2024", Some(Order::Dmy)), "2024-04-03");
    assert_eq!(settle("03/04/2024", Some(Order::Mdy)), "2024-03-04");
    assert_eq!(settle("25/04/2024", None), "2024-04-25");
    assert_eq!(settle("25/04/2024", Some(Order::Mdy)), "2024-04-25");
    assert_eq!(settle("04/04/2024", None), "2024-04-04");
    assert_eq!("DMY".parse(), Ok(Order::Dmy));
    assert!("ymd".parse::<Order>().is_err());
}
