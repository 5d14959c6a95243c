//! What people get. Tags and quoted attributes are looked at as a browser would.

use axum::body::Body;
use axum::http::Request as HttpRequest;
use insta::assert_snapshot;
use morgue::query::{FIELDS, OPERATORS};
use morgue::serve::router;

use super::{archive, get, send_to};

/// The names of the tags of a page that may not be there: none is, unless text became markup.
fn foreign_tags(html: &str) -> Vec<&str> {
    const OURS: &[&str] = &[
        "!doctype", "html", "head", "meta", "title", "link", "body", "header", "nav", "a", "main",
        "h1", "h2", "h3", "form", "div", "input", "button", "label", "select", "option", "details",
        "summary", "section", "strong", "small", "pre", "span", "ol", "ul", "li", "article", "p",
        "bdi", "time", "mark", "aside", "fieldset", "legend", "figure", "svg", "rect", "line",
        "text", "g", "code", "dl", "dt", "dd", "br", "kbd", "table", "thead", "tbody", "tr", "th",
        "td", "del", "ins",
    ];
    html.split('<')
        .skip(1)
        .map(|tag| tag.trim_start_matches('/'))
        .map(|tag| {
            &tag[..tag
                .find(|letter: char| !letter.is_ascii_alphanumeric() && letter != '!')
                .unwrap_or(0)]
        })
        .filter(|name| !OURS.contains(name))
        .collect()
}

/// The names of all attributes, outside of their quoted values.
fn attributes(html: &str) -> Vec<&str> {
    let mut names = Vec::new();
    for tag in html.split('<').skip(1) {
        let tag = tag.split('>').next().unwrap_or_default();
        for outside in tag.split('"').step_by(2) {
            names.extend(
                outside
                    .split_whitespace()
                    .filter_map(|word| word.strip_suffix('=')),
            );
        }
    }
    names
}

fn body(path: &str) -> String {
    let answer = get(path);
    assert_eq!(answer.media_type(), "text/html; charset=utf-8");
    let html = answer.body;
    // The one script is known by its whole tag.
    let ours = "<script type=\"module\" src=\"/page/main.js\"></script>";
    assert_eq!(html.matches(ours).count(), 1, "{path}");
    assert_eq!(foreign_tags(&html.replace(ours, "")), [""; 0], "{path}");
    for name in attributes(&html) {
        assert!(!name.starts_with("on") && name != "style", "{path}: {name}");
    }
    assert!(!html.contains("href=\"javascript"), "{path}");
    html
}

#[test]
fn the_checks_of_this_file_see_markup() {
    assert_eq!(
        foreign_tags("<p>a</p><script>x</script><img src=x>"),
        ["script", "script", "img"]
    );
    assert_eq!(
        attributes("<p class=\"a b\" onclick=\"x\">"),
        ["class", "onclick"]
    );
}

/// What stands between two places of a page.
fn between<'a>(html: &'a str, from: &str, to: &str) -> &'a str {
    let start = html
        .find(from)
        .unwrap_or_else(|| panic!("no {from} in {html}"));
    let end = html[start..].find(to).unwrap();
    &html[start..start + end]
}

