// Drives a real browser through the page: `node run.mjs [words in the name of a test]`, after `npm ci` here, with the program
// built (or named by MORGUE). SHOTS=folder keeps a picture of what each test has ended with.
//
// Every test fails as well when a dialog opens, something is asked of another host, a script throws, or the content security
// policy has something to report.

import { strict as assert } from "node:assert";
import { launch } from "./browser.mjs";
import { serve } from "./fixture.mjs";
import { tests } from "./tests.mjs";
import { typing } from "./typing.mjs";

const only = process.argv.slice(2).join(" ");
const { address, end } = await serve();
const browser = await launch();
let failed = 0;
for (const [name, { options = {}, run, expects = 0 }] of Object.entries({ ...tests, ...typing })) {
  if (!name.includes(only)) continue;
  const context = await browser.newContext({ viewport: { width: 1200, height: 900 }, baseURL: address, ...options });
  const page = await context.newPage();
  page.setDefaultTimeout(8000);
  const wrong = [];
  page.on("dialog", (dialog) => {
    wrong.push(`a dialog: ${dialog.message()}`);
    dialog.dismiss();
  });
  page.on("request", (request) => {
    if (!request.url().startsWith(address)) wrong.push(`asked elsewhere: ${request.url()}`);
  });
  page.on("pageerror", (error) => wrong.push(`a script failed: ${error.stack}`));
  page.on("console", (message) => {
    // An answer with a status of an error is told as one; it is looked at by the tests themselves.
    if (message.type() === "error" && !message.text().startsWith("Failed to load resource")) wrong.push(message.text());
  });
  try {
    await run(page, context);
    const provoked = wrong.filter((report) => report.includes("requires 'Trusted"));
    assert.equal(provoked.length, expects);
    assert.deepEqual(wrong.filter((report) => !expects || !provoked.includes(report)), []);
    console.log(`ok   ${name}`);
  } catch (error) {
    failed += 1;
    console.log(`FAIL ${name}\n${error.stack}\n${wrong.join("\n")}`);
  }
  if (process.env.SHOTS) await page.screenshot({ path: `${process.env.SHOTS}/${name.replaceAll(/\W+/g, "-")}.png` });
  await context.close();
}
await browser.close();
end();
process.exitCode = failed ? 1 : 0;
