// What the page does while somebody types: what it offers, and what it says when no answer comes. Rows as in `tests.mjs`.

import { strict as assert } from "node:assert";
import { barriers, query, shows, total } from "./tests.mjs";

const box = (page) => page.locator("#q");

/** Types afresh, with what is to stand behind the caret, and chooses the offer of this name by keys; gives what then stands in the box. */
async function choose(page, typed, offer, behind = "") {
  await box(page).fill(behind);
  await page.keyboard.press("Home");
  await box(page).pressSequentially(typed, { delay: 5 });
  const wanted = page.getByRole("option", { name: offer });
  await wanted.waitFor();
  while (await wanted.getAttribute("aria-selected") !== "true") await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  return box(page).inputValue();
}

/** What is offered, best first. */
const offers = (page) => page.getByRole("option").locator("bdi").allTextContents();

const problem = (page) => page.locator(".problem");

/** Lets nothing of the search page through but what `answer` makes of it. */
const instead = (page, answer) => page.route(/\/\?/, answer);

export const typing = {
  "what is typed is completed, by keys and by pointer": {
    async run(page) {
      await page.goto("/");
      await page.locator("#q").pressSequentially("dredg", { delay: 15 });
      const list = page.getByRole("listbox");
      await list.waitFor();
      assert.equal(await page.locator("#q").getAttribute("aria-expanded"), "true");
      await page.keyboard.press("ArrowDown");
      const active = await page.locator("#q").getAttribute("aria-activedescendant");
      assert.equal(await page.locator(`#${active}`).getAttribute("aria-selected"), "true");
      assert.deepEqual(await barriers(page), []);
      await page.keyboard.press("Enter");
      assert.equal(await page.locator("#q").inputValue(), "dredger ");
      await shows(page, 1);
      // Behind the name of a field its values, whole.
      await page.locator("#q").fill("");
      await page.locator("#q").pressSequentially("ferry source:tid", { delay: 15 });
      await page.getByRole("option", { name: "The Evening Tide" }).click();
      assert.equal(await page.locator("#q").inputValue(), 'ferry source:"The Evening Tide" ');
      await shows(page, 20);
      // Escape closes the list and leaves what is typed.
      await page.locator("#q").pressSequentially("lark", { delay: 15 });
      await list.waitFor();
      await page.keyboard.press("Escape");
      await list.waitFor({ state: "hidden" });
      assert.match(await page.locator("#q").inputValue(), /lark$/);
    },
  },

  "what stands before a word stays when it is completed": {
    async run(page) {
      await page.goto("/");
      const rows = [
        ["ferry -dredg", "dredger word", "ferry -dredger "],
        ["-dredg", "dredger word", "-dredger "],
        ["ferry !dredg", "dredger word", "ferry !dredger "],
        ["+dredg", "dredger word", "+dredger "],
        ["ferry –dredg", "dredger word", "ferry –dredger "],
        ["ferry || dredg", "dredger word", "ferry || dredger "],
        ["ferry ||dredg", "dredger word", "ferry ||dredger "],
        ["ferry NOT (dredg", "dredger word", "ferry NOT (dredger "],
        ["(-dredg", "dredger word", "(-dredger "],
        ["ATLEAST2(dredg", "dredger word", "ATLEAST2(dredger "],
        ["ferry W/5 dredg", "dredger word", "ferry W/5 dredger "],
        ["'dredg", "dredger word", "'dredger "],
        ["ferry,dredg", "dredger word", "ferry,dredger "],
        ["-eveni", "The Evening Tide", '-source:"The Evening Tide" '],
        ["-source:tid", "The Evening Tide", '-source:"The Evening Tide" '],
        ["-headline:dredg", "dredger word", "-headline:dredger "],
        ["-headl", "headline:", "-headline:"],
      ];
      for (const [typed, offer, expected] of rows) assert.equal(await choose(page, typed, offer), expected);
    },
  },

  "a quotation is completed as a whole, and a field's value with its field": {
    async run(page) {
      await page.goto("/");
      const rows = [
        ['source:"The Eve', "The Evening Tide", 'source:"The Evening Tide" '],
        ["ferry -pub:“The Eve", "The Evening Tide", 'ferry -pub:"The Evening Tide" '],
        ["source:'The Eve", "The Evening Tide", 'source:"The Evening Tide" '],
        ['place:"Port S', "Port Said", 'place:"Port Said" '],
        ["in:sai", "Port Said", 'in:"Port Said" '],
        ["in:cai", "Cairo", 'in:"Cairo" '],
        ['"ferry" dredger in:"Port S', "Port Said", '"ferry" dredger in:"Port Said" '],
        ['"the dredg', "dredger word", '"the dredger '],
        ['"dredg', "dredger word", '"dredger '],
        ['headline:"the dredg', "dredger word", 'headline:"the dredger '],
        ["title:dredg", "dredger word", "title:dredger "],
        ['"the ferry" dredg', "dredger word", '"the ferry" dredger '],
        // Where somebody has typed both marks before what stands between them.
        ['source:"The Eve', "The Evening Tide", 'source:"The Evening Tide" ', '"'],
        ['"the dredg', "dredger word", '"the dredger"', '"'],
      ];
      for (const [typed, offer, expected, behind] of rows) assert.equal(await choose(page, typed, offer, behind), expected);
      await box(page).fill("");
      await box(page).pressSequentially('source:"The Lark', { delay: 5 });
      await page.getByRole("listbox").waitFor();
      assert.deepEqual(await offers(page), ["The Larkmouth Courier"]);
      // A phrase is one of words.
      await box(page).fill("");
      await box(page).pressSequentially('"the tid', { delay: 5 });
      await page.waitForTimeout(500);
      assert.deepEqual(await offers(page), []);
    },
  },

  "no answer is told, and what was found before does not stand for it": {
    async run(page) {
      await page.goto("/?q=ferry&source=Transmarine");
      await shows(page, 20);
      await instead(page, (route) => route.abort());
      await box(page).focus();
      await page.keyboard.press("End");
      await page.keyboard.type(" calm");
      await problem(page).waitFor();
      assert.match(await problem(page).innerText(), /the server cannot be reached/);
      assert.match(await page.locator("#said").textContent(), /^the server cannot be reached/);
      for (const place of ["#total", ".hits", ".facets", ".narrowed"]) assert.equal(await page.locator(place).isVisible(), false, place);
      assert.equal(await page.evaluate(() => document.activeElement.id), "q");
      assert.deepEqual(await barriers(page), []);
      // Again, with another reason: it is said once.
      await page.unroute(/\/\?/);
      await instead(page, (route) => route.fulfill({ status: 502, contentType: "text/html", body: "<h1>Bad Gateway</h1>" }));
      await page.keyboard.type("x");
      await problem(page).filter({ hasText: "502" }).waitFor();
      assert.equal(await problem(page).count(), 1);
      // A query with an error gets its answer, too, and not the old hits.
      await page.unroute(/\/\?/);
      await page.keyboard.type(" nope:x");
      await problem(page).locator("pre").waitFor();
      assert.equal(await page.locator(".hits").count(), 0);
      await box(page).fill("ferry");
      await shows(page, 20);
      assert.ok(await total(page).isVisible());
      assert.equal(await problem(page).count(), 0);
      // What was chosen before still is.
      assert.deepEqual(query(page).getAll("source"), ["Transmarine"]);
    },
  },

  "from the first page, too, no answer is told in place": {
    async run(page) {
      await page.goto("/");
      await instead(page, (route) => route.abort());
      await box(page).pressSequentially("ferry");
      await problem(page).waitFor();
      assert.equal(await box(page).inputValue(), "ferry");
      await page.unroute(/\/\?/);
      await page.getByRole("button", { name: "Search" }).click();
      await shows(page, 60);
      await page.goBack();
      await page.waitForURL((url) => url.search === "");
    },
  },

  "a server that is asked too often is asked again when it says": {
    async run(page) {
      await page.goto("/?q=ferry");
      let asked = 0;
      const refuse = { status: 429, headers: { "retry-after": "1" }, contentType: "application/problem+json", body: "{}" };
      await instead(page, (route) => {
        asked += 1;
        return asked === 1 ? route.fulfill(refuse) : route.continue();
      });
      await box(page).fill("market");
      await problem(page).waitFor();
      assert.match(await problem(page).innerText(), /too many requests.*\s+This is asked again in 1 second\./);
      assert.match(await page.locator("#said").textContent(), /^too many requests/);
      await shows(page, 60);
      assert.equal(query(page).get("q"), "market");
      assert.equal(await problem(page).count(), 0);
      assert.match(await page.locator("#said").textContent(), /^60 articles/);
      // What is pressed as well; the focus goes with what is said.
      asked = 0;
      await page.locator(".facets input[value=Transmarine]").check();
      await problem(page).waitFor();
      assert.equal(await page.evaluate(() => document.activeElement.tagName), "H1");
      await shows(page, 20);
      assert.equal(await page.evaluate(() => document.activeElement.id), "total");
      // Once, and no more.
      await page.unroute(/\/\?/);
      await instead(page, (route) => {
        asked += 1;
        return route.fulfill(refuse);
      });
      asked = 0;
      await box(page).fill("ferry");
      await problem(page).filter({ hasText: "press Search in 1 second" }).waitFor();
      await page.waitForTimeout(1500);
      assert.equal(asked, 2);
    },
  },
};
