// Chooses a time on the drawing: by dragging across it, or by the arrow keys with Shift held. One bar alone is a link.

import { address, say } from "./search.js";

const bars = (svg) => [...svg.querySelectorAll("[data-from]")];

/** Marks the bars from one to another, and tells of them. */
function mark(svg, [from, to]) {
  const all = bars(svg);
  all.forEach((bar, at) => bar.classList.toggle("chosen", at >= Math.min(from, to) && at <= Math.max(from, to)));
}

function days(svg, [one, other]) {
  const all = bars(svg);
  return [all[Math.min(one, other)].dataset.from, all[Math.max(one, other)].dataset.to];
}

/** The number of the bar under the pointer, or of the nearest. */
function barAt(svg, event) {
  return Math.max(0, bars(svg).findLastIndex((bar) => bar.getBoundingClientRect().left <= event.clientX));
}

export function start(show) {
  let range = null; // The numbers of the bars that were first and last touched.
  let dragged = false;

  const choose = (svg) => {
    const [from, to] = days(svg, range);
    range = null;
    const form = document.getElementById("search");
    form.elements.namedItem("from").value = from;
    form.elements.namedItem("to").value = to;
    form.elements.namedItem("timeline").value = "";
    show(address(), "push");
  };
  const forget = (svg) => {
    range = null;
    if (svg) bars(svg).forEach((bar) => bar.classList.remove("chosen"));
  };
  const of = (event) => event.target.closest?.(".timeline svg");

  document.addEventListener("pointerdown", (event) => {
    const svg = of(event);
    dragged = false;
    if (svg && event.button === 0) range = [barAt(svg, event), barAt(svg, event)];
  });
  document.addEventListener("pointermove", (event) => {
    const svg = document.querySelector(".timeline svg");
    if (!range || !svg || !event.buttons) return;
    range[1] = barAt(svg, event);
    if (range[0] !== range[1]) dragged = true;
    if (dragged) {
      mark(svg, range);
      say(days(svg, range).join(" to "));
    }
  });
  document.addEventListener("pointerup", () => {
    const svg = document.querySelector(".timeline svg");
    if (range && dragged && svg) choose(svg);
    range = null;
  });
  document.addEventListener("pointercancel", () => forget(document.querySelector(".timeline svg")));
  // The browser would drag the link, and follow it at the end.
  document.addEventListener("dragstart", (event) => of(event) && event.preventDefault());
  document.addEventListener("click", (event) => {
    if (dragged && of(event)) event.preventDefault();
    dragged = false;
  }, true);

  document.addEventListener("keydown", (event) => {
    const svg = of(event);
    if (!svg || event.ctrlKey || event.metaKey || event.altKey) return;
    const links = [...svg.querySelectorAll("a")];
    const at = links.indexOf(document.activeElement);
    const step = { ArrowRight: 1, ArrowLeft: -1, Home: -at, End: links.length - 1 - at }[event.key];
    if (step !== undefined && at >= 0) {
      event.preventDefault();
      const next = links[Math.max(0, Math.min(links.length - 1, at + step))];
      links.forEach((link) => link.setAttribute("tabindex", link === next ? "0" : "-1"));
      const number = (link) => bars(svg).indexOf(link);
      if (event.shiftKey) range = [range ? range[0] : number(links[at]), number(next)];
      else forget(svg);
      next.focus();
      if (range) {
        mark(svg, range);
        say(`${days(svg, range).join(" to ")}. Enter to choose`);
      }
    } else if (event.key === "Enter" && range) {
      event.preventDefault();
      choose(svg);
    } else if (event.key === "Escape" && range) {
      event.preventDefault();
      forget(svg);
      say("Nothing chosen");
    }
  });

  // One stop for the Tab key, not one for each bar.
  const settle = () => document.querySelectorAll(".timeline svg").forEach((svg) => {
    range = null;
    svg.querySelectorAll("a").forEach((link, at) => link.setAttribute("tabindex", at === 0 ? "0" : "-1"));
  });
  document.addEventListener("answer", settle);
  settle();
}
