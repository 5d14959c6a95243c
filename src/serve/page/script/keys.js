// Keys for those who do not reach for the mouse. `?` lists them; there they can be turned off, too (WCAG 2.1.4).

import { marks, step } from "./reading.js";

const OFF = "keys-off";

const hits = () => [...document.querySelectorAll(".hits h2 a")];

/** Moves the focus among the hits. */
function hit(by) {
  const all = hits();
  const at = all.indexOf(document.activeElement);
  const next = all[Math.max(0, Math.min(all.length - 1, at < 0 ? (by > 0 ? 0 : all.length - 1) : at + by))];
  next?.focus();
  next?.closest("li").scrollIntoView({ block: "nearest" });
}

const move = (by) => (marks().length > 0 ? step(by) : hit(by));

const KEYS = [
  { keys: ["/"], help: "to the box", act: () => { const box = document.getElementById("q"); box?.focus(); box?.select(); } },
  { keys: ["j", "n"], help: "next hit, or next match in an article", act: () => move(1) },
  { keys: ["k", "p"], help: "the one before", act: () => move(-1) },
  { keys: ["u"], help: "from an article back to the hits", act: () => document.querySelector("#matches a[rel=up], .back a")?.click() },
  { keys: ["?"], help: "this list", act: () => list() },
];

function element(name, content = [], attributes = {}) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...[content].flat());
  return made;
}

const isOff = () => {
  try { return localStorage.getItem(OFF) !== null; } catch { return false; }
};

function list() {
  const rows = KEYS.flatMap(({ keys, help }) => [
    element("dt", keys.flatMap((key, at) => (at ? [" or ", element("kbd", key)] : [element("kbd", key)]))),
    element("dd", help),
  ]);
  rows.push(element("dt", [element("kbd", "←"), " ", element("kbd", "→")]), element("dd", "on the timeline; with Shift to choose"));
  const off = element("input", [], { type: "checkbox" });
  off.checked = !isOff();
  off.addEventListener("change", () => {
    try { off.checked ? localStorage.removeItem(OFF) : localStorage.setItem(OFF, "yes"); } catch { /* Not kept, then. */ }
  });
  const dialog = element("dialog", [
    element("h2", "Keys", { id: "keys-title" }),
    element("dl", rows),
    element("p", element("label", [off, " Single keys do this"])),
    element("form", element("button", "Close", { autofocus: "" }), { method: "dialog" }),
  ], { class: "keys", "aria-labelledby": "keys-title" });
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
}

export function start() {
  const button = element("button", "Keys", { type: "button", class: "plain" });
  button.addEventListener("click", list);
  document.querySelector(".masthead nav")?.append(button);
  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest?.("input:not([type=checkbox]), select, textarea, [contenteditable], dialog");
    if (typing || event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || isOff()) return;
    const row = KEYS.find(({ keys }) => keys.includes(event.key));
    if (!row) return;
    event.preventDefault();
    row.act();
  });
}
