// Search: fetched when the reader first turns to it, and the index only in the parts that a query needs.

const base = new URL("../", import.meta.url);
const FIRST = 8;
const FEW = 3;
const MINOR = { rank: "minor" };
// Words that say nothing of what is asked. They are left out unless nothing else is typed.
const EMPTY = new Set(
  ("a an and are as at be been by can could did do does for from had has have how i if in is it its me my of on or our " +
    "shall should so than that the their them then there these they this to us was we were what when where which who " +
    "whom whose why will with would you your").split(" "),
);

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
let index;
let turn = 0;
let rest = [];

async function openIndex() {
  const pagefind = await import(new URL("pagefind/pagefind.js", base));
  await pagefind.options({
    baseUrl: "/",
    excerptLength: 28,
    ranking: { metaWeights: { title: 6, also: 6, kind: 0.2, as_at: 0, address: 0 } },
  });
  return pagefind;
}

function wordsOf(text) {
  const typed = text.toLowerCase().replace(/[?!"“”]/g, " ").split(/\s+/).filter(Boolean);
  const telling = typed.filter((word) => !EMPTY.has(word));
  return telling.length ? telling : typed;
}

// All words first; when no place has them all, the places that have most of them.
async function find(words, filters) {
  const ask = async (query) => (await index.search(query, { filters })).results;
  const whole = await ask(words.join(" "));
  if (whole.length || words.length < 2) return whole;
  const scores = new Map();
  for (const word of words) {
    for (const one of await ask(word)) {
      const known = scores.get(one.id) ?? { one, hits: 0, score: 0 };
      known.hits += 1;
      known.score += one.score;
      scores.set(one.id, known);
    }
  }
  const best = [...scores.values()].sort((a, b) => b.hits - a.hits || b.score - a.score);
  return best.filter(({ hits }) => hits === best[0].hits).map(({ one }) => one);
}

function itemOf(found) {
  const item = document.createElement("li");
  const link = document.createElement("a");
  link.href = new URL(found.meta.address, base);
  link.textContent = found.meta.title;
  const kind = document.createElement("small");
  kind.textContent = `${found.meta.kind} · as at ${found.meta.as_at}`;
  const excerpt = document.createElement("p");
  excerpt.innerHTML = found.excerpt; // Pagefind escapes the words and adds nothing but marks
  item.append(link, " ", kind, excerpt);
  return item;
}

// A page of its own, and a name that has every word, come before what only mentions them.
function ahead(found) {
  const name = `${found.meta.title} ${found.meta.also ?? ""}`.toLowerCase();
  const named = wordsOf(input.value).every((word) => name.includes(word));
  return (named ? 4 : 0) + (found.meta.address.includes("#") ? 0 : 3);
}

async function itemsOf(results) {
  const data = await Promise.all(results.map((one) => one.data()));
  const placed = data.map((found, place) => ({ found, place: place - ahead(found) }));
  return placed.sort((a, b) => a.place - b.place).map(({ found }) => itemOf(found));
}

async function search() {
  const mine = ++turn;
  const text = input.value.trim();
  const address = new URL(location.href);
  if (text) address.searchParams.set("q", text);
  else address.searchParams.delete("q");
  history.replaceState(history.state, "", address);
  if (!text) {
    list.replaceChildren();
    more.hidden = true;
    state.textContent = "";
    return;
  }
  try {
    index ??= await openIndex();
  } catch {
    state.textContent =
      "The search index is not here. A live preview has none: build the draft or the site to search in it.";
    return;
  }
  const words = wordsOf(text);
  const major = await find(words, { not: MINOR });
  const minor = await find(words, MINOR);
  const items = [...(await itemsOf(major.slice(0, FIRST))), ...(await itemsOf(minor.slice(0, FEW)))];
  if (mine !== turn) return;
  rest = [...major.slice(FIRST), ...minor.slice(FEW)];
  const count = major.length + minor.length;
  state.textContent = count ? `${count} ${count === 1 ? "result" : "results"}` : "";
  if (!count) {
    const answers = Object.assign(document.createElement("a"), { href: document.querySelector(".cm-search-open").href });
    answers.textContent = "all questions and answers";
    state.append("Nothing found. Try fewer or other words, or look through ", answers, ".");
  }
  list.replaceChildren(...items);
  more.hidden = rest.length === 0;
}

let timer;
input.addEventListener("input", () => {
  clearTimeout(timer);
  timer = setTimeout(search, 150);
});
more.addEventListener("click", async () => {
  const items = await itemsOf(rest.splice(0, FIRST));
  list.append(...items);
  more.hidden = rest.length === 0;
  items[0]?.querySelector("a").focus();
});
form.addEventListener("submit", (event) => {
  event.preventDefault();
  list.querySelector("a")?.click();
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
  const link = event.target.closest(".cm-find__list a");
  if (event.target === dialog || link?.pathname === location.pathname) dialog.close();
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
    openIndex().then((opened) => (index ??= opened)).catch(() => {});
  }
}
