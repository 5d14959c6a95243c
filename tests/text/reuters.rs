//! Every date and dateline of Reuters-21578, where the corpus is at hand.

use std::io::Read;
use std::path::Path;

use morgue::text::date::{Reading, read};
use morgue::text::edtf::Edtf;
use morgue::text::{clean, dateline};

/// The contents of an element, wherever it occurs.
fn elements<'a>(text: &'a str, name: &str) -> Vec<&'a str> {
    let (open, close) = (format!("<{name}>"), format!("</{name}>"));
    let after_open = text.split(&open).skip(1);
    after_open
        .filter_map(|rest| Some(rest.split_once(&close)?.0))
        .collect()
}

#[test]
fn all_dates_and_datelines_of_reuters_are_read() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/corpora/reuters21578");
    let Ok(files) = std::fs::read_dir(&folder) else {
        println!("skipped: no {}", folder.display());
        return;
    };
    let (mut dates, mut datelines) = (0, 0);
    for file in files
        .map(|file| file.unwrap().path())
        .filter(|path| path.extension().is_some_and(|end| end == "gz"))
    {
        let mut bytes = Vec::new();
        flate2::read::GzDecoder::new(std::fs::File::open(&file).unwrap())
            .read_to_end(&mut bytes)
            .unwrap();
        let text = String::from_utf8_lossy(&bytes);
        for date in elements(&text, "DATE") {
            let reading = read(&clean::entities(date), Some("en"));
            assert!(
                matches!(reading, Some(Reading::Settled(Edtf::Local(_)))),
                "{date}"
            );
            dates += 1;
        }
        for field in elements(&text, "DATELINE") {
            let found = dateline::from_field(field).unwrap_or_else(|| panic!("nothing in {field}"));
            assert!(found.place.len() < 50, "{field}");
            datelines += 1;
        }
    }
    println!("{dates} dates, {datelines} datelines");
    assert!(dates >= 1000 && datelines >= 800);
}
