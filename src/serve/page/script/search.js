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

/** The address of what the form says. Fields that say nothing are left out. */
export function address() {
  const fields = new URLSearchParams();
  for (const [name, value] of new FormData(form())) {
    const field = form().elements.namedItem(name);
    const first = field instanceof HTMLSelectElement ? field.options[0].value : "";
    if (value.trim() !== "" && (value !== first || name === "q")) fields.append(name, value);
  }
  if (!fields.has("q")) fields.set("q", "");
  return "/?" + fields;
}

/** Tells those who listen to the page instead of looking at it. */
export function say(text) {
  const said = document.getElementById("said");
  if (said.textContent !== text) said.textContent = text;
}

/** Fetches a page of this server as a document: nothing in it runs. What is under way is given up. */
function fetchPage(url) {
  request?.abort();
  return new Promise((resolve) => {
    request = new XMLHttpRequest();
    request.open("GET", url);
    request.responseType = "document";
    request.onload = () => resolve(request.responseXML);
    request.onerror = () => resolve(null);
    request.send();
  });
}

/**
 * Shows the page at `url`. `how` is what becomes of the history: "push" for a step that can be gone back, "replace" for
 * typing, "none" for going back itself. While somebody types, an error is shown above the last answer.
 */
async function show(url, how) {
  clearTimeout(waiting);
  const answer = document.getElementById("answer");
  if (!answer) return location.assign(url);
  answer.setAttribute("aria-busy", "true");
  const page = await fetchPage(url);
  const next = page?.getElementById("answer");
  if (!next) return how === "replace" ? answer.removeAttribute("aria-busy") : location.assign(url);
  if (how === "push") history.pushState(null, "", url);
  if (how === "replace") history.replaceState(null, "", url);
  shown = here();
  document.title = page.title;
  document.body.className = page.body.className;
  const focused = document.activeElement;
  const held = answer.contains(focused) ? focused : null;
  const problem = page.getElementById("problem");
  if (problem && how === "replace" && answer.querySelector(".found")) {
    answer.querySelectorAll(":scope > .problem").forEach((old) => old.remove());
    answer.removeAttribute("aria-busy");
    answer.prepend(document.adoptNode(problem));
  } else {
    answer.replaceWith(document.adoptNode(next));
    if (how !== "replace") adopt(page);
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
  const ours = url && url.origin === location.origin && url.pathname === "/" && url.search;
  return plain && ours && !link.target && document.getElementById("answer") && form() ? link : null;
}

export function start() {
  if (!form()) return show;
  const type = () => {
    clearTimeout(waiting);
    // From another page, the first step can be gone back.
    const how = location.pathname === "/" && location.search ? "replace" : "push";
    waiting = setTimeout(() => show(address(), how), PAUSE);
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
