// The search box. Everything else of the search is fetched when the reader first turns to it.

const base = new URL("../", import.meta.url);
const FIRST = 8;
// What every query needs, or nearly every one: it is fetched while the scripts come that read it.
const AT_ONCE = ["search/index.json", "search/lengths.bin", "search/words-1.bin", "search/finds-1.json"];
const NOT_COVERED = "reference/not-covered/";

const dialog = document.createElement("dialog");
dialog.className = "cm-find";
dialog.setAttribute("aria-label", "Search");
dialog.innerHTML = `
  <form role="search">
    <label class="cm-hidden" for="cm-find-words">Search this edition</label>
    <input id="cm-find-words" type="search" placeholder="Search this edition" autocomplete="off" spellcheck="false" enterkeyhint="search">
    <button type="button" class="cm-tool" aria-label="Close the search">✕</button>
  </form>
  <p class="cm-find__state" role="status"></p>
  <ol class="cm-find__list"></ol>
  <button type="button" class="cm-find__more" hidden>More results</button>`;
const [form, state, list, more] = dialog.children;
const input = form.querySelector("input");
let opening;
let good = false;
let showMore;
let turn = 0;

async function fetchIndex() {
  const get = async (path) => {
    const answer = await fetch(new URL(path, base));
    if (!answer.ok) throw new Error(`${path}: ${answer.status}`);
    return answer;
  };
  const begun = new Map(AT_ONCE.map((path) => [path, get(path)]));
  for (const one of begun.values()) one.catch(() => {}); // who takes it is told
  const take = (path) => {
    const one = begun.get(path) ?? get(path);
    begun.delete(path);
    return one;
  };
  const [engine, words] = await Promise.all([import("./search-index.js"), import("./search-words.js")]);
  return { ...engine, ...words, index: await engine.openIndex(take) };
}

// One try for all who ask at once; after a failure the next one tries again.
function openSearchIndex() {
  opening ??= fetchIndex().catch((error) => {
    opening = undefined;
    throw error;
  });
  return opening;
}

function link(words, address) {
  return Object.assign(document.createElement("a"), { href: new URL(address, base), textContent: words });
}

// The text with the words of the query marked.
function marked(tag, text, isTyped) {
  const element = document.createElement(tag);
  for (const part of text.split(/([\p{L}\p{N}]+(?:['\u2019]\p{L}+)?)/u)) {
    if (part && isTyped(part)) element.append(Object.assign(document.createElement("mark"), { textContent: part }));
    else element.append(part);
  }
  return element;
}

function itemOf(found, isTyped) {
  const item = document.createElement("li");
  const name = marked("a", found.title, isTyped);
  name.href = new URL(found.address, base);
  const kind = document.createElement("small");
  kind.textContent = `${found.kind} · ${found.date}`;
  item.append(name, " ", kind, marked("p", found.answer, isTyped));
  return item;
}

// `first` is what is shown of the first find.
function say(query, result, first) {
  const { found, nowhere, instead, apart } = result;
  const parts = [];
  if (nowhere.length || apart) {
    const words = apart ? [query] : nowhere.map((word) => typedAs(query, word));
    parts.push(`Nothing here mentions ${words.map((word) => `\u201c${word}\u201d`).join(" or ")}. `);
    parts.push("See ", link("companies that are named", "reference/answers/framework/#answer-companies-named"), " and ");
    parts.push(link("what this site does not cover", NOT_COVERED), ". ");
  }
  if (instead.length) {
    const pairs = instead.map(([word, near]) => `\u201c${near}\u201d instead of \u201c${typedAs(query, word)}\u201d`);
    parts.push(`We searched ${pairs.join(" and ")}. `);
  }
  if (first?.address === NOT_COVERED && found[0].covered === 1) parts.push("This site does not cover that. ");
  const some = apart ? " with some of these words" : nowhere.length ? " for the other words" : "";
  if (found.length) parts.push(`${found.length} ${found.length === 1 ? "result" : "results"}${some}`);
  else if (!nowhere.length) parts.push("We found nothing. Try other words.");
  state.replaceChildren(...parts);
}

// The word as the reader typed it: what is searched is its stem.
function typedAs(query, word) {
  return query.split(/[^\p{L}\p{N}'\u2019.()-]+/u).find((one) => one.toLowerCase().startsWith(word.slice(0, 4))) ?? word;
}

async function search() {
  const mine = ++turn;
  const query = input.value.trim();
  const address = new URL(location.href);
  if (query) address.searchParams.set("q", query);
  else address.searchParams.delete("q");
  history.replaceState(history.state, "", address);
  good = false;
  if (!query) {
    list.replaceChildren();
    more.hidden = true;
    state.textContent = "";
    return;
  }
  state.textContent = "Searching\u2026";
  try {
    const opened = await openSearchIndex();
    const result = await opened.find(opened.index, query);
    const typed = new Set(result.words);
    const isTyped = (part) => opened.wordsOf(part).some((word) => typed.has(word));
    const left = result.found.map((found) => found.id);
    const next = () => opened.index.describe(left.splice(0, FIRST));
    const first = await next();
    if (mine !== turn) return;
    good = result.good;
    say(query, result, first[0]);
    list.replaceChildren(...first.map((found) => itemOf(found, isTyped)));
    more.hidden = left.length === 0;
    showMore = async () => {
      const items = (await next()).map((found) => itemOf(found, isTyped));
      if (mine !== turn) return;
      list.append(...items);
      more.hidden = left.length === 0;
      items[0]?.querySelector("a").focus();
    };
  } catch {
    if (mine === turn) fail();
  }
}

function fail() {
  const again = Object.assign(document.createElement("button"), { type: "button", textContent: "Try again" });
  again.addEventListener("click", search);
  state.replaceChildren("The search could not be loaded. ", again, " or see ", link("all questions and answers", "reference/answers/"), ".");
  list.replaceChildren();
  more.hidden = true;
}

let timer;
input.addEventListener("input", () => {
  clearTimeout(timer);
  timer = setTimeout(search, 150);
});
more.addEventListener("click", () => showMore().catch(fail));
form.addEventListener("submit", (event) => {
  event.preventDefault();
  if (good) list.querySelector("a")?.click();
});
form.querySelector("button").addEventListener("click", () => dialog.close());
dialog.addEventListener("keydown", (event) => {
  if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
  const stops = [input, ...list.querySelectorAll("a")];
  const at = stops.indexOf(document.activeElement) + (event.key === "ArrowDown" ? 1 : -1);
  stops[Math.max(0, Math.min(at, stops.length - 1))].focus();
  event.preventDefault();
});
// A tap beside the box closes it, as does following a result on this page; a result on another page leaves this one.
dialog.addEventListener("click", (event) => {
  const followed = event.target.closest(".cm-find__list a, .cm-find__state a");
  if (event.target === dialog || followed?.pathname === location.pathname) dialog.close();
});
dialog.addEventListener("close", () => {
  const address = new URL(location.href);
  address.searchParams.delete("q");
  history.replaceState(history.state, "", address);
});

const styled = new Promise((resolve) => {
  const sheet = Object.assign(document.createElement("link"), { rel: "stylesheet", href: new URL("search.css", import.meta.url) });
  sheet.onload = sheet.onerror = resolve;
  document.head.append(sheet);
});
document.body.append(dialog);

export async function openSearch(words = "") {
  await styled;
  if (!dialog.open) dialog.showModal();
  input.focus();
  if (words) {
    input.value = words;
    await search();
  } else {
    input.select();
    openSearchIndex().catch(() => {});
  }
}
