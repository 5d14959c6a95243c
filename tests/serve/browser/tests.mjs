// What people do with the page. One row a test: the options of its browser, what is done and seen, and how many reports of the
// policy it provokes.

import { strict as assert } from "node:assert";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { HARM } from "./fixture.mjs";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** What the automatic rules of WCAG 2.2, A and AA, object to. */
export async function barriers(page) {
  // As the browser's own tools do, beside the policy of the page.
  await page.evaluate(AXE);
  const { violations } = await page.evaluate(() => globalThis.axe.run(document, {
    runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
  }));
  return violations.map(({ id, nodes }) => `${id}: ${nodes.slice(0, 3).map((node) => node.html).join("\n   ")}`);
}

export const total = (page) => page.locator("#total");
export const query = (page) => new URL(page.url()).searchParams;
const counted = async (page) => Number((await total(page).textContent()).replaceAll(/[^\d].*/g, ""));

/** Waits until the page shows so many articles. */
export const shows = (page, count) => total(page).filter({ hasText: new RegExp(`^${count} article`) }).waitFor();

async function type(page, text, expected) {
  await page.locator("#q").pressSequentially(text, { delay: 15 });
  await shows(page, expected);
}

/** The middle of a bar of the timeline, by its number. */
async function bar(page, number) {
  const box = await page.locator(".timeline [data-from]").nth(number).boundingBox();
  return [box.x + box.width / 2, box.y + box.height / 2];
}

