// The boxes above the matrix: the choice is kept in the address and counted aloud. Hiding is the style sheet's.

const matrix = document.querySelector(".cm-matrix");
const boxes = [...matrix.querySelectorAll(".cm-picks fieldset input")];
const said = matrix.querySelector(".cm-picks output");
const FEW = 4; // with no more columns the table needs no scrolling of its own
const usual = chosen();

function chosen() {
  return boxes.filter((box) => box.checked).map((box) => box.value).join(".");
}

function count() {
  const shown = boxes.filter((box) => box.checked).length;
  const more = matrix.querySelector(".cm-picks__more :checked") !== null;
  // Where nothing is said the style sheet goes by the second group, and the page need not be laid out again.
  matrix.toggleAttribute("data-few", shown <= FEW && more);
  matrix.toggleAttribute("data-many", shown > FEW);
  said.textContent = `${shown} of ${boxes.length} instruments shown`;
}

function follow() {
  const address = new URL(location.href);
  const ticked = chosen();
  if (ticked === usual) address.searchParams.delete("with");
  else address.searchParams.set("with", ticked);
  history.replaceState(history.state, "", address);
  count();
}

const asked = new URLSearchParams(location.search).get("with");
if (asked !== null) {
  const wanted = asked.split(".");
  for (const box of boxes) box.checked = wanted.includes(box.value);
  const more = matrix.querySelector(".cm-picks__more");
  if (more?.querySelector("fieldset :checked")) more.open = true;
}
count();
for (const box of boxes) box.addEventListener("change", follow);
