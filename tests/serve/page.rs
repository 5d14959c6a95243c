//! What people get. Tags and quoted attributes are looked at as a browser would.

use insta::assert_snapshot;

use super::get;

/// The names of the tags of a page that may not be there: none is, unless text became markup.
fn foreign_tags(html: &str) -> Vec<&str> {
    const OURS: &[&str] = &[
        "!doctype",
        "html",
        "head",
        "meta",
        "title",
        "link",
        "body",
        "header",
        "a",
        "main",
        "form",
        "p",
        "input",
        "button",
        "label",
        "select",
        "option",
        "section",
        "strong",
        "pre",
        "ol",
        "li",
        "article",
        "h1",
        "h2",
        "h3",
        "bdi",
        "time",
        "mark",
        "aside",
        "ul",
        "nav",
        "figure",
        "figcaption",
        "span",
        "svg",
        "rect",
        "code",
        "div",
        "dl",
        "details",
        "summary",
        "dt",
        "dd",
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
    assert_eq!(foreign_tags(&html), [""; 0], "{path}");
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

#[test]
fn hits_are_marked_and_linked() {
    let html = body("/?q=ferry&sort=oldest&limit=2&facet=source,byline");
    assert_snapshot!(&html[html.find("<div class=\"found").unwrap()..html.find("</main>").unwrap()], @r#"
    <div class="found">
    <div>
    <ol class="hits">
    <li value="1"><article lang="en&quot; onclick=&quot;x">
    <h2 dir="auto"><a href="/article?id=x%22%3E%3Cscript%3Ealert%28%27id%27%29%3C%2Fscript%3E&amp;q=ferry">=cmd()&lt;img src=x onerror=alert(1)&gt;[2J</a></h2>
    <p class="facts"><bdi>1605</bdi> · <bdi>&lt;b&gt;&quot;O&#39;Neil&quot;&lt;/b&gt;, Name, Comma; and Brace}</bdi> · <bdi>&lt;img src=x onerror=alert(1)&gt;</bdi> · <bdi>]0;owned新聞</bdi> · <bdi>&lt;/li&gt;&lt;script&gt;1&lt;/script&gt;</bdi> · <bdi>a&amp;b
    X-Evil: 1.html</bdi></p>
    <p dir="auto">a &lt;mark&gt;<mark>ferry</mark>&lt;/mark&gt; &amp; &quot;b&quot; 31m</p>
    </article></li>
    <li value="2"><article lang="en">
    <h2 dir="auto"><a href="/article?id=n%3A1&amp;q=ferry"><mark>Ferry</mark> service returns to Larkmouth</a></h2>
    <p class="facts"><bdi>1963-08-14</bdi> · <bdi>Ann Roe, Bo Lund</bdi> · <bdi>Larkmouth</bdi> · <bdi>The Larkmouth Courier</bdi> · <bdi>Harbour</bdi> · <bdi>courier/1963.jsonl</bdi></p>
    <p dir="auto">The <mark>ferry</mark>, a white horse (bílý kůň) on its bow, sails again from Monday.</p>
    <p dir="auto">The <mark>ferry</mark> in 1951</p>
    </article></li>
    </ol>
    <nav aria-label="More hits">
    <a href="/?q=ferry&amp;sort=oldest&amp;limit=2&amp;after=eyJwIjp7ImtleSI6Wy0yMzMyLDkyMjMzNzIwMzY4NTQ3NzU4MDcsOTIyMzM3MjAzNjg1NDc3NTgwNywwXSwiaWQiOiJuOjEifSwibiI6MiwiciI6IjA4OThkOWRlNzc0MjMxZDQifQ&amp;facet=source%2Cbyline" rel="next">Next hits</a>
    </nav>
    </div>
    <aside aria-label="Narrow down">
    <section>
    <h3>source</h3>
    <ul>
    <li><a href="/?q=ferry%20source%3A%22The%20Larkmouth%20Courier%22&amp;sort=oldest&amp;limit=2&amp;facet=source%2Cbyline"><bdi>The Larkmouth Courier</bdi></a> 2</li>
    <li><a href="/?q=ferry%20source%3A%22%1B%5D0%3Bowned%07%E6%96%B0%E8%81%9E%22&amp;sort=oldest&amp;limit=2&amp;facet=source%2Cbyline"><bdi>]0;owned新聞</bdi></a> 1</li>
    </ul>
    </section>
    <section>
    <h3>byline</h3>
    <ul>
    <li><a href="/?q=ferry%20byline%3A%22%3Cb%3E%20O%27Neil%20%3C%2Fb%3E%22&amp;sort=oldest&amp;limit=2&amp;facet=source%2Cbyline"><bdi>&lt;b&gt;&quot;O&#39;Neil&quot;&lt;/b&gt;</bdi></a> 1</li>
    <li><a href="/?q=ferry%20byline%3A%22Ann%20Roe%22&amp;sort=oldest&amp;limit=2&amp;facet=source%2Cbyline"><bdi>Ann Roe</bdi></a> 1</li>
    <li><a href="/?q=ferry%20byline%3A%22Bo%20Lund%22&amp;sort=oldest&amp;limit=2&amp;facet=source%2Cbyline"><bdi>Bo Lund</bdi></a> 1</li>
    <li><a href="/?q=ferry%20byline%3A%22Name%2C%20Comma%3B%20and%20Brace%7D%22&amp;sort=oldest&amp;limit=2&amp;facet=source%2Cbyline"><bdi>Name, Comma; and Brace}</bdi></a> 1</li>
    </ul>
    </section>
    </aside>
    </div>
    "#);
}

#[test]
fn the_timeline_is_a_picture_of_links() {
    let html = body("/?q=ferry&timeline=month&from=1963");
    let bars: Vec<_> = html
        .split("<title>")
        .skip(2)
        .map(|rest| rest.split('<').next().unwrap())
        .collect();
    assert_eq!(bars, ["1963-08: 1 of 1", "1963-10: 1 of 1"]);
    assert!(html.contains(
        "<a href=\"/?q=ferry&amp;from=1963-08-01&amp;to=1963-08-31&amp;timeline=month\">"
    ));
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
    assert_snapshot!(&html[html.find("<article").unwrap()..html.find("</main>").unwrap()], @r#"
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
    assert!(!body("/article?id=other").contains("<a href=\"java"));
    assert_eq!(get("/article?id=none").status, 404);
    assert_eq!(get("/article").status, 400);
}

#[test]
fn an_article_opened_from_a_hit_is_marked() {
    let html = body("/article?id=web&q=script+OR+%22two+b%22&match=any");
    assert_snapshot!(&html[html.find("<main>").unwrap()..html.find("<dl").unwrap()], @r##"
    <main>
    <p class="summary" role="status">3 matches of <code>script OR &quot;two b&quot;</code> · <a href="#match-1">first</a> · <a href="/?q=script%20OR%20%22two%20b%22&amp;match=any">all hits</a></p>
    <article class="reading" lang="en">
    <h1 dir="auto">&lt;<mark id="match-1"><a href="#match-2">script</a></mark>&gt;alert(1)&lt;/<mark id="match-2"><a href="#match-3">script</a></mark>&gt;</h1>
    <p class="facts"></p>
    <p dir="auto">One &amp; <mark id="match-3"><a href="#match-4">two.</a></mark></p>
    <p dir="auto"><mark id="match-4"><a href="#match-5">&lt;b</a></mark> onmouseover=x&gt;three&lt;/b&gt;</p>
    </article>
    <p class="summary" id="match-5">No more matches · <a href="#match-1">first again</a> · <a href="/?q=script%20OR%20%22two%20b%22&amp;match=any">all hits</a></p>
    "##);
    let html = body("/article?id=web&q=frost");
    assert!(
        !html.contains("<mark")
            && html.contains(">No match of <code>frost</code> · <a href=\"/?q=frost\">")
    );
    assert!(!body("/article?id=web&q=").contains("class=\"summary\""));
}

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
        assert_eq!(links.len(), if query == "script" { 2 + 2 } else { 0 });
    }
}

#[test]
fn the_first_page_is_only_the_box() {
    let html = body("/");
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
    assert!(html.contains("<input type=\"hidden\" name=\"limit\" value=\"5\">"));
    assert!(
        html.contains("<pre>truce nope:x\n      ^^^^</pre>"),
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
