//! Cleans text: white space and control characters. Works on strings; decodes no entities and reads no markup.

/// One line: white space folded to single blanks, control characters removed, ends trimmed.
pub fn line(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for word in text.split(|c: char| c.is_whitespace()) {
        let from = out.len();
        if from > 0 {
            out.push(' ');
        }
        let start = out.len();
        out.extend(word.chars().filter(|c| !c.is_control()));
        if out.len() == start {
            out.truncate(from);
        }
    }
    out
}

/// Paragraphs divided by one empty line, each on one line.
pub fn paragraphs(text: &str) -> String {
    let mut out: Vec<String> = Vec::new();
    let mut open: Vec<&str> = Vec::new();
    for row in text.lines().chain(std::iter::once("")) {
        if row.trim().is_empty() {
            let paragraph = line(&open.join(" "));
            if !paragraph.is_empty() {
                out.push(paragraph);
            }
            open.clear();
        } else {
            open.push(row);
        }
    }
    out.join("\n\n")
}
