//! A query in words, as `morgue explain` tells it: its parts with what each finds alone, and how others would write it.

use super::asked::Asked;
use super::html::{each, escape};
use super::words::count;
use crate::search::{ExplainedLine, Explanation};

/// The explanation, with a way to close it.
pub(super) fn explained(asked: &Asked, explanation: &Explanation) -> String {
    let written = each(&explanation.written, |written| {
        let text = match &written.text {
            Some(text) => format!("<code>{}</code>", escape(text)),
            None => "cannot say this".into(),
        };
        let notes = each(&written.notes, |note| {
            format!("<br><small>{}</small>", escape(note))
        });
        format!(
            "<dt>{}</dt><dd>{text}{notes}</dd>\n",
            escape(&written.dialect.to_string())
        )
    });
    let without = asked.with(|asked| asked.explain = false);
    format!(
        "<section class=\"explained\" aria-labelledby=\"in-words\">\n<h2 id=\"in-words\">The query in words</h2>\n{}\
         <dl class=\"about\">\n{written}</dl>\n<p><a href=\"{}\">Close</a></p>\n</section>\n",
        tree(&explanation.lines),
        escape(&without),
    )
}

/// The lines as lists in lists.
fn tree(lines: &[ExplainedLine]) -> String {
    let mut html = String::new();
    // How many lists are open.
    let mut open = 0;
    for line in lines {
        if line.depth < open {
            html += &"</li></ul>".repeat(open - line.depth - 1);
            html += "</li>\n";
            open = line.depth + 1;
        }
        while open <= line.depth {
            html += "<ul>";
            open += 1;
        }
        let counts = [(line.words, "word"), (line.articles, "article")];
        let counts: Vec<_> = counts
            .into_iter()
            .filter_map(|(number, noun)| Some(count(number?, noun)))
            .collect();
        html += &format!(
            "<li>{} <span class=\"count\">{}</span>",
            escape(&line.text),
            counts.join(", ")
        );
    }
    html + &"</li></ul>".repeat(open) + "\n"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_lie_in_lists() {
        let lines = [(0, "a"), (1, "b"), (2, "c"), (2, "d"), (1, "e")].map(|(depth, text)| {
            let text = text.into();
            ExplainedLine {
                depth,
                text,
                words: None,
                articles: None,
            }
        });
        let html = tree(&lines).replace(" <span class=\"count\"></span>", "");
        assert_eq!(
            html.replace('\n', ""),
            "<ul><li>a<ul><li>b<ul><li>c</li><li>d</li></ul></li><li>e</li></ul></li></ul>"
        );
    }
}
