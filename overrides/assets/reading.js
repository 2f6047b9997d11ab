// What stands at the foot of the page is shown where it is pointed at: the note of a source, the meaning of a term; a folded
// note too. Nothing is fetched, and nothing is said that the page does not say. Without this script, or without popovers, a
// number leads to the foot, a term to the glossary, and a note unfolds.

const panel = document.createElement("span");
panel.id = "cm-peek";
panel.className = "cm-peek";
panel.popover = "manual";
// Not a tooltip: it holds links. It follows its link in the page, so that Tab goes from the one into the other.
panel.setAttribute("role", "note");

const article = document.querySelector(".cm-article");
let shown = null;
let quiet = false;
let timer;

function linkTo(address, words) {
  const link = document.createElement("a");
  link.href = address;
  link.textContent = words;
  return link;
}

// A copy of what an element holds; links lose the class by which lines make room for the finger.
function copyOf(element) {
  const copy = element.cloneNode(true);
  for (const link of copy.querySelectorAll(".cm-ref")) link.classList.remove("cm-ref");
  return copy;
}

// The note of a source, with the place that is cited here instead of all that the page cites.
function noteOf(link) {
  const note = document.getElementById(decodeURIComponent(link.hash.slice(1)))?.querySelector(".cm-note-text");
  if (!note) return null;
  const copy = copyOf(note);
  const places = copy.querySelector(".cm-pinpoints");
  if (places && link.dataset.at) places.textContent = `: ${link.dataset.at}`;
  else places?.remove();
  const way = document.createElement("span");
  way.className = "cm-peek__way";
  way.append(linkTo(link.hash, `Note ${link.textContent} at the foot`));
  return { name: `Source ${link.textContent}`, holds: [...copy.childNodes, way] };
}

function termAt(link) {
  return link.hash.startsWith("#term-") ? document.getElementById(`here-${link.hash.slice(1)}`) : null;
}

function meaningOf(link) {
  const [term, meaning] = termAt(link).children;
  const name = document.createElement("strong");
  name.textContent = term.textContent;
  return { name: `Term: ${term.textContent}`, holds: [name, ": ", ...copyOf(meaning).childNodes] };
}

function asideOf(summary) {
  return { name: "Note", holds: [...copyOf(summary.nextElementSibling).childNodes] };
}

function findHolding(link) {
  if (link.matches("summary")) return asideOf(link);
  return link.matches(".cm-cites a") ? noteOf(link) : meaningOf(link);
}

// The foot itself explains nothing twice: what it links to stands beside the link.
function findLink(target) {
  const folded = target.closest?.(".cm-aside:not([open]) > summary");
  if (folded) return folded;
  const link = target.closest?.("a");
  if (!link || link.closest("#cm-peek, .cm-terms")) return null;
  return link.matches(".cm-cites a") || termAt(link) ? link : null;
}

// Below its link, or above it where there is no room below; never beyond the edge of the screen.
function place(link) {
  const edge = 8;
  const at = link.getBoundingClientRect();
  const screen = document.documentElement;
  const { offsetWidth: width, offsetHeight: height } = panel;
  const left = Math.max(edge, Math.min(at.left - 16, screen.clientWidth - width - edge));
  const below = at.bottom + height + edge <= window.innerHeight || at.top < height + edge;
  panel.style.left = `${left + scrollX}px`;
  panel.style.top = `${(below ? at.bottom : at.top - height) + scrollY}px`;
}

function show(link) {
  clearTimeout(timer);
  if (link === shown) return;
  const found = findHolding(link);
  if (!found) return;
  hide();
  panel.replaceChildren(...found.holds);
  panel.setAttribute("aria-label", found.name);
  (link.closest(".cm-cites, .cm-aside") ?? link).after(panel);
  panel.showPopover();
  place(link);
  link.setAttribute("aria-describedby", panel.id);
  shown = link;
}

function hide() {
  clearTimeout(timer);
  if (!shown) return;
  shown.removeAttribute("aria-describedby");
  shown = null;
  if (panel.isConnected) panel.hidePopover();
}

function later(act, wait) {
  clearTimeout(timer);
  timer = setTimeout(act, wait);
}

const within = (target) => panel.contains(target) || (shown && shown.contains(target));
const byMouse = (event) => event.pointerType === "mouse";

function listen() {
  let byFinger = false;
  let wasShown = null;
  article.addEventListener("pointerover", (event) => {
    if (!byMouse(event)) return;
    if (within(event.target)) return clearTimeout(timer);
    const link = findLink(event.target);
    if (link) later(() => show(link), 150);
  });
  article.addEventListener("pointerout", (event) => {
    if (!byMouse(event) || within(event.relatedTarget)) return;
    if (findLink(event.target) || panel.contains(event.target)) later(() => within(document.activeElement) || hide(), 300);
  });
  article.addEventListener("focusin", (event) => {
    const link = findLink(event.target);
    if (link && !quiet && link.matches(":focus-visible")) show(link);
  });
  article.addEventListener("focusout", (event) => {
    if (shown && within(event.target) && event.relatedTarget && !within(event.relatedTarget)) hide();
  });
  document.addEventListener("pointerdown", (event) => {
    byFinger = !byMouse(event);
    wasShown = shown;
    if (!within(event.target)) hide();
  });
  // A finger cannot hover: its first tap shows, and the way on stands in what is shown. A folded note just unfolds.
  article.addEventListener("click", (event) => {
    const link = findLink(event.target);
    if (link?.matches("a") && byFinger && event.detail) {
      event.preventDefault();
      if (wasShown === link) hide();
      else show(link);
    } else if (link || event.target.closest?.("a")) {
      hide();
    }
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !shown) return;
    const link = shown;
    const inside = panel.contains(document.activeElement);
    hide();
    quiet = true;
    if (inside) link.focus();
    quiet = false;
  });
}

if (article && "popover" in HTMLElement.prototype) listen();
