// An archive to look at: plain stories of several years and papers, some in other scripts and directions, a story with versions,
// and one that would rather be a script, in every field, in its id and in the name of its file.

import { execFileSync, spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

export const HARM = `"><script>alert('harm')</script><img src=x onerror=alert(1)>' onfocus=alert(2) autofocus x='`;

// Formats take tags away; what is written as entities is text that looks like tags.
const TEXT = HARM.replaceAll("<", "&lt;").replaceAll(">", "&gt;");

const MORGUE = process.env.MORGUE ?? "target/debug/morgue";

const PAPERS = ["The Larkmouth Courier", "The Evening Tide", "Transmarine"];
const SECTIONS = ["Harbour", "Sport", "Letters"];
const PLACES = ["Larkmouth", "Cairo", "Bristol"];

/** 120 stories from 1961 to 1970, of which every second names the ferry. */
const plain = Array.from({ length: 120 }, (_, n) => ({
  id: `plain-${n}`,
  headline: n % 2 ? `Ferry number ${n} sails for the far shore` : `Market report number ${n}`,
  body: n % 2
    ? `The ferry left at noon with ${n} passengers.\n\n${"It was a calm day, and the log says nothing else. ".repeat(30)}\n\nAt night the ferry came back with ${n}, and the ferry was full.`
    : "Herring was dear. Coal was not.",
  byline: [`Ann Roe ${n % 12}`],
  date: `${1961 + (n % 10)}-${String(1 + (n % 12)).padStart(2, "0")}-${String(1 + (n % 28)).padStart(2, "0")}`,
  source: PAPERS[n % 3],
  section: SECTIONS[n % 3 ? 0 : 1 + (n % 2)],
  places: [PLACES[n % 3]],
  language: "en",
}));

const others = [
  {
    id: "arabic", headline: "عودة العبارة إلى الميناء", body: "عادت العبارة إلى الميناء مساء الأربعاء بعد غياب طويل.\n\nوقال القبطان إن البحر كان هادئا.",
    byline: ["نادر الشاذلي"], date: "1969-03-02", source: "المرفأ", language: "ar",
  },
  { id: "japanese", headline: "渡し船が戻る", body: "渡し船は月曜日に港に戻った。船長は海が静かだったと語った。", date: "1969-04-02", source: "港新聞", language: "ja" },
  ...[1, 2].map((version) => ({
    id: "told-twice", version, headline: `Dredger blocks lock, ${["eleven", "seven"][version - 1]} ships wait`,
    body: `The dredger lay across the lock with ${["eleven", "seven"][version - 1]} ships behind her.`, date: "1968-05-01", updated: `1968-05-0${version}`, source: "Transmarine", places: ["Port Said"],
  })),
  {
    id: TEXT, headline: `Harmful ${TEXT}`, deck: `Harmful ${TEXT}`, body: `Harmful ${TEXT}\n\n&lt;/p>&lt;/article>&lt;/main>&lt;script>alert(3)&lt;/script>&lt;style>*{display:none}&lt;/style>`,
    byline: [TEXT], date: "1966-06-06", source: TEXT, section: TEXT, places: [TEXT], topics: [TEXT], language: "en", url: "javascript:alert(4)", captions: [TEXT],
    copyright: TEXT, dateline: TEXT,
  },
];

/** Indexes the archive and serves it; gives its address, and a way to end it. */
export async function serve() {
  const folder = mkdtempSync(join(tmpdir(), "morgue-page-"));
  const [articles, index] = [join(folder, "articles"), join(folder, "index")];
  mkdirSync(articles);
  const lines = (list) => list.map((article) => JSON.stringify(article)).join("\n") + "\n";
  writeFileSync(join(articles, "plain.jsonl"), lines(plain));
  // A name of a file has no slash.
  writeFileSync(join(articles, `${HARM.replaceAll("/", "_")}.jsonl`), lines(others));
  execFileSync(MORGUE, ["index", "--index", index, articles], { stdio: ["ignore", "ignore", "pipe"] });
  const server = spawn(MORGUE, ["serve", "--index", index, "--port", "0", "--proxy", "127.0.0.1"], { stdio: ["ignore", "ignore", "pipe"] });
  const address = await new Promise((resolve, reject) => {
    let said = "";
    server.stderr.on("data", (data) => {
      said += data;
      const found = said.match(/http:\/\/\S+/);
      if (found) resolve(found[0]);
    });
    server.on("exit", () => reject(new Error(said)));
  });
  return {
    address,
    end() {
      server.removeAllListeners("exit");
      server.kill();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
