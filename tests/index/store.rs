//! The dictionary that articles are packed with comes when there are enough of them; older ones stay readable.

use super::{Desk, articles, line};

fn lines(numbers: std::ops::Range<u32>) -> String {
    numbers
        .map(|number| line(&format!("n{number}"), &format!("Ferry {number}")))
        .collect()
}

#[test]
fn a_dictionary_that_comes_later() {
    let desk = Desk::new();
    desk.write("a.jsonl", lines(0..50));
    desk.sync(&[""]);
    assert!(!desk.index().join("dictionary.zstd").exists());
    let open = desk.archive();
    assert_eq!(open.article("n7").unwrap().headline, "Ferry 7");

    desk.write("b.jsonl", lines(50..3_000));
    desk.sync(&[""]);
    assert!(desk.index().join("dictionary.zstd").exists());
    assert_eq!(
        open.articles().unwrap(),
        50,
        "an archive sees its own commit"
    );
    assert_eq!(open.article("n49").unwrap().headline, "Ferry 49");
    assert!(open.refresh().unwrap());
    assert!(!open.refresh().unwrap());
    let all = articles(&open);
    assert_eq!(all.len(), 3_000);
    assert!(
        (0..3_000).all(|number| all[&format!("n{number}")].headline == format!("Ferry {number}"))
    );
}

#[test]
fn articles_from_which_no_dictionary_can_be_learned() {
    let desk = Desk::new();
    let tiny = |number| format!("{{\"id\": \"{number}\", \"headline\": \"x\", \"body\": \"\"}}\n");
    desk.write("a.jsonl", (0..400).map(tiny).collect::<String>());
    desk.sync(&[""]);
    assert_eq!(desk.articles().len(), 400);
}
