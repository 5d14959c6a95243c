//! JSON as pages have it: strict where it is, mended where it is not.
//!
//! Knows the slips of page generators (line ends in strings, commas before brackets, comments and CDATA round the block,
//! references instead of quotes, a block cut off in the middle), and nothing of what the JSON says.

use serde_json::Value;

/// The values in a block: usually one, several when they are written one after another. Nothing when it cannot be mended.
pub(crate) fn values(block: &str) -> Vec<Value> {
    let block = unwrapped(block);
    if let Ok(value) = serde_json::from_str(block) {
        return vec![value];
    }
    let decoded;
    let block = if !block.contains('"') && block.contains("&quot;") {
        decoded = crate::text::clean::entities(block).into_owned();
        &decoded
    } else {
        block
    };
    let mended = mended(block);
    // What comes before a mistake is kept: a wrong second value does not spoil the first.
    serde_json::Deserializer::from_str(&mended)
        .into_iter::<Value>()
        .map_while(Result::ok)
        .collect()
}

/// Without what scripts are wrapped in: white space, HTML comments, CDATA, a semicolon at the end.
fn unwrapped(mut block: &str) -> &str {
    const BEFORE: &[&str] = &["\u{feff}", "<!--", "//<![CDATA[", "// <![CDATA[", "/*<![CDATA[*/", "<![CDATA[", "//"];
    const AFTER: &[&str] = &["-->", "//]]>", "// ]]>", "/*]]>*/", "]]>", ";", "//"];
    loop {
        let before = block;
        block = block.trim();
        for mark in BEFORE {
            block = block.strip_prefix(mark).unwrap_or(block);
        }
        for mark in AFTER {
            block = block.strip_suffix(mark).unwrap_or(block);
        }
        if block.len() == before.len() {
            return block;
        }
    }
}

/// The same JSON with its slips mended; what was right stays as it is.
fn mended(block: &str) -> String {
    let mut out = String::with_capacity(block.len() + 16);
    let mut open = Vec::new();
    let mut letters = block.chars().peekable();
    let mut in_string = false;
    while let Some(letter) = letters.next() {
        if in_string {
            match letter {
                '\\' => escape(&mut out, letters.next()),
                '"' => {
                    in_string = false;
                    out.push('"');
                }
                '\n' => out.push_str("\\n"),
                _ if letter.is_control() => out.push(' '),
                _ => out.push(letter),
            }
            continue;
        }
        match letter {
            '"' => {
                in_string = true;
                out.push('"');
            }
            '{' | '[' => {
                open.push(if letter == '{' { '}' } else { ']' });
                out.push(letter);
            }
            '}' | ']' => {
                drop_comma(&mut out);
                open.pop();
                out.push(letter);
            }
            // A line comment, or the wrapping of a block inside the block.
            '/' if letters.peek() == Some(&'/') => {
                for skipped in letters.by_ref() {
                    if skipped == '\n' {
                        break;
                    }
                }
            }
            _ if letter.is_control() => out.push(' '),
            _ => out.push(letter),
        }
    }
    // A block that was cut off: what is open is closed.
    if in_string {
        out.push('"');
    }
    drop_comma(&mut out);
    out.extend(open.iter().rev());
    out
}

/// An escape inside a string; one that JSON does not have (`\'`) stands for its letter.
fn escape(out: &mut String, letter: Option<char>) {
    match letter {
        Some(letter @ ('"' | '\\' | '/' | 'b' | 'f' | 'n' | 'r' | 't' | 'u')) => {
            out.push('\\');
            out.push(letter);
        }
        Some(letter) if letter.is_control() => out.push(' '),
        Some(letter) => out.push(letter),
        None => {}
    }
}

/// Takes back a comma that nothing follows.
fn drop_comma(out: &mut String) {
    let kept = out.trim_end();
    if kept.ends_with(',') {
        out.truncate(kept.len() - 1);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(block: &str, expected: &str) {
        let printed: Vec<String> = values(block).iter().map(Value::to_string).collect();
        assert_eq!(printed.join(" "), expected, "{block}");
    }

    #[test]
    fn mends_what_generators_do_wrong() {
        check(r#"{"a":1}"#, r#"{"a":1}"#);
        check("<!--\n//<![CDATA[\n{\"a\":1}\n//]]>\n-->", r#"{"a":1}"#);
        check("{\"a\":\"two\nlines\tand a tab\"}", r#"{"a":"two\nlines and a tab"}"#);
        check(r#"{"a":[1,2,],}"#, r#"{"a":[1,2]}"#);
        check(r#"{"a":"it\'s"};"#, r#"{"a":"it's"}"#);
        check("{&quot;a&quot;:&quot;b&quot;}", r#"{"a":"b"}"#);
        check(r#"{"a":1} {"b":2}"#, r#"{"a":1} {"b":2}"#);
        check("{\"a\": // the first\n 1}", r#"{"a":1}"#);
        check(r#"{"a":{"b":"cut of"#, r#"{"a":{"b":"cut of"}}"#);
        check(r#"{"url":"https://news.example/a",}"#, r#"{"url":"https://news.example/a"}"#);
    }

    #[test]
    fn gives_nothing_for_what_is_no_json() {
        check("", "");
        check("var a = 1", "");
        check(&"[".repeat(100_000), "");
    }
}
