// The boxes above the timeline: the choice is kept in the address, and what is left is counted, aloud for the whole list and at
// each heading. Hiding is the style sheet's.

const boxes = [...document.querySelectorAll(".cm-lanes input")];
const said = document.querySelector(".cm-lanes output");
const counts = [...document.querySelectorAll(".cm-has .cm-count")].map((count) => [count, count.textContent]);

function follow() {
  const chosen = boxes.filter((box) => box.checked).map((box) => box.value);
  const address = new URL(location.href);
  if (chosen.length === boxes.length) address.searchParams.delete("lanes");
  else address.searchParams.set("lanes", chosen.join("."));
  history.replaceState(history.state, "", address);
  const wanted = chosen.map((lane) => `.cm-moment.cm-lane--${lane}`).join() || "nothing";
  const left = (part, whole) => {
    const number = part.querySelectorAll(wanted).length;
    return number === part.querySelectorAll(".cm-moment").length ? whole : `${number} of ${whole}`;
  };
  for (const [count, whole] of counts) count.textContent = left(count.closest(".cm-has"), whole);
  said.textContent = left(document, `${document.querySelectorAll(".cm-moment").length} entries`);
}

const asked = new URLSearchParams(location.search).get("lanes");
if (asked !== null) {
  const wanted = asked.split(".");
  for (const box of boxes) box.checked = wanted.includes(box.value);
  follow();
}
for (const box of boxes) box.addEventListener("change", follow);