export const tests = {
  "results come as one types, and the caret stays": {
    async run(page) {
      await page.goto("/");
      await type(page, "ferry", 60);
      assert.equal(await page.evaluate(() => document.activeElement.id), "q");
      assert.equal(query(page).get("q"), "ferry");
      assert.ok(await page.locator(".hits mark").count() > 5);
      assert.match(await page.locator("#said").textContent(), /^60 articles/);
      // In the middle of the box, with the caret where it was.
      await page.keyboard.press("Home");
      await type(page, "headline:", 60);
      assert.equal(await page.locator("#q").inputValue(), "headline:ferry");
      assert.equal(await page.evaluate(() => document.activeElement.selectionStart), 9);
    },
  },

  "all of it works below the path of another program": {
    async run(page) {
      // As a proxy does: takes the path away, and says so.
      await page.route("**/archive**", (route) => {
        const url = new URL(route.request().url());
        url.pathname = url.pathname.replace(/^\/archive\/?/, "/");
        route.continue({ url: url.href, headers: { ...route.request().headers(), "x-forwarded-prefix": "/archive" } });
      });
      await page.goto("/archive");
      await type(page, "ferry", 60);
      assert.match(page.url(), /\/archive\?q=ferry$/);
      await page.locator("#q").pressSequentially(" pass", { delay: 15 });
      await page.getByRole("option", { name: "passengers" }).click();
      await page.locator(".facets input").first().check();
      await page.waitForURL(/\/archive\?q=ferry.*&\w+=/);
      await page.locator(".hits a").first().click();
      await page.waitForURL(/\/archive\/article\?id=/);
      await page.locator("#matches").waitFor();
      await page.keyboard.press("u");
      await page.waitForURL(/\/archive\?q=ferry/);
    },
  },

  "an error stands under the box as it is typed, over the last answer": {
    async run(page) {
      await page.goto("/?q=ferry");
      await page.locator("#q").focus();
      await page.keyboard.press("End");
      await page.keyboard.type(' nope:x "', { delay: 15 });
      const problem = page.locator(".problem");
      await problem.waitFor();
      assert.match(await problem.locator("pre").textContent(), /ferry nope:x "\n +\^+/);
      assert.ok(await page.locator(".hits li").count() > 0);
      assert.match(await page.locator("#said").textContent(), /nope|quot/);
      // Enter shows the error alone.
      await page.keyboard.press("Enter");
      await page.locator(".hits").waitFor({ state: "detached" });
      await page.locator("#q").fill("market");
      await shows(page, 60);
      assert.equal(await problem.count(), 0);
    },
  },

  "a stale answer never takes the place of a newer one": {
    async run(page) {
      await page.route(/q=ferr(y|&|$)/, async (route) => {
        if (new URL(route.request().url()).searchParams.get("q") === "ferr") await new Promise((done) => setTimeout(done, 700));
        await route.continue().catch(() => {});
      });
      await page.goto("/");
      await page.locator("#q").fill("ferr");
      await page.waitForTimeout(300);
      await page.locator("#q").fill("ferry");
      await shows(page, 60);
      await page.waitForTimeout(900);
      await shows(page, 60);
      assert.equal(query(page).get("q"), "ferry");
    },
  },

  "a time is chosen by dragging across the timeline, and taken back": {
    async run(page) {
      await page.goto("/?q=ferry");
      const bars = await page.locator(".timeline [data-from]").count();
      await page.mouse.move(...await bar(page, 2));
      await page.mouse.down();
      await page.mouse.move(...await bar(page, 10), { steps: 5 });
      assert.equal(await page.locator(".timeline .chosen").count(), 9);
      await page.mouse.up();
      await page.locator(".narrowed").waitFor();
      const [from, to] = [query(page).get("from"), query(page).get("to")];
      assert.match(from, /^19\d\d-\d\d-01$/);
      assert.ok(from < to);
      assert.equal(await page.locator("[name=from]").inputValue(), from);
      assert.ok(await counted(page) < 60);
      const sum = await page.locator(".timeline a title").allTextContents();
      assert.equal(sum.reduce((all, title) => all + Number(title.match(/: (\d+)/)[1]), 0), await counted(page));
      await page.goBack();
      await shows(page, 60);
      assert.equal(await page.locator(".timeline [data-from]").count(), bars);
      assert.equal(await page.locator("[name=from]").inputValue(), "");
      await page.goForward();
      await page.locator(".narrowed a").first().click();
      await shows(page, 60);
    },
  },

  "a bar is a link, and the units get finer": {
    async run(page) {
      await page.goto("/?q=ferry");
      const unit = async () => {
        const one = page.locator(".timeline [data-from]").first();
        const day = async (name) => new Date(await one.getAttribute(name));
        return Math.round((await day("data-to") - await day("data-from")) / 864e5) + 1;
      };
      const first = await unit();
      await page.mouse.click(...await bar(page, 0));
      await page.locator(".narrowed").waitFor();
      assert.ok(first >= 28 && await unit() < first);
    },
  },

  "a time is chosen by keys alone, and spoken": {
    async run(page) {
      await page.goto("/?q=ferry");
      await page.locator(".timeline a[tabindex='0']").focus();
      await page.keyboard.press("ArrowRight");
      await page.keyboard.press("Shift+ArrowRight");
      await page.keyboard.press("Shift+ArrowRight");
      assert.match(await page.locator("#said").textContent(), /^\d{4}-\d\d-\d\d to \d{4}-\d\d-\d\d/);
      assert.ok(await page.locator(".timeline .chosen").count() >= 3);
      await page.keyboard.press("Escape");
      assert.equal(await page.locator(".timeline .chosen").count(), 0);
      await page.keyboard.press("Shift+ArrowLeft");
      await page.keyboard.press("Enter");
      await page.locator(".narrowed").waitFor();
      assert.ok(query(page).get("from") < query(page).get("to"));
    },
  },

  "several values of a facet are either": {
    async run(page) {
      await page.goto("/?q=ferry");
      const box = (name, value) => page.locator(`.facets input[name=${name}][value="${value}"]`);
      await box("source", "The Evening Tide").check();
      await shows(page, 20);
      // What else could be chosen is still counted.
      assert.ok(await box("source", "Transmarine").isVisible());
      assert.equal(await page.evaluate(() => document.activeElement.value), "The Evening Tide");
      await box("source", "Transmarine").check();
      await shows(page, 40);
      await box("place", "Cairo").check();
      await shows(page, 20);
      assert.deepEqual(query(page).getAll("source"), ["The Evening Tide", "Transmarine"]);
      await page.locator(".narrowed a", { hasText: "Place" }).click();
      await shows(page, 40);
      await page.goBack();
      await shows(page, 20);
      assert.ok(await box("place", "Cairo").isChecked());
    },
  },

  "an article is opened, its matches gone through, and the way back leads where one was": {
    async run(page) {
      await page.goto("/?q=ferry&sort=oldest&source=Transmarine");
      const count = await counted(page);
      await page.locator(".hits h2 a").nth(1).click();
      await page.locator("#place").waitFor({ state: "attached" });
      const marks = await page.locator("article mark").count();
      assert.ok(marks >= 3);
      await page.getByRole("button", { name: "Next match" }).click();
      assert.equal(await page.locator("#place").textContent(), `1 of ${marks}`);
      for (const [key, place] of [["n", 2], ["j", 3], ["p", 2], ["k", 1], ["k", marks]]) {
        await page.keyboard.press(key);
        assert.equal(await page.locator("#place").textContent(), `${place} of ${marks}`);
      }
      assert.ok(await page.locator("article mark").last().evaluate((mark) => {
        const { top, bottom } = mark.getBoundingClientRect();
        return top >= 0 && bottom <= innerHeight;
      }));
      await page.keyboard.press("u");
      await shows(page, count);
      assert.equal(query(page).get("sort"), "oldest");
      await page.goBack();
      await page.goBack();
      await shows(page, count);
    },
  },

  "every state has an address that shows it elsewhere": {
    async run(page, context) {
      await page.goto("/");
      await type(page, "ferry", 60);
      await page.locator("[name=sort]").selectOption("oldest");
      await page.locator(".facets input[value=Transmarine]").check();
      await shows(page, 20);
      await page.getByRole("link", { name: "In words" }).click();
      await page.locator(".explained").waitFor();
      await page.getByRole("link", { name: "Next hits" }).click();
      await page.locator("#total", { hasText: "11 to 20" }).waitFor();
      const other = await context.newPage();
      await other.goto(page.url());
      const seen = (tab) => tab.locator("#answer").innerText();
      assert.equal(await seen(other), await seen(page));
      assert.equal(await other.locator("[name=sort]").inputValue(), "oldest");
    },
  },

  "all of it can be done with keys": {
    async run(page) {
      await page.goto("/help");
      await page.keyboard.press("/");
      await page.keyboard.type("ferry", { delay: 15 });
      await shows(page, 60);
      await page.keyboard.press("Enter");
      // The hits are replaced by the same ones.
      await page.locator("#answer:not([aria-busy])").waitFor();
      await page.locator("#q").blur();
      await page.keyboard.press("j");
      await page.keyboard.press("j");
      await page.keyboard.press("k");
      const first = await page.locator(".hits h2 a").first().textContent();
      assert.equal(await page.evaluate(() => document.activeElement.textContent), first);
      await page.keyboard.press("Enter");
      await page.locator("#matches").waitFor();
      await page.getByRole("button", { name: "Keys" }).waitFor();
      await page.keyboard.press("?");
      const keys = page.getByRole("dialog");
      assert.match(await keys.innerText(), /next hit/);
      // They can be turned off.
      await keys.getByRole("checkbox").uncheck();
      await page.keyboard.press("Escape");
      await page.keyboard.press("n");
      assert.equal(await page.locator("#place").textContent(), "");
      // The Tab key comes to everything, in the order in which it is seen.
      await page.goto("/?q=ferry");
      const way = [];
      for (let at = 0; at < 60; at += 1) {
        await page.keyboard.press("Tab");
        way.push(await page.evaluate(() => {
          const held = document.activeElement;
          return held.closest(".timeline") ? "timeline" : held.closest(".hits") ? "hit" : held.closest(".facets") ? "facet" : held.name || held.textContent.trim();
        }));
      }
      const order = way.filter((stop, at) => stop !== way[at - 1]);
      const wanted = ["To the content", "morgue", "How to ask", "Keys", "q", "Search", "from", "to", "sort", "More", "In words", "Export", "Follow", "timeline", "hit", "Next hits", "facet"];
      assert.deepEqual(order.slice(0, wanted.length), wanted);
    },
  },

  "all hits can be taken away, and followed": {
    async run(page) {
      await page.goto("/?q=ferry&source=Transmarine&from=1962&sort=oldest");
      const count = await counted(page);
      const lines = { csv: 1 + count, jsonl: count };
      for (const menu of ["Export", "Follow"]) {
        await page.locator(".menu summary", { hasText: menu }).click();
        for (const link of await page.locator(".menu[open] a").all()) {
          assert.ok(await link.isVisible());
          const address = await link.getAttribute("href");
          const answer = await page.request.get(address);
          assert.equal(answer.status(), 200, address);
          const expected = lines[new URLSearchParams(address.split("?")[1]).get("format")];
          if (expected) assert.equal((await answer.text()).trim().split("\n").length, expected, address);
        }
      }
    },
  },

  "the query language is explained, with examples to try": {
    async run(page) {
      await page.goto("/help");
      assert.ok(await page.locator("tbody tr").count() > 25);
      await page.locator("tbody a", { hasText: "NOT lightning" }).click();
      await page.locator("#total").waitFor();
      assert.equal(query(page).get("q"), "strike NOT lightning");
      assert.equal(await page.locator("#q").inputValue(), "strike NOT lightning");
      await page.goBack();
      await page.locator("tbody").first().waitFor();
    },
  },

  "a story has versions, and what changed can be seen": {
    async run(page) {
      await page.goto("/?q=dredger");
      await page.locator(".hits h2 a").click();
      await page.getByRole("link", { name: "What changed" }).click();
      assert.equal(await page.locator(".headline del").textContent(), "eleven");
      assert.equal(await page.locator(".headline ins").textContent(), "seven");
      await page.locator(".versions a", { hasText: "eleven" }).click();
      assert.match(await page.locator(".warning").textContent(), /Version 1/);
      await page.getByRole("link", { name: "What it reads now" }).click();
      assert.match(await page.locator("h1").textContent(), /seven/);
    },
  },

  "text runs in its own direction": {
    async run(page) {
      await page.goto("/?q=lang:ar");
      const direction = (place) => page.locator(place).first().evaluate((element) => getComputedStyle(element).direction);
      assert.equal(await direction(".hits h2"), "rtl");
      await page.locator(".hits h2 a").click();
      assert.equal(await direction("article h1"), "rtl");
      assert.equal(await direction("article > p[dir]"), "rtl");
      assert.equal(await page.locator("article").getAttribute("lang"), "ar");
      assert.equal(await direction("main"), "ltr");
    },
  },

  "searching and reading need no script": {
    options: { javaScriptEnabled: false },
    async run(page) {
      await page.goto("/");
      await page.locator("#q").fill("ferry");
      await page.locator("[name=to]").fill("1965");
      await page.keyboard.press("Enter");
      await page.waitForURL(/q=ferry/);
      const before = await counted(page);
      assert.ok(before > 0 && before < 60);
      await page.locator(".facets input[value=Transmarine]").check();
      await page.locator(".facets input[value='The Evening Tide']").check();
      await page.getByRole("button", { name: "Apply" }).click();
      await page.waitForURL(/source=/);
      assert.ok(await counted(page) < before);
      assert.equal(await page.locator(".narrowed a").count(), 4);
      await page.locator(".timeline a").first().click();
      await page.waitForURL(/from=/);
      await page.locator(".hits h2 a").first().click();
      await page.locator("#matches a", { hasText: "First" }).click();
      assert.match(page.url(), /#match-1$/);
      await page.locator("#match-1 a").click();
      assert.match(page.url(), /#match-2$/);
      await page.locator("#matches a", { hasText: "All hits" }).click();
      assert.deepEqual(query(page).getAll("source"), ["The Evening Tide", "Transmarine"].filter((name) => query(page).getAll("source").includes(name)));
      await page.goto("/?q=ferry+nope:x");
      assert.match(await page.locator(".problem pre").textContent(), /\^\^\^\^/);
    },
  },

  "it prints as text": {
    async run(page) {
      for (const address of ["/?q=ferry", "/article?id=plain-1&q=ferry"]) {
        await page.goto(address);
        await page.emulateMedia({ media: "print" });
        for (const place of ["form", ".facets", ".way-on", ".acts", ".masthead nav", "#matches nav"])
          for (const element of await page.locator(place).all()) assert.equal(await element.isVisible(), false, place);
        assert.ok(await page.locator("article").first().isVisible());
        const printed = await page.pdf({ format: "A4" });
        assert.ok(printed.length > 5000 && printed.subarray(0, 5).toString() === "%PDF-");
        await page.emulateMedia({ media: "screen" });
      }
    },
  },

  "text stays text, in every field, in the query and in names of files": {
    async run(page) {
      const harm = encodeURIComponent(HARM);
      const states = [`q=${harm}`, "q=harmful", `q=nope:${harm}`, `q=harmful&from=${harm}`, `q=harmful&sort=${harm}`, `q=harmful&after=${harm}`, `q=harmful&today=${harm}`,
        `q=harmful&source=${harm}`, `q=harmful&explain=${harm}`, `q=${harm}&dialect=nexis&explain=yes`, `${harm}=1`, `q=ferry&place=${harm}&section=${harm}&topic=${harm}`];
      const articles = [`id=${harm}`, `id=${harm}&q=harmful`, `id=${harm}&q=${harm}`, `id=${harm}&version=${harm}`, `id=${harm}&diff=1..1`, `id=none${harm}&q=${harm}`];
      const addresses = [...states.map((state) => `/?${state}`), ...articles.map((article) => `/article?${article}`), `/${harm}`, `/help?${harm}`];
      for (const address of addresses) {
        await page.goto(address);
        const foreign = await page.evaluate(() => {
          const ours = "script[src^='/page/'][type=module], link[href^='/page/'], svg, svg *";
          const markup = [...document.querySelectorAll("script, style, img, iframe, object, embed, base, link[rel=stylesheet], svg script")].filter((element) => !element.matches(ours));
          const handlers = [...document.querySelectorAll("*")].filter((element) => [...element.attributes].some(({ name, value }) =>
            name.startsWith("on") || name === "style" || (["href", "action", "src"].includes(name) && /^\s*(javascript|data|vbscript):/i.test(value))));
          return [...markup, ...handlers].map((element) => element.outerHTML);
        });
        assert.deepEqual(foreign, [], address);
      }
      // As typed, and as the script puts it in place.
      await page.goto("/");
      await page.locator("#q").fill(HARM);
      await page.waitForTimeout(500);
      await page.locator("#q").fill("harmful");
      await shows(page, 1);
      assert.ok((await page.locator(".hits").innerText()).includes("<script>alert('harm')</script>"));
      await page.locator(".facets input").first().check().catch(() => {});
      await page.locator(".hits h2 a").click();
      await page.locator("article").waitFor();
      assert.ok((await page.locator("article").innerText()).includes("<img src=x onerror=alert(1)>"));
    },
  },

  "a script in an address or an article does not run, even past the escaping": {
    async run(page) {
      await page.goto("/?q=ferry");
      const ran = await page.evaluate(async () => {
        const script = document.createElement("script");
        let refused = 0;
        try { script.text = "globalThis.ran = true"; } catch { refused += 1; }
        try { document.body.innerHTML = "<img src=x>"; } catch { refused += 1; }
        await new Promise((done) => setTimeout(done, 100));
        return [globalThis.ran, refused];
      });
      assert.deepEqual(ran, [undefined, 2]);
      const policy = (await page.request.get("/")).headers()["content-security-policy"];
      assert.ok(policy.includes("default-src 'none'") && !policy.includes("unsafe"));
    },
    expects: 2,
  },

  ...Object.fromEntries(["light", "dark"].flatMap((colorScheme) => [[1200, 900], [360, 740]].map(([width, height]) => [
    `no barrier is found at ${width} pixels, ${colorScheme}`,
    {
      options: { colorScheme, viewport: { width, height }, reducedMotion: "reduce" },
      async run(page) {
        for (const address of ["/", "/?q=ferry", "/?q=ferry&source=Transmarine&from=1962&explain=yes", "/?q=ferry+nope:x", "/?q=ferri", "/?q=lang:ar", "/help",
          "/article?id=plain-1&q=ferry", "/article?id=told-twice&diff=1..2", "/article?id=arabic"]) {
          await page.goto(address);
          assert.deepEqual(await barriers(page), [], address);
          const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
          assert.ok(wide <= 0, `${address} is ${wide} pixels too wide`);
        }
        await page.keyboard.press("?");
        assert.deepEqual(await barriers(page), [], "the keys");
      },
    },
  ]))),
};
