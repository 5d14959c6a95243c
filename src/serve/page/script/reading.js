// Goes through the matches of an article: two buttons, and a count of where one is.

export const marks = () => [...document.querySelectorAll("mark[id^=match-]")];

let at = -1;

/** Goes to the next match (1) or the one before (-1), round the ends. */
export function step(by) {
  const all = marks();
  if (all.length === 0) return;
  at = at < 0 && by < 0 ? all.length - 1 : (at + by + all.length) % all.length;
  go(all);
}

function go(all) {
  const link = all[at].querySelector("a");
  link.focus({ preventScroll: true });
  all[at].scrollIntoView({ block: "center" });
  document.getElementById("place").textContent = `${at + 1} of ${all.length}`;
}

export function start() {
  const nav = document.querySelector("#matches nav");
  if (!nav || marks().length === 0) return;
  const button = (label, sign, by) => {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = sign;
    button.setAttribute("aria-label", label);
    button.addEventListener("click", () => step(by));
    return button;
  };
  const place = document.createElement("span");
  place.id = "place";
  place.setAttribute("role", "status");
  nav.querySelector("a[href='#match-1']")?.remove();
  nav.prepend(place, button("Match before", "↑", -1), button("Next match", "↓", 1));
  // A mark is a link to the next one: the count follows.
  document.addEventListener("click", (event) => {
    const mark = event.target.closest?.("mark[id^=match-]");
    if (!mark) return;
    event.preventDefault();
    at = marks().indexOf(mark);
    step(1);
  });
}
