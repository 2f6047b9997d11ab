// Keeps an open page of the preview as the files are. It is put into pages by the preview's server and is in no draft.
(() => {
  const version = document.currentScript.dataset.version;
  const place = `preview ${location.pathname}`;
  let events = null;

  // Where the reader was, and which folds were open, outlive a reload.
  const remember = () => {
    const open = [...document.querySelectorAll("details")].map((one) => one.open);
    sessionStorage.setItem(place, JSON.stringify({ x: scrollX, y: scrollY, open }));
  };
  const restore = () => {
    const kept = JSON.parse(sessionStorage.getItem(place) ?? "null");
    if (!kept) return;
    const folds = [...document.querySelectorAll("details")];
    if (folds.length === kept.open.length) folds.forEach((one, at) => (one.open = kept.open[at]));
    scrollTo({ left: kept.x, top: kept.y, behavior: "instant" });
  };
  restore();
  addEventListener("load", () => {
    restore();
    sessionStorage.removeItem(place);
  });

  const restyle = (file) => {
    for (const link of document.querySelectorAll("link[rel=stylesheet]")) {
      const address = new URL(link.href);
      if (!address.pathname.endsWith(`/${file}`)) continue;
      const fresh = link.cloneNode();
      address.searchParams.set("saved", Date.now());
      fresh.href = address.href;
      fresh.addEventListener("load", () => link.remove());
      link.after(fresh);
    }
  };

  const connect = () => {
    events?.close();
    const page = encodeURIComponent(location.pathname);
    events = new EventSource(`/~preview/events?page=${page}&version=${version}`);
    events.addEventListener("again", () => {
      remember();
      location.reload();
    });
    events.addEventListener("style", (event) => restyle(JSON.parse(event.data)));
    events.addEventListener("problems", (event) => show(JSON.parse(event.data)));
  };
  // A browser keeps few connections to one server: only pages that are seen hold one.
  document.addEventListener("visibilitychange", () => (document.hidden ? events?.close() : connect()));
  addEventListener("pagehide", () => events?.close());
  addEventListener("pageshow", (event) => event.persisted && connect());
  connect();

  const element = (name, words = "", attributes = {}) => {
    const made = document.createElement(name);
    made.textContent = words;
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    return made;
  };
  const describe = (problem) => {
    const item = element("li");
    const where = `${problem.path}:${problem.line}:${problem.column}`;
    item.append(element("a", where, { href: problem.editor, title: "Open in the editor" }));
    item.append(element("p", problem.message));
    if (problem.text) {
      const before = problem.text.slice(0, problem.column - 1).replace(/[^\t]/g, " ");
      item.append(element("pre", `${problem.text}\n${before}^`));
    }
    if (problem.hint) item.append(element("p", `hint: ${problem.hint}`, { class: "hint" }));
    return item;
  };

  let panel = null;
  const show = ({ problems, checked }) => {
    panel?.remove();
    panel = null;
    if (!problems.length) return;
    panel = element("preview-problems", "", { role: "alert" });
    const inside = panel.attachShadow({ mode: "open" });
    const count = problems.length === 1 ? "1 problem" : `${problems.length} problems`;
    const head = element("header");
    const hide = element("button", "Hide", { type: "button" });
    hide.addEventListener("click", () => panel.remove());
    head.append(element("h2", count), element("p", "The page below may be older than what you saved."), hide);
    const list = element("ol");
    list.append(...problems.map(describe));
    if (!checked) head.append(element("p", "The rest is still being checked."));
    inside.append(element("link", "", { rel: "stylesheet", href: "/~preview/panel.css" }), head, list);
    document.body.prepend(panel);
  };
})();
