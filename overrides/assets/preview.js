// What a link to a record or a page leads to, in a few lines: taken from the page itself when the reader points at the link,
// so that a preview says nothing that the page does not say. A page is fetched once, and then opens faster.

const pages = new Map();

function fetchPage(address) {
  if (address === location.href.split("#")[0]) return Promise.resolve(document);
  if (!pages.has(address)) pages.set(address, read(address));
  return pages.get(address);
}

async function read(address) {
  try {
    const answer = await fetch(address);
    if (!answer.ok) return null;
    return new DOMParser().parseFromString(await answer.text(), "text/html");
  } catch {
    return null; // Without the network there is no preview; the link still leads on.
  }
}

// Words and marks only: nothing in a preview can be pressed, so that Tab goes on in the text.
function plain(element) {
  const copy = element.cloneNode(true);
  copy.querySelectorAll(".cm-cites, .headerlink, details, script, ul").forEach((one) => one.remove());
  copy.querySelectorAll("a").forEach((link) => link.replaceWith(...link.childNodes));
  copy.querySelectorAll("[id]").forEach((one) => one.removeAttribute("id"));
  return copy;
}

function line(words, name) {
  const made = document.createElement("span");
  made.className = "cm-peek__line";
  if (name) {
    const head = document.createElement("b");
    head.append(...name.childNodes, ": ");
    made.append(head);
  }
  made.append(...words.childNodes);
  return made;
}

// Of an entry that opens, its first sentence and what follows it; a lead or a first paragraph, else the first rows of what a record's entry says.
function linesOf(part) {
  const gist = part.querySelector(":scope > summary > .cm-gist");
  if (gist) {
    const rest = part.querySelector(":scope > .cm-entry__body > p");
    return [gist, rest].filter((one) => one && !one.matches(".cm-note")).map((one) => line(plain(one)));
  }
  const paragraph = part.querySelector(":scope > .cm-lead, :scope > .cm-box > .cm-lead, :scope > p");
  if (paragraph) return [line(plain(paragraph))];
  const rows = [...part.querySelectorAll(":scope > dl > .cm-row, :scope > .cm-box > dl > .cm-row, :scope > .cm-ledger__fold dl > .cm-row")].slice(0, 2);
  const amount = document.createElement("span");
  for (const cell of part.querySelectorAll(":scope > :is(.cm-limit, .cm-amount)")) amount.append(...plain(cell).childNodes, " ");
  const said = rows.map((row) => line(plain(row.querySelector("dd")), plain(row.querySelector("dt"))));
  return amount.textContent.trim() ? [line(amount), ...said] : said;
}

function find(page, hash) {
  const article = page.querySelector("article");
  const at = hash ? page.getElementById(decodeURIComponent(hash.slice(1))) : null;
  if (!hash) return { title: article?.querySelector("h1"), lines: article ? linesOf(article) : [] };
  if (at?.matches(".cm-entry")) return { title: at.querySelector("h3, h4"), lines: linesOf(at) };
  const next = at?.matches("h2, h3") && at.nextElementSibling;
  return { title: next?.matches("p") ? at : null, lines: next?.matches("p") ? [line(plain(next))] : [] };
}

// Links of the text that lead into this edition; those that only lead along the page explain themselves.
export function hasPreview(link) {
  if (link.closest(".cm-sources, .cm-contents, .cm-jumps, .cm-cite, nav, summary") || link.matches(".headerlink")) return false;
  const target = new URL(link.href, location.href);
  if (target.origin !== location.origin || !target.pathname.endsWith("/")) return false;
  return target.pathname !== location.pathname || !!document.getElementById(target.hash.slice(1))?.matches(".cm-entry");
}

export async function previewOf(link) {
  const target = new URL(link.href, location.href);
  const page = await fetchPage(target.href.split("#")[0]);
  if (!page) return null;
  const { title, lines } = find(page, target.hash);
  if (!title || !lines.length) return null;
  const name = document.createElement("strong");
  name.append(...plain(title).childNodes);
  return { name: `Preview: ${name.textContent}`, holds: [name, ...lines] };
}
