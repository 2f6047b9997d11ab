// What stands elsewhere is shown where it is pointed at: the note of a source and the meaning of a term, which stand at the foot
// of the page, a folded note, and a few lines of what a link leads to. At the keyboard, Enter shows the first two, and a second
// Enter follows the link. Without this script, or without popovers, a number leads to the foot, a term to the glossary and a link
// to its page, and a note unfolds.

import { hasPreview, previewOf } from "./preview.js";

const panel = document.createElement("span");
panel.id = "cm-peek";
panel.className = "cm-peek";
panel.popover = "manual";
// Not a tooltip: it holds links. It follows its link in the page, so that Tab goes from the one into the other.
panel.setAttribute("role", "note");

// What is shown at the keyboard is read out: the focus stays where it is.
const spoken = document.createElement("span");
spoken.className = "cm-hidden";
spoken.setAttribute("aria-live", "polite");

const article = document.querySelector(".cm-article");
let shown = null;
let wanted = null;
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

// A link within a drawing has no hash.
function termAt(link) {
  return link.hash?.startsWith("#term-") ? document.getElementById(`here-${link.hash.slice(1)}`) : null;
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

const isNumber = (link) => link.matches(".cm-cites > a");
const isExplained = (link) => link.matches("summary") || isNumber(link) || !!termAt(link);

// The foot itself explains nothing twice: what it links to stands beside the link.
function findLink(target) {
  const folded = target.closest?.(".cm-aside:not([open]) > summary");
  if (folded) return folded;
  const link = target.closest?.("a");
  if (!link || link.closest("#cm-peek, .cm-terms")) return null;
  return isExplained(link) || hasPreview(link) ? link : null;
}

function explain(link) {
  if (link.matches("summary")) return asideOf(link);
  if (isNumber(link)) return noteOf(link);
  return termAt(link) ? meaningOf(link) : previewOf(link);
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

async function show(link, aloud = false) {
  clearTimeout(timer);
  if (link === shown) return;
  hide();
  wanted = link;
  const found = await explain(link);
  // The reader may have gone on while a page was fetched.
  if (wanted !== link || !found) return;
  panel.replaceChildren(...found.holds);
  panel.setAttribute("aria-label", found.name);
  (link.closest(".cm-cites, .cm-aside") ?? link).after(panel);
  panel.showPopover();
  place(link);
  link.setAttribute("aria-describedby", panel.id);
  shown = link;
  if (aloud) spoken.textContent = panel.textContent;
}

function hide() {
  clearTimeout(timer);
  wanted = null;
  if (!shown) return;
  shown.removeAttribute("aria-describedby");
  shown = null;
  spoken.textContent = "";
  if (panel.isConnected) panel.hidePopover();
}

function later(act, wait) {
  clearTimeout(timer);
  timer = setTimeout(act, wait);
}

// From a note at the foot back to what led there: a number, or the button behind which it stands.
const back = document.createElement("button");
back.type = "button";
back.className = "cm-back";
back.textContent = "Back to the text";
let left = null;

function offerWayBack(number, from = number) {
  const note = document.getElementById(decodeURIComponent(number.hash.slice(1)))?.querySelector(".cm-note-foot");
  if (!note) return;
  left = from;
  note.append(" ", back);
}

back.addEventListener("click", () => {
  left.scrollIntoView({ block: "center" });
  quiet = true;
  left.focus();
  quiet = false;
  back.remove();
});

const within = (target) => panel.contains(target) || (shown && shown.contains(target));
const byMouse = (event) => event.pointerType === "mouse";

function listen() {
  let byFinger = false;
  let wasShown = null;
  article.addEventListener("pointerover", (event) => {
    if (!byMouse(event)) return;
    if (within(event.target)) return clearTimeout(timer);
    const link = findLink(event.target);
    if (link) later(() => show(link), isExplained(link) ? 150 : 400);
  });
  article.addEventListener("pointerout", (event) => {
    if (!byMouse(event) || within(event.relatedTarget)) return;
    if (findLink(event.target) || panel.contains(event.target)) later(() => within(document.activeElement) || hide(), 300);
  });
  // What a link to a page leads to is shown without a key, for Enter opens the page; it adds no stop.
  article.addEventListener("focusin", (event) => {
    const link = findLink(event.target);
    if (link && !quiet && !isExplained(link) && link.matches(":focus-visible")) later(() => show(link), 400);
  });
  article.addEventListener("focusout", (event) => {
    if (!shown) hide();
    else if (within(event.target) && event.relatedTarget && !within(event.relatedTarget)) hide();
  });
  document.addEventListener("pointerdown", (event) => {
    byFinger = !byMouse(event);
    wasShown = shown;
    if (!within(event.target)) hide();
  });
  // A finger cannot hover, nor can a key: the first press shows. The second tap hides again, the second Enter follows the link,
  // and the way on stands in what is shown. A folded note just unfolds.
  article.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    const link = findLink(event.target);
    const byKey = event.detail === 0;
    if (link?.matches("a") && isExplained(link) && (byKey ? shown !== link : byFinger)) {
      event.preventDefault();
      if (!byKey && wasShown === link) hide();
      else show(link, byKey);
      return;
    }
    const followed = event.target.closest?.("a");
    const one = followed?.closest(".cm-cites__all");
    if (one) {
      one.hidePopover();
      offerWayBack(followed, one.previousElementSibling);
    } else if (followed?.matches("[href^='#note-']")) {
      offerWayBack(panel.contains(followed) ? shown : followed);
    }
    if (link || followed) hide();
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

if (article && "popover" in HTMLElement.prototype) {
  article.append(spoken);
  listen();
}
