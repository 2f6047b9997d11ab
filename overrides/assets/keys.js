// Material opens its drawer, its search and its navigation groups with labels, which neither the keyboard nor a screen
// reader takes for buttons. Here each becomes one; without scripts the labels work as before.
(() => {
  let byKey = false;
  document.addEventListener("keydown", () => (byKey = true), true);
  document.addEventListener("pointerdown", () => (byKey = false), true);

  for (const label of document.querySelectorAll("label[for^='__'][tabindex]")) {
    const toggle = document.getElementById(label.htmlFor);
    if (!toggle) continue;
    const button = document.createElement("button");
    for (const { name, value } of label.attributes) {
      if (name !== "tabindex") button.setAttribute(name, value);
    }
    button.type = "button";
    button.append(...label.childNodes);
    const group = label.closest(".md-nav__container");
    if (group && !button.hasAttribute("aria-label")) button.setAttribute("aria-label", group.textContent.trim());
    const show = () => button.setAttribute("aria-expanded", String(toggle.checked));
    button.addEventListener("click", () => toggle.click());
    toggle.addEventListener("change", show);
    show();
    label.replaceWith(button);
  }
  for (const nav of document.querySelectorAll("nav[aria-expanded]")) nav.removeAttribute("aria-expanded");

  const drawer = document.getElementById("__drawer");
  const opener = document.querySelector(".md-header button[for='__drawer']");
  if (!drawer || !opener) return;
  drawer.addEventListener("change", () => {
    const first = document.querySelector(".md-sidebar--primary .md-nav__link[href]");
    if (drawer.checked && byKey && first) setTimeout(() => first.focus(), 50);
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && drawer.checked) {
      drawer.click();
      opener.focus();
    }
  });
})();
