// Material opens its drawer, its search and its navigation groups with labels. This makes them buttons for the
// keyboard and for screen readers: named state, Space as well as Enter, Escape to close.
(() => {
  const toggleOf = (label) => document.getElementById(label.htmlFor);

  for (const label of document.querySelectorAll("label[for^='__'][tabindex]")) {
    const toggle = toggleOf(label);
    if (!toggle) continue;
    const show = () => label.setAttribute("aria-expanded", String(toggle.checked));
    label.setAttribute("role", "button");
    toggle.addEventListener("change", show);
    show();
    const group = label.closest(".md-nav__container");
    if (group && !label.hasAttribute("aria-label")) {
      label.setAttribute("aria-label", group.textContent.trim());
    }
  }
  for (const nav of document.querySelectorAll("nav[aria-expanded]")) nav.removeAttribute("aria-expanded");

  const drawer = document.getElementById("__drawer");
  const opener = document.querySelector(".md-header label[for='__drawer']");
  let byKey = false;
  document.addEventListener("keydown", (event) => {
    byKey = true;
    if (event.key === " " && event.target instanceof HTMLLabelElement) {
      event.preventDefault();
      event.target.click();
    }
    if (event.key === "Escape" && drawer && drawer.checked) {
      drawer.click();
      if (opener) opener.focus();
    }
  });
  document.addEventListener("pointerdown", () => (byKey = false));
  if (drawer) {
    drawer.addEventListener("change", () => {
      const first = document.querySelector(".md-sidebar--primary .md-nav__link[href]");
      if (drawer.checked && byKey && first) setTimeout(() => first.focus(), 50);
    });
  }
})();
