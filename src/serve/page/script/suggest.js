// Offers words, names, places and publications of the archive for what is being typed: a list box that belongs to the box (the
// combobox of the ARIA Authoring Practices). Where nothing fits, there is none.

import { below } from "./search.js";

const PAUSE = 150;

// Each of these begins a quotation, and ends one that another of them has begun.
const MARKS = '"“”„‟«»‹›＂「」『』《》';
const CLOSED = new RegExp(`[${MARKS}][^${MARKS}]*[${MARKS}]`, "g");

/** What may stand just before the caret, the likeliest first: the name of a field, a quotation mark, and what is typed behind them. */
const PIECES = [
  // All of a quotation that is open: a name has several words.
  new RegExp(`(?:([a-z][a-z_-]*):)?([${MARKS}])([^${MARKS}]*)$`, "i"),
  // A single mark is an apostrophe everywhere else.
  /([a-z][a-z_-]*):(['‘])([^'‘’]*)$/i,
  // A word. A sign before it (`-`, `!`, `+`) is no part of it, so it stays.
  new RegExp(`(?:([a-z][a-z_-]*):)?()([\\p{L}\\p{N}*?][^\\s${MARKS}()]*)?$`, "iu"),
];

/** The piece that is being typed, and where it begins. */
function pieceOf(typed) {
  const open = typed.replace(CLOSED, (quotation) => " ".repeat(quotation.length));
  const found = PIECES.map((piece) => open.match(piece)).find(Boolean);
  const [, field = "", quote, text = ""] = found;
  return { field, quote, text, start: found.index };
}

export function start() {
  const box = document.getElementById("q");
  if (!box) return;
  const list = document.createElement("ul");
  list.id = "suggestions";
  list.className = "suggestions";
  list.hidden = true;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", "Suggestions");
  box.parentElement.append(list);
  const attributes = { role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": list.id };
  for (const [name, value] of Object.entries(attributes)) box.setAttribute(name, value);

  let waiting = 0;
  let asked = null;
  let chosen = -1;

  const close = () => {
    clearTimeout(waiting);
    asked?.abort();
    list.hidden = true;
    list.replaceChildren();
    choose(-1);
    box.setAttribute("aria-expanded", "false");
  };
  const choose = (number) => {
    chosen = number;
    [...list.children].forEach((row, at) => row.setAttribute("aria-selected", String(at === number)));
    if (number < 0) return box.removeAttribute("aria-activedescendant");
    box.setAttribute("aria-activedescendant", list.children[number].id);
    list.children[number].scrollIntoView({ block: "nearest" });
  };
  const take = (row) => {
    const typed = box.value.slice(0, box.selectionStart);
    const behind = box.value.slice(box.selectionStart);
    const { query } = row.dataset;
    const { quote, start } = pieceOf(typed);
    // Where the quotation has its end already, a value brings another one, and a word needs no blank.
    const closed = quote !== "" && behind !== "" && `${MARKS}'’`.includes(behind[0]);
    const after = closed && query.endsWith('"') ? behind.slice(1) : behind;
    // Behind the name of a field, its value follows.
    const joined = query.endsWith(":") || after.startsWith(" ") || (closed && after === behind);
    const text = typed.slice(0, start) + query + (joined ? "" : " ");
    box.value = text + after;
    box.setSelectionRange(text.length, text.length);
    close();
    box.dispatchEvent(new InputEvent("input", { bubbles: true, data: null }));
    close();
  };

  async function offer() {
    const { field, quote, text: piece } = pieceOf(box.value.slice(0, box.selectionStart));
    if (piece.trim().length < 2 || document.activeElement !== box) return close();
    asked?.abort();
    asked = new AbortController();
    const fields = new URLSearchParams({ q: piece, field, quote });
    const rows = await fetch(below(`/page/suggest?${fields}`), { signal: asked.signal })
      .then((answer) => (answer.ok ? answer.json() : []))
      .catch((error) => (error.name === "AbortError" ? null : []));
    if (!rows) return;
    if (rows.length === 0 || document.activeElement !== box) return close();
    list.replaceChildren(...rows.map(({ kind, text, query, count }, at) => {
      const row = document.createElement("li");
      row.id = `suggestion-${at}`;
      row.dataset.query = query;
      row.setAttribute("role", "option");
      const words = document.createElement("bdi");
      words.textContent = text;
      const note = document.createElement("small");
      note.textContent = count === null ? kind : `${kind} · ${count.toLocaleString("en")}`;
      row.append(words, note);
      return row;
    }));
    choose(-1);
    list.hidden = false;
    box.setAttribute("aria-expanded", "true");
  }

  box.addEventListener("input", (event) => {
    clearTimeout(waiting);
    if (event.isComposing) return;
    waiting = setTimeout(offer, PAUSE);
  });
  box.addEventListener("keydown", (event) => {
    if (list.hidden || event.isComposing) return;
    const count = list.children.length;
    const next = { ArrowDown: chosen + 1, ArrowUp: chosen < 0 ? count - 1 : chosen - 1 }[event.key];
    if (next !== undefined) {
      event.preventDefault();
      choose(next >= count ? -1 : next);
    } else if (event.key === "Enter" && chosen >= 0) {
      event.preventDefault();
      take(list.children[chosen]);
    } else if (event.key === "Escape") {
      // It would also empty the box.
      event.preventDefault();
      close();
    } else if (event.key === "Enter" || event.key === "Tab") {
      close();
    }
  });
  box.addEventListener("blur", close);
  box.form.addEventListener("submit", close);
  // Before the box loses the focus.
  list.addEventListener("pointerdown", (event) => {
    event.preventDefault();
    const row = event.target.closest("li");
    if (row) take(row);
  });
}
