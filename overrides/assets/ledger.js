// Tables of records: headings become buttons that sort, the choice that narrows a table is kept in the address and counted aloud,
// and the row that the address names is unfolded. Without this script the rows keep the order of their groups.

const rowsOf = (body) => [...body.querySelectorAll(":scope > .cm-entry")];

// What a row is sorted by in a column: amounts only within their unit, dates by their ISO form.
const keys = {
  text: (cell) => [cell.textContent.trim().toLowerCase()],
  date: (cell) => [cell.querySelector("time")?.dateTime ?? ""],
  number: (cell) => [cell.dataset.unit, Number(cell.dataset.size)],
};

function compare(one, other) {
  return typeof one === "number" ? one - other : one.localeCompare(other, "en");
}

function sort(table, heading) {
  const place = heading.cellIndex;
  const keyOf = keys[heading.dataset.sort];
  const down = heading.getAttribute("aria-sort") === "ascending";
  for (const one of table.tHead.querySelectorAll("[aria-sort]")) one.removeAttribute("aria-sort");
  heading.setAttribute("aria-sort", down ? "descending" : "ascending");
  for (const body of table.tBodies) {
    const keyed = rowsOf(body).map((row) => [row, keyOf(row.cells[place])]);
    keyed.sort(([, one], [, other]) => {
      // The unit keeps its order; the last key is what is turned around.
      const units = one.length > 1 ? compare(one[0], other[0]) : 0;
      return units || (down ? -1 : 1) * compare(one.at(-1), other.at(-1));
    });
    body.append(...keyed.map(([row]) => row));
  }
}

function offerSorting(table) {
  for (const heading of table.tHead.querySelectorAll("[data-sort]")) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "cm-ledger__sort";
    button.append(...heading.childNodes);
    button.addEventListener("click", () => sort(table, heading));
    heading.append(button);
  }
}

function followNarrowing(ledger) {
  const boxes = [...ledger.querySelectorAll(".cm-narrow input")];
  const rows = [...ledger.querySelectorAll(".cm-entry")];
  const said = ledger.querySelector(".cm-narrow output");
  const count = () => {
    const shown = rows.filter((row) => row.checkVisibility()).length;
    said.textContent = `${shown} of ${rows.length} shown`;
  };
  const asked = new URLSearchParams(location.search).get("only")?.split(".") ?? [];
  for (const box of boxes) if (asked.includes(box.dataset.choice)) box.checked = true;
  for (const box of boxes) {
    box.addEventListener("change", () => {
      const address = new URL(location.href);
      const chosen = boxes.filter((one) => one.checked && one.dataset.choice).map((one) => one.dataset.choice);
      if (chosen.length) address.searchParams.set("only", chosen.join("."));
      else address.searchParams.delete("only");
      history.replaceState(history.state, "", address);
      count();
    });
  }
  count();
}

function unfold() {
  const row = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  const fold = row?.matches(".cm-ledger .cm-entry") && row.querySelector("details");
  if (fold) fold.open = true;
}

for (const table of document.querySelectorAll(".cm-ledger > table")) offerSorting(table);
for (const ledger of document.querySelectorAll(".cm-ledger:has(.cm-narrow)")) followNarrowing(ledger);
unfold();
addEventListener("hashchange", unfold);
