// The index of an edition, as it was shipped, in MiniSearch; and the ranking of what it finds. Runs without a page.
// macros/search/ writes what is read here. Of a large site only those parts are fetched that a query needs.

import MiniSearch from "./vendor/minisearch.js";
import { wordsOf } from "./search-words.js";

// How much a word counts where it stands: the name, other words for it, the first sentence, the rest.
const BOOST = { title: 4, also: 4, answer: 1.6, body: 1 };
const FIELDS = Object.keys(BOOST);
const BODY = FIELDS.indexOf("body");
// A find that has only some of the telling words is ranked lower, by this power of their share.
const COVERAGE = 1.6;
// What has the words in its name or beside it is ranked higher, by their share.
const NAMED = 0.9;
// From this share of the telling words on, the first result is one that Enter may open.
const GOOD = 0.5;
// A query of so many words is one thing and not a sentence.
const FEW = 3;

// `get` fetches a file of the edition; it fails where there is none.
export async function openIndex(get) {
  const bytes = async (path) => new Uint8Array(await (await get(path)).arrayBuffer());
  const json = async (path) => (await get(path)).json();
  const words = once(bytes);
  const rows = once(json);
  const [data, packed] = await Promise.all([json("search/index.json"), bytes("search/lengths.bin")]);
  const { count } = data;
  const number = numbers(packed);
  const weights = [];
  const lengths = Array.from({ length: count }, () => {
    weights.push(number() / 1000);
    return FIELDS.map(number);
  });
  const search = MiniSearch.loadJS(
    {
      documentCount: count,
      nextId: count,
      documentIds: Object.fromEntries(lengths.map((_, find) => [find, find])),
      fieldIds: Object.fromEntries(FIELDS.map((name, field) => [name, field])),
      fieldLength: Object.fromEntries(lengths.entries()),
      averageFieldLength: FIELDS.map((_, field) => lengths.reduce((sum, one) => sum + one[field], 0) / count),
      storedFields: {},
      dirtCount: 0,
      index: [],
      serializationVersion: 2,
    },
    { fields: FIELDS, tokenize: (text) => text.split(" "), processTerm: (word) => word },
  );
  const terms = new Map();
  const known = new Map(); // the words of each part that was read
  const partOf = (word) => data.words[Math.max(0, data.starts.filter((start) => start <= word).length - 1)];
  return {
    count, weights, terms, search,
    empty: new Set(data.empty.split(" ")),
    // Reads the parts in which these words are, if they are anywhere.
    async read(asked) {
      const parts = [...new Set(asked.map(partOf))].filter((part) => !known.has(part));
      const all = await Promise.all(parts.map(words));
      parts.forEach((part, at) => {
        if (known.has(part)) return; // another query was sooner
        const found = readWords(all[at], count);
        known.set(part, [...found.keys()]);
        for (const [word, term] of found) {
          terms.set(word, term);
          // Its own reader of an index makes each map twice, from objects with names for keys: a third of the time on a phone.
          search._index.set(word, term.fields);
        }
      });
    },
    // The words that stand in the same part as this one would: of most sites, all.
    beside: (word) => known.get(partOf(word)) ?? [],
    // What is shown of these finds.
    async describe(finds) {
      const parts = await Promise.all(finds.map((find) => rows(data.finds[Math.floor(find / data.each)])));
      return finds.map((find, at) => {
        const [address, title, kind, answer, date] = parts[at][find % data.each];
        return { address, title, kind: data.kinds[kind], answer, date: date || `as of ${data.as_at}` };
      });
    },
  };
}

// Fetches each part once, and again when that failed.
function once(fetchPart) {
  const fetched = new Map();
  return (path) => {
    if (!fetched.has(path)) {
      fetched.set(path, fetchPart(path).catch((error) => {
        fetched.delete(path);
        throw error;
      }));
    }
    return fetched.get(path);
  };
}

// Numbers of seven bits a byte, the last byte of each below 128.
function numbers(bytes) {
  let at = 0;
  return () => {
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = bytes[at++];
      value += (byte & 127) * 2 ** shift;
      if (byte < 128) return value;
    }
  };
}

