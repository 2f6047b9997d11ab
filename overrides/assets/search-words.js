// Text to the words that are searched. macros/search/words.py does the same for the index: change both, a test compares them.

const BRITISH = {
  cheque: "check", centre: "center", colour: "color", defence: "defense", favour: "favor", grey: "gray", labour: "labor",
  licence: "license", licenced: "license", licences: "license", neighbour: "neighbor", organisation: "organization",
  programme: "program", programmes: "program", tonne: "ton", tonnes: "ton",
};
const KEPT_ISE = /(?:raise|promise|exercise|otherwise|precise|advise|revise|rise|wise|enterprise|franchise|surprise)$/;
const JAPANESE = /[\u3005\u3040-\u30ff\u3400-\u9fff]+/g;
const WORD = /[\p{L}\p{N}]+(?:'\p{L}+)?/gu;

export function stem(word) {
  let w = BRITISH[word] ?? word;
  if (!/^[a-z]{4,}$/.test(w) || w === "does") return w; // "does" is not the DOE
  if (!KEPT_ISE.test(w)) w = w.replace(/is(ation|ations|e|ed|es|ing)$/, "iz$1");
  if (/[^aeiou]ies$/.test(w)) w = `${w.slice(0, -3)}y`;
  else if (/(?:ss|sh|ch|x|z)es$/.test(w)) w = w.slice(0, -2);
  else if (/[^suia]s$/.test(w)) w = w.slice(0, -1);
  if (w.length > 5 && w.endsWith("ing")) w = undouble(w.slice(0, -3));
  else if (w.length > 4 && /[^e]ed$/.test(w)) w = undouble(w.slice(0, -2));
  return w.length > 4 && w.endsWith("e") ? w.slice(0, -1) : w;
}

function undouble(w) {
  return /([bdgmnprt])\1$/.test(w) ? w.slice(0, -1) : w;
}

// Spelling evened out: width of letters, quotation marks, hyphens, money, shares.
function even(text) {
  return text
    .normalize("NFKC")
    .toLowerCase()
    .replace(/[\u2018\u2019]/g, "'")
    .replace(/[\u2010-\u2015]/g, "-")
    .replace(/\bu\.\s?s\.(?=\W|$)/g, "us ")
    .replace(/(\d)\s?bn\b/g, "$1 billion")
    .replace(/(\d)\s?(?:mn|m)\b/g, "$1 million")
    .replace(/\$(\d[\d,.]*)b\b/g, "$1 billion")
    .replace(/%/g, " percent ")
    .replace(/\bper cent\b/g, "percent")
    .replace(/(\d),(?=\d{3})/g, "$1");
}

// Numbers of paragraphs (II.4, I.2(b)) and of announcements (No. 70) are words of their own; Japanese is cut into pairs.
export function wordsOf(text) {
  const words = [];
  const rest = even(text)
    .replace(/\b(i{1,2})\.(\d{1,2})(\([a-d]\))?/g, (_, section, number, point) => {
      words.push(`${section}.${number}`);
      if (point) words.push(`${section}.${number}${point}`);
      return " ";
    })
    .replace(/\bnos?\.?\s?(\d+)((?:,\s?\d+)*(?:,?\s?(?:and|to)\s?\d+)?)/g, (_, first, others) => {
      for (const number of [first, ...(others.match(/\d+/g) ?? [])]) words.push(`no.${number}`);
      return " ";
    })
    .replace(/\bannouncement\s(\d+)\b/g, (_, number) => {
      words.push(`no.${number}`);
      return " announcement ";
    })
    .replace(JAPANESE, (run) => {
      if (run.length === 1) words.push(run);
      for (let at = 0; at + 1 < run.length; at += 1) words.push(run.slice(at, at + 2));
      return " ";
    });
  for (const word of rest.match(WORD) ?? []) words.push(stem(word.replace(/'s$/, "").replace(/'/g, "")));
  return words;
}
