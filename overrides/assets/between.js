// What one edition changed against another, put together from what both have stored (compared.json): each record's values in
// words, each page's paragraphs. Two editions that follow one another have a page of their own, to which it leads.
const form = document.querySelector(".cm-between")
const state = document.querySelector(".cm-between__state")
const place = document.querySelector(".cm-changes")
const MANY = 400

const make = (name, parent, text = "", className = "") => {
  const element = document.createElement(name)
  if (className) element.className = className
  element.textContent = text
  parent.append(element)
  return element
}
const capital = (words) => words.charAt(0).toUpperCase() + words.slice(1)

const fetchEdition = async (id) => {
  const answer = await fetch(new URL(`../${id}/compared.json`, location.href.replace(/[?#].*/, "")))
  if (!answer.ok) throw new Error(`${answer.status}`)
  return answer.json()
}

// The older key of each record that both have; one that was renamed names its earlier key.
const matchRecords = (before, after) => {
  const found = new Map()
  for (const [key, record] of Object.entries(after.records)) {
    const old = [key, ...record.earlier].find((one) => one in before.records)
    if (old) found.set(key, old)
  }
  return found
}

const compareRecord = (old, now) => {
  const was = new Map(old.says.map(([label, ...rest]) => [label, rest]))
  const is = new Map(now.says.map(([label, ...rest]) => [label, rest]))
  const changes = []
  for (const [label, [text, worded]] of is) {
    if (was.get(label)?.[0] !== text) changes.push({ label, before: was.get(label)?.[0] ?? "", after: text, worded })
  }
  for (const [label, [text, worded]] of was) {
    if (!is.has(label)) changes.push({ label, before: text, after: "", worded })
  }
  return changes
}

// Records and pages are compared alike: by heading, each with what was added, removed and changed.
const compareRecords = (before, after) => {
  const older = matchRecords(before, after)
  const gone = new Set(Object.keys(before.records))
  const sections = new Map(Object.entries(after.kinds).map(([kind, title]) => [kind, { title, added: [], removed: [], changed: [] }]))
  const at = (key) => {
    const kind = key.split("/", 1)[0]
    if (!sections.has(kind)) sections.set(kind, { title: before.kinds[kind] ?? kind, added: [], removed: [], changed: [] })
    return sections.get(kind)
  }
  for (const [key, record] of Object.entries(after.records)) {
    const old = older.get(key)
    gone.delete(old)
    if (!old) at(key).added.push({ name: record.name, home: after.homes[key], edition: "to" })
    else {
      const fields = compareRecord(before.records[old], record)
      if (fields.length) at(key).changed.push({ name: record.name, home: after.homes[key], edition: "to", fields })
    }
  }
  for (const key of gone) {
    at(key).removed.push({ name: before.records[key].name, home: before.homes[key], edition: "from" })
  }
  return [...sections.values()]
}

const comparePages = (before, after) => {
  const shown = (edition) => new Map(edition.pages.filter((page) => !page.source.startsWith("changes/")).map((page) => [page.source, page]))
  const [old, now] = [shown(before), shown(after)]
  const section = { title: "pages", added: [], removed: [], changed: [] }
  for (const [source, page] of now) {
    if (!old.has(source)) section.added.push({ name: page.title, home: page.url, edition: "to" })
    else {
      const fields = redlines(moveDates(old.get(source).prose, page.prose, before.dated, after.dated), page.prose)
      if (fields.length) section.changed.push({ name: page.title, home: page.url, edition: "to", fields })
    }
  }
  for (const [source, page] of old) {
    if (!now.has(source)) section.removed.push({ name: page.title, home: page.url, edition: "from" })
  }
  return section
}

// A paragraph in which nothing but the as-at date moved has not changed.
const moveDates = (before, after, old, now) => {
  const known = new Set(after)
  return before.map((words) => (known.has(words.replaceAll(old, now)) ? words.replaceAll(old, now) : words))
}

// Paragraphs that went and came in one place are read as one that was reworded.
const redlines = (before, after) => {
  const found = []
  let gone = []
  for (const part of [...Diff.diffArrays(before, after), { value: [], end: true }]) {
    if (part.removed) gone = part.value
    else if (part.added) {
      for (let at = 0; at < Math.max(gone.length, part.value.length); at += 1) {
        found.push({ before: gone[at] ?? "", after: part.value[at] ?? "", worded: true })
      }
      gone = []
    } else {
      found.push(...gone.map((before) => ({ before, after: "", worded: true })))
      gone = []
    }
  }
  return found
}

const printRedline = (parent, before, after) => {
  for (const part of Diff.diffWordsWithSpace(before, after)) {
    if (!part.added && !part.removed) parent.append(part.value)
    else {
      const mark = make(part.added ? "ins" : "del", parent)
      make("span", mark, part.added ? "added: " : "removed: ", "cm-said")
      mark.append(part.added ? "[+" : "[-\u2060")
      if (part.added) mark.append(part.value)
      else make("s", mark, part.value)
      mark.append(part.added ? "+]" : "-]")
    }
  }
}

const printChange = (parent, { label, before, after, worded }) => {
  let target = parent
  if (label) {
    const row = make("div", parent, "", "cm-row")
    make("dt", row, capital(label))
    target = make("dd", row)
  } else target = make("p", parent)
  if (worded) return printRedline(target, before, after)
  target.append(before || "not stated", " ")
  make("span", target, "→").setAttribute("aria-hidden", "true")
  make("span", target, " became ", "cm-said")
  target.append(" ")
  return make("strong", target, after || "not stated")
}

const printName = (parent, item, chosen) => {
  if (item.home === null || item.home === undefined) return parent.append(item.name)
  const link = make("a", parent, item.name, "cm-ref")
  link.href = `../${chosen[item.edition]}/${item.home}`
  return link
}

const printSection = (section, chosen) => {
  const size = section.added.length + section.removed.length + section.changed.length
  if (!size) return 0
  const entry = make("div", place, "", "cm-entry")
  make("h2", entry, `${capital(section.title)} `).append(Object.assign(document.createElement("span"), { className: "cm-count", textContent: size }))
  for (const status of ["added", "removed"]) {
    if (!section[status].length) continue
    make("p", entry, capital(status), "cm-verb")
    const list = make("ul", entry, "", "cm-points")
    for (const item of section[status]) printName(make("li", list), item, chosen)
  }
  if (section.changed.length) make("p", entry, "Changed", "cm-verb")
  for (const item of section.changed) {
    const change = make("div", entry, "", "cm-change")
    printName(make("h3", change), item, chosen)
    const labelled = item.fields.some((one) => one.label)
    const target = labelled ? make("dl", change, "", "cm-facts cm-changed") : change
    for (const one of item.fields) printChange(target, one)
  }
  return size
}

// One section after another, so that the page answers while a long comparison is printed.
const print = async (sections, chosen) => {
  let total = 0
  for (const section of sections) {
    total += printSection(section, chosen)
    if (total > MANY) await new Promise((done) => setTimeout(done))
  }
  return total
}

const compare = async (chosen) => {
  state.textContent = "Loading both editions…"
  try {
    const [before, after] = await Promise.all([fetchEdition(chosen.from), fetchEdition(chosen.to)])
    place.hidden = false
    const total = await print([...compareRecords(before, after), comparePages(before, after)], chosen)
    state.textContent = total === 1 ? "One record or page differs." : total ? `${total} records and pages differ.` : "The two editions say the same."
  } catch {
    state.textContent = "The editions could not be loaded. "
    const again = make("button", state, "Try again")
    again.type = "button"
    again.addEventListener("click", () => compare(chosen))
  }
}

const open = () => {
  const asked = new URLSearchParams(location.search)
  const [from, to] = [asked.get("from"), asked.get("to")]
  if (!form || !from || !to) return
  const options = Object.fromEntries([...form.elements.to.options].map((one) => [one.value, one]))
  if (!(from in options) || !(to in options)) {
    state.textContent = "There is no such edition. Choose two from the list."
    return
  }
  form.elements.from.value = from
  form.elements.to.value = to
  if (from === to) state.textContent = "Choose two different editions."
  else if (options[to].dataset.step === from) location.replace(`../${to}/changes/${from}/`)
  else compare({ from, to })
}

open()
