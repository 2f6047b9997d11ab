// Where each part of a draft is written. The preview says in a meta element where the project lies on this machine, and
// then a link opens the editor there; mkdocs.yml may name a repository; else path and line are said.
const { headings, repository, said } = JSON.parse(document.getElementById("cm-edit").textContent);
const folder = document.querySelector('meta[name="cm-folder"]')?.content;
if (folder) document.documentElement.classList.add("cm-edits");

const addressOf = (path, line) => {
  if (folder) return `vscode://file/${encodeURI(folder).replace(/^\/+/, "")}/${path}:${line}:1`;
  return repository && `${repository.replace(/\/$/, "")}/blob/HEAD/${path}#L${line}`;
};

const add = (element, [path, line]) => {
  if (!element) return;
  const mark = element.querySelector(":scope > .cm-edit") ?? document.createElement("span");
  mark.className = "cm-edit";
  mark.dataset.words = "no";
  const address = addressOf(path, line);
  const part = document.createElement(address ? "a" : "span");
  if (address) part.href = address;
  part.title = `${path}:${line}`;
  part.textContent = address ? `Edit ${path.startsWith("docs/") ? "this" : "the record"}` : `${path}:${line}`;
  if (mark.childNodes.length) mark.append(" · ");
  mark.append(part);
  element.append(mark);
};

// Headings of Markdown stand in the order of their lines; were the two lists unlike, no line would be sure.
const marked = headings.filter((one) => one.length);
if (marked.length === said.lines.length && marked.every(([, level], at) => level === said.lines[at][0])) {
  marked.forEach(([id], at) => add(document.getElementById(id), [said.file, said.lines[at][1]]));
}
const title = document.querySelector(".cm-article h1");
if (!title?.querySelector(".cm-edit")) add(title, [said.file, 1]);
if (said.record) add(title, [said.record, 1]);
for (const [id, path] of Object.entries(said.records)) {
  const entry = document.getElementById(id);
  add(entry?.querySelector(":scope > .cm-entry__body") ?? entry?.querySelector("h2, h3, h4"), [path, 1]);
}
