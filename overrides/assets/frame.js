// The frame's comforts. Everything on a page works without them: the theme then follows the reader's system.

const root = document.documentElement;

function remember(theme) {
  try {
    localStorage.setItem("theme", theme);
  } catch {
    // A browser that keeps nothing still switches for this page.
  }
}

function switchTheme(button) {
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const isDark = () => (root.dataset.theme ? root.dataset.theme === "dark" : dark.matches);
  const say = () => button.setAttribute("aria-label", isDark() ? "Switch to light" : "Switch to dark");
  button.addEventListener("click", () => {
    root.dataset.theme = isDark() ? "light" : "dark";
    remember(root.dataset.theme);
    say();
  });
  dark.addEventListener("change", say);
  say();
}

// The part that is being read is marked in the list at the side.
function followReading(links) {
  const parts = new Map();
  for (const link of links) {
    const part = document.getElementById(decodeURIComponent(link.hash.slice(1)));
    if (part) parts.set(part, link);
  }
  const mark = () => {
    let current;
    for (const [part, link] of parts) {
      if (part.getBoundingClientRect().top < 140) current = link;
    }
    for (const link of parts.values()) link.toggleAttribute("aria-current", link === current);
    current?.setAttribute("aria-current", "location");
  };
  const watch = new IntersectionObserver(mark, { rootMargin: "-100px 0px -40% 0px" });
  for (const part of parts.keys()) watch.observe(part);
}

// What a button copies: a form of the citation, or the page's address in its edition; a draft has only its own.
function textOf({ copy, link }) {
  if (copy) return document.getElementById(copy).textContent.trim();
  return new URL(link || location.pathname, location.href).href;
}

// All of it can be had without script too: from the address bar, the browser's menu, and the citation as it stands.
function offerButtons(line) {
  const status = line.querySelector("[role=status]");
  for (const button of line.querySelectorAll("button")) {
    if ("print" in button.dataset) {
      button.addEventListener("click", () => window.print());
    } else if (navigator.clipboard) {
      button.addEventListener("click", async () => {
        status.textContent = "";
        try {
          await navigator.clipboard.writeText(textOf(button.dataset));
          status.textContent = button.dataset.said ?? "Copied.";
        } catch {
          status.textContent = "The browser did not allow copying.";
        }
      });
    } else {
      button.remove();
    }
  }
  line.hidden = !line.querySelector("button");
}

const theme = document.querySelector(".cm-theme");
if (theme) switchTheme(theme);
const contents = document.querySelectorAll(".cm-toc a");
if (contents.length) followReading(contents);
for (const line of document.querySelectorAll(".cm-copies")) offerButtons(line);
const nav = document.querySelector(".cm-nav");
const here = nav?.querySelector("[aria-current]");
if (here && here.offsetTop > nav.clientHeight * 0.8) nav.scrollTop = here.offsetTop - nav.clientHeight / 2;

if (document.querySelector(".cm-article details")) import("./folds.js");
if (document.querySelector(".cm-lanes")) import("./timeline.js");
if (document.querySelector(".cm-matrix")) import("./matrix.js");
if (document.querySelector(".cm-ledger")) import("./ledger.js");

// Search is fetched when the reader turns to it; without script a link to the questions and answers stands in its place.
const opener = document.querySelector(".cm-search-open");
const openSearch = async (words) => (await import("./search.js")).openSearch(words);
opener?.addEventListener("click", () => openSearch());
document.addEventListener("keydown", (event) => {
  const typing = event.target.closest?.("input, textarea, select, [contenteditable]");
  const slash = event.key === "/" && !typing && !event.metaKey && !event.ctrlKey && !event.altKey;
  if (!slash && !(event.key === "k" && (event.metaKey || event.ctrlKey))) return;
  event.preventDefault();
  openSearch();
});
const asked = new URLSearchParams(location.search).get("q");
if (opener && asked) openSearch(asked);
