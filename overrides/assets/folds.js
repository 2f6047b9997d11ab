// What is folded opens when an address leads to it or into it, and all of it on paper. Browsers open a fold around what an
// address names, not one that is itself named; without script print.css and lists.css do what a style sheet can.

function openAt(hash) {
  const part = hash && document.getElementById(decodeURIComponent(hash.slice(1)));
  if (!part) return;
  const inside = part.parentElement.closest("details:not([open])");
  for (let fold = part.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
  if (inside) part.scrollIntoView();
}

openAt(location.hash);
addEventListener("hashchange", () => openAt(location.hash));
// A second press on the same link changes no address.
document.addEventListener("click", (event) => {
  const link = event.target.closest?.("a[href^='#']");
  if (link && !event.defaultPrevented) openAt(link.hash);
});

let opened = [];
addEventListener("beforeprint", () => {
  opened = [...document.querySelectorAll(".cm-article details:not([open], .cm-cite, .cm-contents, .cm-more)")];
  for (const fold of opened) fold.open = true;
});
addEventListener("afterprint", () => {
  for (const fold of opened) fold.open = false;
});

// One button for all entries of the page, above the first list of them.
function offerAll(entries) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "cm-all";
  const anyClosed = () => entries.some((entry) => !entry.open);
  const say = () => (button.textContent = `${anyClosed() ? "Open" : "Close"} all ${entries.length} entries`);
  button.addEventListener("click", () => {
    const open = anyClosed();
    for (const entry of entries) entry.open = open;
  });
  for (const entry of entries) entry.addEventListener("toggle", say);
  say();
  const list = entries[0].closest(".cm-entries");
  const head = list.previousElementSibling;
  (head?.matches("h2") ? head : list).before(button);
}

const entries = [...document.querySelectorAll("details.cm-entry")];
if (entries.length) offerAll(entries);
