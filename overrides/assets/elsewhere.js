// On the page for what is not found: leads to the same page in the editions that have it.
(function () {
  const known = JSON.parse(document.getElementById("cm-pages").textContent)
  const path = location.pathname.slice(known.root.length).replace(/index\.html$/, "")
  const page = path.slice(path.indexOf("/") + 1).replace(/\/?$/, "/").replace(/^\/$/, "")
  for (const link of document.querySelectorAll("[data-edition]")) {
    const name = link.dataset.edition
    const pages = known.pages[name === "latest" ? known.latest : name] || []
    if (page && pages.includes(page)) {
      link.href += page
      link.textContent += ": this page is there"
    }
  }
})()
