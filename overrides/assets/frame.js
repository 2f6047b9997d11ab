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

// The forms of a citation can be selected as they stand; a button saves the trouble.
function offerCopies(line) {
  line.addEventListener("click", async (event) => {
    const form = document.getElementById(event.target.dataset.copy);
    if (!form) return;
    await navigator.clipboard.writeText(form.textContent.trim());
    line.querySelector("[role=status]").textContent = "Copied.";
  });
  line.hidden = false;
}

const theme = document.querySelector(".cm-theme");
if (theme) switchTheme(theme);
const contents = document.querySelectorAll(".cm-toc a");
if (contents.length) followReading(contents);
const copies = document.querySelector(".cm-cite__copy");
if (copies && navigator.clipboard) offerCopies(copies);
const nav = document.querySelector(".cm-nav");
const here = nav?.querySelector("[aria-current]");
if (here && here.offsetTop > nav.clientHeight * 0.8) nav.scrollTop = here.offsetTop - nav.clientHeight / 2;

if (document.querySelector(".cm-lanes")) import("./timeline.js");
if (document.querySelector(".cm-matrix")) import("./matrix.js");

// Search is fetched when the reader turns to it; without script its link leads to the questions and answers.
const opener = document.querySelector(".cm-search-open");
const openSearch = async (words) => (await import("./search.js")).openSearch(words);
opener?.addEventListener("click", (event) => {
  if (event.metaKey || event.ctrlKey || event.shiftKey) return;
  event.preventDefault();
  openSearch();
});
document.addEventListener("keydown", (event) => {
  const typing = event.target.closest?.("input, textarea, select, [contenteditable]");
  const slash = event.key === "/" && !typing && !event.metaKey && !event.ctrlKey && !event.altKey;
  if (!slash && !(event.key === "k" && (event.metaKey || event.ctrlKey))) return;
  event.preventDefault();
  openSearch();
});
const asked = new URLSearchParams(location.search).get("q");
if (opener && asked) openSearch(asked);
