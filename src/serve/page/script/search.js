// Results as they are typed: asks for the page of the form's state, and puts its answer in the place of the one that is shown.
// The form itself stays, with focus and caret. The address is always that of what is shown.

const form = () => document.getElementById("search");
const box = () => document.getElementById("q");

// Milliseconds without a key before it is asked.
const PAUSE = 180;

let request = null; // What is under way.
let waiting = 0; // The timer of a pause.

/** The address without a place in the page. */
const here = () => location.pathname + location.search;
let shown = here();

/** Where the search page is: `/`, or the path of another program that this one is below. */
const root = () => new URL(form().action).pathname;
const same = (path) => path.replace(/\/$/, "") === root().replace(/\/$/, "");

/** An address of this server. */
export const below = (path) => root().replace(/\/$/, "") + path;

/** The address of what the form says. Fields that say nothing are left out. */
export function address() {
  const fields = new URLSearchParams();
  for (const [name, value] of new FormData(form())) {
    const field = form().elements.namedItem(name);
    const first = field instanceof HTMLSelectElement ? field.options[0].value : "";
    if (value.trim() !== "" && (value !== first || name === "q")) fields.append(name, value);
  }
  if (!fields.has("q")) fields.set("q", "");
  return `${root()}?${fields}`;
}

/** Tells those who listen to the page instead of looking at it. */
export function say(text) {
  const said = document.getElementById("said");
  if (said.textContent !== text) said.textContent = text;
}

/**
 * Fetches a page of this server as a document: nothing in it runs. What is under way is given up. Where none came, there is the
 * status (0 without any answer), and in how many seconds to ask again, if the server says so.
 */
function fetchPage(url) {
  request?.abort();
  return new Promise((resolve) => {
    const asked = request = new XMLHttpRequest();
    const done = () => resolve({ page: asked.responseXML, status: asked.status, wait: Number(asked.getResponseHeader("retry-after")) || 0 });
    asked.open("GET", url);
    asked.responseType = "document";
    asked.onload = done;
    asked.onerror = done;
    asked.send();
  });
}

/**
 * Tells that no page came, in place of the last answer, which is one to another query. It is only hidden: what is chosen of
 * its facets holds for the next query, too.
 */
function fail(answer, status, todo) {
  const what = status === 429 ? "too many requests from here in a short time"
    : status ? `the server fails to answer (status ${status})` : "the server cannot be reached";
  const problem = document.createElement("section");
  problem.id = "problem";
  problem.className = "problem";
  const title = document.createElement("h1");
  title.textContent = what;
  title.tabIndex = -1;
  const hint = document.createElement("p");
  hint.className = "hint";
  hint.textContent = todo;
  problem.append(title, hint);
  const left = answer.contains(document.activeElement);
  answer.querySelectorAll(":scope > .problem").forEach((old) => old.remove());
  for (const part of answer.children) part.hidden = true;
  answer.prepend(problem);
  if (left) title.focus();
  say(`${what}: ${todo}`);
}

/**
 * Shows the page at `url`. `how` is what becomes of the history: "push" for a step that can be gone back, "type" for
 * typing, "none" for going back itself. While somebody types, an error is shown above the last answer. A server that says
 * when to come back is asked once `again`.
 */