// A part: how many bytes its words take, and they. Then for each word how many finds have it, and for each of them the
// step from the one before, doubled, plus one where a number follows: its lowest three bits say whether the word is in
// the name, the other words and the answer, the rest how often it is in the text.
function readWords(bytes, count) {
  const start = bytes.findIndex((byte) => byte < 128) + 1;
  const end = start + numbers(bytes)();
  const words = new TextDecoder().decode(bytes.subarray(start, end)).split(" ");
  const number = numbers(bytes.subarray(end));
  const terms = new Map();
  if (start === end) return terms; // nothing can be found
  for (const word of words) {
    const having = number();
    const fields = new Map();
    const put = (field, find, times) => {
      if (!fields.has(field)) fields.set(field, new Map());
      fields.get(field).set(find, times);
    };
    const named = new Set();
    let find = -1;
    for (let left = having; left > 0; left -= 1) {
      const step = number();
      find += step >> 1;
      if (step & 1) {
        const where = number();
        for (let field = 0; field < BODY; field += 1) if ((where >> field) & 1) put(field, find, 1);
        if (where & 3) named.add(find);
        if (where >> 3) put(BODY, find, where >> 3);
      } else put(BODY, find, 1);
    }
    const idf = Math.log(1 + (count - having + 0.5) / (having + 0.5));
    terms.set(word, { idf, named, fields });
  }
  return terms;
}

// What a query finds, best first; the words that are nowhere; and the words searched in the place of misspelt ones.
export async function find(index, query) {
  const typed = [...new Set(wordsOf(query))];
  const telling = typed.filter((word) => !index.empty.has(word));
  const asked = telling.length ? telling : typed;
  await index.read(asked);
  const nowhere = [];
  const instead = [];
  const words = [];
  for (const word of asked) {
    if (index.terms.has(word)) words.push(word);
    else {
      const near = nearest(index, word);
      if (near) {
        words.push(near);
        instead.push([word, near]);
      } else nowhere.push(word);
    }
  }
  if (!words.length) return { found: [], words, nowhere, instead, apart: false, good: false };
  const weights = new Map([...new Set(words)].map((word) => [word, index.terms.get(word).idf]));
  const lost = nowhere.length * Math.log(1 + index.count);
  const whole = [...weights.values()].reduce((sum, one) => sum + one, 0);
  const results = index.search.search(words.join(" "), {
    combineWith: "OR",
    boost: BOOST,
    bm25: { k: 1.2, b: 0.6, d: 0.2 },
    boostDocument: (number) => index.weights[number],
  });
  const found = results.map(({ id, score, queryTerms }) => {
    const share = (has) => [...weights].reduce((sum, [word, weight]) => sum + (has(word) ? weight : 0), 0) / whole;
    const covered = [...weights.keys()].every((word) => queryTerms.includes(word)) ? 1 : share((word) => queryTerms.includes(word));
    const named = share((word) => index.terms.get(word).named.has(id));
    return { id, covered, score: score * covered ** COVERAGE * (1 + NAMED * named) };
  });
  found.sort((a, b) => b.score - a.score);
  // Words that are all known, but never together: no place is about what was asked.
  const apart = words.length > 1 && words.length <= FEW && found[0].covered < 1 && !found.some((one) => one.covered === 1);
  const good = !apart && found.length > 0 && (found[0].covered * whole) / (whole + lost) >= GOOD;
  return { found, words, nowhere, instead, apart, good };
}

// The commonest known word that is one letter away: wrong, missing, too many, or two swapped.
function nearest(index, word) {
  if (!/^\p{L}{4,}$/u.test(word)) return null;
  let best = null;
  let least = Infinity;
  for (const known of index.beside(word)) {
    const { idf } = index.terms.get(known);
    if (Math.abs(known.length - word.length) < 2 && known.length > 3 && idf < least && isNear(word, known)) [best, least] = [known, idf];
  }
  return best;
}

function isNear(a, b) {
  let at = 0;
  while (at < a.length && a[at] === b[at]) at += 1;
  if (a.length > b.length) return a.slice(at + 1) === b.slice(at);
  if (a.length < b.length) return a.slice(at) === b.slice(at + 1);
  if (a.slice(at + 1) === b.slice(at + 1)) return true;
  return a[at] === b[at + 1] && a[at + 1] === b[at] && a.slice(at + 2) === b.slice(at + 2);
}
