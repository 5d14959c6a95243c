// Offers words, names and places of the archive for the word that is being typed: a list box that belongs to the box (the
// combobox of the ARIA Authoring Practices). Where the server offers nothing, there is none.

const PAUSE = 120;

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
  for (const [name, value] of [["role", "combobox"], ["aria-autocomplete", "list"], ["aria-expanded", "false"], ["aria-controls", list.id]])
    box.setAttribute(name, value);
}