async function show(url, how, again = false) {
  clearTimeout(waiting);
  const answer = document.getElementById("answer");
  if (!answer) return location.assign(url);
  answer.setAttribute("aria-busy", "true");
  const { page, status, wait } = await fetchPage(url);
  const next = page?.getElementById("answer");
  if (!next) {
    if (how !== "type" && !wait) return location.assign(url);
    answer.removeAttribute("aria-busy");
    const retry = wait > 0 && !again;
    if (retry) waiting = setTimeout(() => show(url, how, true), wait * 1000);
    const when = `in ${wait} second${wait === 1 ? "" : "s"}`;
    return fail(answer, status, retry ? `This is asked again ${when}.` : `Type on, or press Search${wait ? ` ${when}` : ""}, to ask again.`);
  }
  // From another page, the first step can be gone back.
  const found = same(location.pathname) && location.search;
  if (how === "push" || (how === "type" && !found)) history.pushState(null, "", url);
  else if (how === "type") history.replaceState(null, "", url);
  shown = here();
  document.title = page.title;
  document.body.className = page.body.className;
  const focused = document.activeElement;
  const held = answer.contains(focused) ? focused : null;
  const problem = page.getElementById("problem");
  if (problem && how === "type" && answer.querySelector(".found:not([hidden])")) {
    answer.querySelectorAll(":scope > .problem").forEach((old) => old.remove());
    answer.removeAttribute("aria-busy");
    answer.prepend(document.adoptNode(problem));
  } else {
    answer.replaceWith(document.adoptNode(next));
    if (how !== "type") adopt(page);
    if (held) find(held)?.focus({ preventScroll: true });
  }
  say(document.querySelector("#problem h1, #total")?.textContent ?? "");
  document.dispatchEvent(new Event("answer"));
}

/** The same control in the new answer, or its beginning. */
function find(held) {
  const same = held.name
    ? [...document.getElementsByName(held.name)].find((other) => other.value === held.value)
    : held.id && document.getElementById(held.id);
  return same || document.getElementById("total");
}

/** Fills the form in as the page that came has it: it may have come by a link. */
function adopt(page) {
  const theirs = page.getElementById("search");
  if (!theirs) return;
  for (const field of theirs.elements) {
    const ours = field.form === theirs && field.name && !field.matches("[type=checkbox], [type=hidden]")
      ? form().querySelector(`[name="${field.name}"]`) : null;
    if (ours && ours !== document.activeElement && ours.value !== field.value) ours.value = field.value;
  }
  const unseen = (of) => of.querySelectorAll(":scope > [type=hidden]");
  unseen(form()).forEach((old) => old.remove());
  unseen(theirs).forEach((field) => form().append(document.adoptNode(field)));
  const [ours, other] = [form(), theirs].map((of) => of.querySelector("details"));
  if (ours && other?.open) ours.open = true;
}

/** A link to a state of the search page, pressed as one presses links. */
function linkOf(event) {
  const link = event.target.closest?.("a[href]");
  const plain = event.button === 0 && !(event.ctrlKey || event.metaKey || event.shiftKey || event.altKey || event.defaultPrevented);
  // Links in a drawing have an address of another kind.
  const url = link && new URL(link.href.baseVal ?? link.href, location.href);
  const ours = url && url.origin === location.origin && form() && same(url.pathname) && url.search;
  return plain && ours && !link.target && document.getElementById("answer") ? link : null;
}

export function start() {
  if (!form()) return show;
  const type = () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => show(address(), "type"), PAUSE);
  };
  form().addEventListener("input", (event) => {
    if (!event.isComposing && event.target.matches("input[type=search]")) type();
  });
  form().addEventListener("compositionend", type);
  // Check boxes belong to the form, but stand elsewhere.
  document.addEventListener("change", (event) => {
    if (event.target.form === form() && event.target !== box()) show(address(), "push");
  });
  form().addEventListener("submit", (event) => {
    event.preventDefault();
    show(address(), "push");
  });
  document.addEventListener("click", (event) => {
    const link = linkOf(event);
    if (!link) return;
    event.preventDefault();
    const far = link.closest(".way-on");
    show(link.href.baseVal ?? link.href, "push").then(() => {
      if (far) document.getElementById("total")?.scrollIntoView();
    });
  });
  addEventListener("popstate", () => {
    if (here() === shown) return; // Only the place in the page is another one.
    box().blur();
    show(location.href, "none");
  });
  // A menu that is open closes when something else is pressed, or by Escape.
  const close = (but) => document.querySelectorAll("details.menu[open]").forEach((menu) => {
    if (!menu.contains(but)) menu.open = false;
  });
  document.addEventListener("click", (event) => close(event.target));
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") close(null);
  });
  return show;
}
