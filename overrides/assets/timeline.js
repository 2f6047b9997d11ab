// The boxes above the timeline: the choice is kept in the address, and what is left is counted aloud. Hiding is the style sheet's.

const boxes = [...document.querySelectorAll(".cm-lanes input")];
const said = document.querySelector(".cm-lanes output");

function follow() {
  const chosen = boxes.filter((box) => box.checked).map((box) => box.value);
  const address = new URL(location.href);
  if (chosen.length === boxes.length) address.searchParams.delete("lanes");
  else address.searchParams.set("lanes", chosen.join("."));
  history.replaceState(history.state, "", address);
  const left = document.querySelectorAll(chosen.map((lane) => `.cm-moment.cm-lane--${lane}`).join() || "nothing").length;
  said.textContent = `${left} of ${document.querySelectorAll(".cm-moment").length} shown`;
}

const asked = new URLSearchParams(location.search).get("lanes");
if (asked !== null) {
  const wanted = asked.split(".");
  for (const box of boxes) box.checked = wanted.includes(box.value);
  follow();
}
for (const box of boxes) box.addEventListener("change", follow);