#[test]
fn hits_are_marked_and_linked() {
    let html = body("/?q=ferry&sort=oldest&limit=2");
    assert_snapshot!(between(&html, "<ol class=\"hits", "<nav class"), @r#"
    <ol class="hits">
    <li value="1"><article lang="en&quot; onclick=&quot;x">
    <h2 dir="auto"><a href="/article?id=x%22%3E%3Cscript%3Ealert%28%27id%27%29%3C%2Fscript%3E&amp;q=ferry&amp;sort=oldest&amp;limit=2">=cmd()&lt;img src=x onerror=alert(1)&gt;[2J</a></h2>
    <p class="facts"><bdi><time datetime="1605">1605</time></bdi> · <bdi>]0;owned新聞</bdi> · <bdi>&lt;/li&gt;&lt;script&gt;1&lt;/script&gt;</bdi> · <bdi>&lt;b&gt;&quot;O&#39;Neil&quot;&lt;/b&gt;, Name, Comma; and Brace}</bdi> · <bdi>&lt;img src=x onerror=alert(1)&gt;</bdi></p>
    <p dir="auto">a &lt;mark&gt;<mark>ferry</mark>&lt;/mark&gt; &amp; &quot;b&quot; 31m</p>
    </article></li>
    <li value="2"><article lang="en">
    <h2 dir="auto"><a href="/article?id=n%3A1&amp;q=ferry&amp;sort=oldest&amp;limit=2"><mark>Ferry</mark> service returns to Larkmouth</a></h2>
    <p class="facts"><bdi><time datetime="1963-08-14">14 August 1963</time></bdi> · <bdi>The Larkmouth Courier</bdi> · <bdi>Harbour</bdi> · <bdi>Ann Roe, Bo Lund</bdi> · <bdi>Larkmouth</bdi> · <bdi>3 matches</bdi></p>
    <p dir="auto">The <mark>ferry</mark>, a white horse (bílý kůň) on its bow, sails again from Monday.</p>
    <p dir="auto">The <mark>ferry</mark> in 1951</p>
    </article></li>
    </ol>
    "#);
    assert!(html.contains(">3 articles</h1>"));
}

#[test]
fn facets_are_boxes_of_the_form() {
    let html = body("/?q=ferry&facet=source,byline&byline=Ann+Roe&byline=Nobody");
    assert_snapshot!(between(&html, "<aside", "</aside>"), @r#"
    <aside class="facets" aria-labelledby="narrow">
    <h2 id="narrow">Narrow down</h2>
    <p><a href="/?q=ferry&amp;byline=Ann%20Roe&amp;byline=Nobody">All that can be chosen</a></p>
    <fieldset>
    <legend>Publication</legend>
    <ul>
    <li><label><input type="checkbox" form="search" name="source" value="The Larkmouth Courier"><bdi>The Larkmouth Courier</bdi> <span class="count">1</span></label></li>
    </ul>
    </fieldset>
    <fieldset>
    <legend>Author</legend>
    <ul>
    <li><label><input type="checkbox" form="search" name="byline" value="&lt;b&gt;&quot;O&#39;Neil&quot;&lt;/b&gt;"><bdi>&lt;b&gt;&quot;O&#39;Neil&quot;&lt;/b&gt;</bdi> <span class="count">1</span></label></li>
    <li><label><input type="checkbox" form="search" name="byline" value="Ann Roe" checked><bdi>Ann Roe</bdi> <span class="count">1</span></label></li>
    <li><label><input type="checkbox" form="search" name="byline" value="Bo Lund"><bdi>Bo Lund</bdi> <span class="count">1</span></label></li>
    <li><label><input type="checkbox" form="search" name="byline" value="Name, Comma; and Brace}"><bdi>Name, Comma; and Brace}</bdi> <span class="count">1</span></label></li>
    </ul>
    </fieldset>
    <input type="hidden" name="byline" value="Nobody" form="search">
    <p class="apply"><button form="search">Apply</button></p>
    "#);
    let html = body("/?q=ferry&byline=Ann+Roe&byline=Bo+Lund&from=1963");
    assert_snapshot!(between(&html, "<ul class=\"narrowed", "<div class=\"found"), @r#"
    <ul class="narrowed" aria-label="Narrowed to">
    <li><a href="/?q=ferry&amp;byline=Ann%20Roe&amp;byline=Bo%20Lund"><span class="unseen">Without </span>Date: <bdi>from 1963</bdi><span aria-hidden="true"> ×</span></a></li>
    <li><a href="/?q=ferry&amp;from=1963&amp;byline=Bo%20Lund"><span class="unseen">Without </span>Author: <bdi>Ann Roe</bdi><span aria-hidden="true"> ×</span></a></li>
    <li><a href="/?q=ferry&amp;from=1963&amp;byline=Ann%20Roe"><span class="unseen">Without </span>Author: <bdi>Bo Lund</bdi><span aria-hidden="true"> ×</span></a></li>
    <li><a href="/?q=ferry">Clear all</a></li>
    </ul>
    "#);
    assert!(html.contains(">1 article</h1>"));
    assert!(
        html.contains("<p class=\"facts\">Read as <code>ferry AND date:1963..</code>"),
        "{html}"
    );
    // The counts beside what is chosen are of what else could be.
    let counts = body("/?q=ferry&byline=Ann+Roe");
    assert!(counts.contains("<bdi>Bo Lund</bdi> <span class=\"count\">1</span>"));
}

#[test]
fn what_is_chosen_stays_when_the_query_is_wrong() {
    let html = get("/?q=nope:x&source=The+Larkmouth+Courier").body;
    assert!(html.contains(
        "<input type=\"hidden\" name=\"source\" value=\"The Larkmouth Courier\" form=\"search\">"
    ));
    assert!(html.contains("<pre>nope:x\n<span class=\"caret\">^^^^</span></pre>"));
}

#[test]
fn the_timeline_is_a_picture_of_links() {
    let bars = |path: &str| -> Vec<String> {
        let html = body(path);
        let figure = between(&html, "<figure", "</figure>");
        let titles = figure.split("<title>").skip(1);
        titles
            .map(|rest| rest.split('<').next().unwrap().to_owned())
            .collect()
    };
    assert_eq!(
        bars("/?q=ferry&timeline=month&from=1963"),
        [
            "August 1963: 1 article of 1",
            "October 1963: 1 article of 1"
        ]
    );
    // As fits: days where all lies in few months, years or more of them where it spans many.
    assert_eq!(
        bars("/?q=ferry&from=1963"),
        [
            "14 August 1963: 1 article of 1",
            "2 October 1963: 1 article of 1"
        ]
    );
    assert_eq!(
        bars("/?q=ferry"),
        [
            "1605–1609: 1 article of 1",
            "January 1960 to October 1963: 2 articles of 2"
        ]
    );
    let html = body("/?q=ferry&from=1963&timeline=month");
    assert!(
        html.contains("<a href=\"/?q=ferry&amp;from=1963-08-01&amp;to=1963-08-31\" aria-label=")
    );
    let empty = body("/?q=submarine");
    assert!(!empty.contains("<figure"));
}

#[test]
fn a_query_is_told_in_words() {
    let html = body("/?q=ferry+W/5+bridge&explain=yes");
    let words = between(&html, "<section class=\"explained", "</section>");
    assert!(
        words.contains("<ul><li>these, at most 5 words apart"),
        "{words}"
    );
    assert!(
        words.contains("<dt>nexis</dt><dd><code>ferry w/5 bridge</code>"),
        "{words}"
    );
    assert!(words.contains("<a href=\"/?q=ferry%20W%2F5%20bridge\">Close</a>"));
    assert!(body("/?q=ferry+W/5+bridge").contains("&amp;explain=yes\">In words</a>"));
}

#[test]
fn all_hits_can_be_taken_away_and_followed() {
    let html = body("/?q=ferry&sort=oldest&limit=1&source=The+Larkmouth+Courier");
    let query = "q=ferry&amp;source=The%20Larkmouth%20Courier&amp;sort=oldest";
    for path in ["/api/v1/export?format=csv&amp;", "/feeds/atom?"] {
        assert!(
            html.contains(&format!("<li><a href=\"{path}{query}\">")),
            "{path}"
        );
    }
    assert!(html.contains(&format!(
        "<link rel=\"alternate\" type=\"application/atom+xml\" title=\"Atom\" href=\"/feeds/atom?{query}\">"
    )));
}

#[test]
fn a_story_has_a_history() {
    let html = body("/article?id=v%3A1&q=gale");
    assert_snapshot!(between(&html, "<section class=\"versions", "</section>"), @r#"
    <section class="versions" aria-labelledby="versions">
    <h2 id="versions">Versions</h2>
    <ol>
    <li value="1"><a href="/article?id=v%3A1&amp;version=1&amp;q=gale"><bdi>Gale warning for the bay</bdi></a>
    <p class="facts"><time datetime="1987-03-01">1 March 1987</time> – <time datetime="1987-03-02">2 March 1987</time></p></li>
    <li value="2"><strong><bdi>Gale warning for the bay</bdi></strong>
    <p class="facts"><time datetime="1987-03-02">2 March 1987</time> – now · <a href="/article?id=v%3A1&amp;diff=1..2&amp;q=gale">What changed</a></p></li>
    </ol>
    "#);
    let old = body("/article?id=v%3A1&version=1");
    assert!(old.contains("A gale is expected on Friday."));
    assert!(old.contains("<p class=\"warning\">Version 1. The archive has not read so since"));
    let changed = body("/article?id=v%3A1&diff=1..2");
    assert!(
        changed.contains(
            "A <ins>severe </ins>gale is expected on <del>Friday</del><ins>Saturday</ins>."
        ),
        "{changed}"
    );
    assert_eq!(get("/article?id=v%3A1&version=9").status, 400);
    assert_eq!(get("/article?id=v%3A1&diff=1").status, 400);
}

#[test]
fn what_was_withdrawn_is_told_and_what_is_kept_is_listed() {
    let answer = get("/article?id=w%3A1");
    assert_eq!(answer.status, 410);
    assert!(answer.body.contains("was withdrawn"));
    assert!(
        answer
            .body
            .contains("<a href=\"/article?id=w%3A1&amp;version=1\">")
    );
    let sealed = get("/article?id=e%3A1");
    assert_eq!(sealed.status, 403);
    assert!(!sealed.body.contains("future"));
}

#[test]
fn what_is_typed_is_completed() {
    let offered = |query: &str| -> Vec<String> {
        let offers = get(&format!("/page/suggest?{query}")).json();
        let offers = offers.as_array().unwrap().iter();
        offers
            .map(|offer| format!("{} {}", offer["kind"], offer["query"]).replace('"', ""))
            .collect()
    };
    let all = offered("q=lark");
    assert!(all.contains(&"word larkmouth".into()), "{all:?}");
    assert!(
        all.contains(&"publication source:\\The Larkmouth Courier\\".into()),
        "{all:?}"
    );
    assert!(offered("q=by").contains(&"field byline:".into()));
    assert_eq!(offered("q=ro&field=byline"), ["author byline:\\Ann Roe\\"]);
    assert_eq!(offered("q=fer&field=headline"), ["word headline:ferry"]);
    assert_eq!(offered("q=19&field=date"), [""; 0]);
    // A field is known by each of its names, and stays as it is typed.
    assert_eq!(offered("q=ro&field=Author"), ["author Author:\\Ann Roe\\"]);
    assert_eq!(offered("q=fer&field=hl"), ["word hl:ferry"]);
    assert_eq!(offered("q=apple&field=in"), ["place in:\\Applevale\\"]);
    assert_eq!(
        offered("q=apple&field=place"),
        ["place place:\\Applevale\\"]
    );
    assert_eq!(offered("q=ro&field=nope"), [""; 0]);
}

#[test]
fn what_is_quoted_is_completed_as_a_whole() {
    let offered = |query: &str| -> Vec<String> {
        let offers = get(&format!("/page/suggest?{query}")).json();
        let offers = offers.as_array().unwrap().iter();
        offers
            .map(|offer| offer["query"].as_str().unwrap().to_owned())
            .collect()
    };
    let check = |query: &str, expected: &[&str]| assert_eq!(offered(query), expected, "{query}");
    check(
        "q=the+lark&field=source&quote=%22",
        &["source:\"The Larkmouth Courier\""],
    );
    check(
        "q=the+&field=source&quote=%22",
        &["source:\"The Larkmouth Courier\""],
    );
    check("q=white+hor&quote=%22", &["\"white horse"]);
    check("q=hor&quote=%E2%80%9C", &["“horse"]);
    check("q=white+hor&field=lead&quote=%22", &["lead:\"white horse"]);
    check("q=white-hor", &["white-horse"]);
    // Words alone, and none that has hardly begun.
    check("q=lark&quote=%22", &["\"larkmouth", "\"lark"]);
    check("q=white+h&quote=%22", &[]);
    check("q=white+&quote=%22", &[]);
}

#[test]
fn help_has_every_form_of_the_language() {
    let html = body("/help");
    let examples = OPERATORS.iter().map(|row| row.example);
    for example in examples.chain(FIELDS.iter().map(|row| row.example)) {
        let example = example.replace('"', "&quot;").replace('>', "&gt;");
        assert!(
            html.contains(&format!("<code>{example}</code></a>")),
            "{example}"
        );
    }
}

#[test]
fn files_of_the_page_are_asked_for_once() {
    for path in ["/page/style.css", "/page/main.js", "/page/icon.svg"] {
        let answer = get(path);
        assert_eq!(answer.status, 200, "{path}");
        let tag = answer.headers["etag"].to_str().unwrap().to_owned();
        let again = HttpRequest::get(path)
            .header("host", "localhost")
            .header("if-none-match", tag);
        let again = send_to(router(archive()), again.body(Body::empty()).unwrap());
        assert_eq!(
            (again.status.as_u16(), again.body.as_str()),
            (304, ""),
            "{path}"
        );
    }
}

#[test]
fn text_stays_text() {
    let query = "%22%3E%3Cscript%3Ealert(1)%3C%2Fscript%3E%27";
    let html = body(&format!("/?q={query}&from={query}&timeline=day"));
    assert!(html.contains("value=\"&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;&#39;\""));
    body(&format!("/?q=nope:{query}"));
    body(&format!("/?after={query}"));
    body(&format!("/{query}"));
    body(&format!("/?{query}=1"));
    body(&format!("/?sort={query}"));
    body(&format!("/article?id={query}"));
    body(&format!("/article?id={query}&q={query}"));
    body(&format!("/article?id=a&q=nothing&from={query}&to={query}"));
    body(&format!("/article?id=a&q=nope:{query}"));
    body(&format!("/article?id=a&q=x&match={query}"));
}

#[test]
fn an_article_is_there_to_read() {
    let html = body("/article?id=web");
    assert_snapshot!(between(&html, "<article", "</main>"), @r#"
    <article class="reading" lang="en">
    <h1 dir="auto">&lt;script&gt;alert(1)&lt;/script&gt;</h1>
    <p class="facts"></p>
    <p dir="auto">One &amp; two.</p>
    <p dir="auto">&lt;b onmouseover=x&gt;three&lt;/b&gt;</p>
    </article>
    <dl class="about">
    <dt>Language</dt><dd><bdi>en</bdi></dd>
    <dt>Words</dt><dd><bdi>11</bdi></dd>
    <dt>Address</dt><dd><a href="https://courier.example/?a=1&amp;b=2" rel="noreferrer noopener">https://courier.example/?a=1&amp;b=2</a></dd>
    <dt>File</dt><dd><bdi>, record 0</bdi></dd>
    <dt>Id</dt><dd><bdi>web</bdi></dd>
    </dl>
    "#);
    assert!(!body(&format!("/article?id={HOSTILE_ID}")).contains("<a href=\"java"));
    assert_eq!(get("/article?id=none").status, 404);
    assert_eq!(get("/article").status, 400);
}

#[test]
fn an_article_opened_from_a_hit_is_marked() {
    let html = body("/article?id=web&q=script+OR+%22two+b%22&match=any&sort=oldest&source=A");
    assert_snapshot!(between(&html, "<div class=\"matches", "<dl"), @r##"
    <div class="matches" id="matches">
    <p>3 matches of <code>script OR &quot;two b&quot;</code></p>
    <nav aria-label="Matches"><a href="#match-1">First</a>
    <a rel="up" href="/?q=script%20OR%20%22two%20b%22&amp;source=A&amp;match=any&amp;sort=oldest">All hits</a></nav>
    </div>
    <article class="reading" lang="en">
    <h1 dir="auto">&lt;<mark id="match-1"><a href="#match-2">script</a></mark>&gt;alert(1)&lt;/<mark id="match-2"><a href="#match-3">script</a></mark>&gt;</h1>
    <p class="facts"></p>
    <p dir="auto">One &amp; <mark id="match-3"><a href="#match-4">two.</a></mark></p>
    <p dir="auto"><mark id="match-4"><a href="#match-5">&lt;b</a></mark> onmouseover=x&gt;three&lt;/b&gt;</p>
    </article>
    <p class="facts" id="match-5">No more matches. <a href="#match-1">First</a>
    <a rel="up" href="/?q=script%20OR%20%22two%20b%22&amp;source=A&amp;match=any&amp;sort=oldest">All hits</a></p>
    "##);
    let html = body("/article?id=web&q=frost");
    assert!(!html.contains("<mark"));
    assert!(html.contains("<p>No match of <code>frost</code></p>"));
    assert!(html.contains("<a rel=\"up\" href=\"/?q=frost\">All hits</a>"));
    assert!(!body("/article?id=web&q=").contains("class=\"matches\""));
}

const HOSTILE_ID: &str = "x%22%3E%3Cscript%3Ealert%28%27id%27%29%3C%2Fscript%3E";

/// Every link to a place of the page leads to one, and no two places have one name.
#[test]
fn marks_lead_to_marks() {
    for query in ["script", "nothing"] {
        let html = body(&format!("/article?id=web&q={query}"));
        let all = |before: &str| -> Vec<String> {
            let parts = html.split(before).skip(1);
            parts
                .map(|rest| rest.split('"').next().unwrap().to_owned())
                .collect()
        };
        let (places, links) = (all(" id=\""), all("href=\"#"));
        let mut names = places.clone();
        names.sort();
        names.dedup();
        assert_eq!(names.len(), places.len());
        assert!(links.iter().all(|link| places.contains(link)), "{html}");
        // One leads past the head.
        assert_eq!(links.len(), 1 + if query == "script" { 2 + 2 } else { 0 });
    }
}

#[test]
fn the_first_page_is_the_box_and_the_time_it_holds() {
    let html = body("/");
    assert!(html.contains("<figure class=\"timeline\">"));
    assert!(html.contains(" autofocus>") && !html.contains("class=\"hits\""));
    // Nothing comes from elsewhere.
    assert!(!html.contains("http://") && !html.contains("https://"));
}

#[test]
fn an_error_stands_under_the_box_with_its_caret() {
    let answer = get("/?q=truce+nope%3Ax&from=1963&sort=oldest&limit=5");
    assert_eq!(answer.status, 400);
    let html = answer.body;
    assert!(html.contains("value=\"truce nope:x\"") && html.contains("value=\"1963\""));
    assert!(html.contains("<option value=\"oldest\" selected>"));
    assert!(html.contains("<input type=\"hidden\" name=\"limit\" value=\"5\" form=\"search\">"));
    assert!(
        html.contains("<pre>truce nope:x\n<span class=\"caret\">      ^^^^</span></pre>"),
        "{html}"
    );
}

#[test]
fn pages_lead_on_and_back() {
    let first = body("/?q=ferry&sort=newest&limit=1");
    let next = first
        .split("href=\"")
        .find(|link| link.contains("rel=\"next\""))
        .unwrap();
    let next = next.split('"').next().unwrap().replace("&amp;", "&");
    assert!(
        next.starts_with("/?q=ferry&sort=newest&limit=1&after="),
        "{next}"
    );
    assert!(
        body(&next).contains("<a href=\"/?q=ferry&amp;sort=newest&amp;limit=1\">First hits</a>")
    );
    assert!(body("/?q=submarine").contains("Nothing found."));
}
