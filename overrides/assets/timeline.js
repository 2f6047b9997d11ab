// The boxes above the timeline: the choice is kept in the address, and what is left is counted, aloud for the whole list and at
// each heading. Hiding is the style sheet's. At rest, each month is laid out before anybody comes to it.

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

// Month by month, so that no step is long; a month that grew when it came near would move what is below it under a finger.
const waiting = [...document.querySelectorAll(".cm-timeline")];
const atRest = window.requestIdleCallback ?? ((step) => setTimeout(step, 50));
function lay() {
  waiting.shift()?.toggleAttribute("data-laid", true);
  if (waiting.length) atRest(lay);
}
if (document.readyState === "complete") atRest(lay);
else addEventListener("load", () => atRest(lay));
