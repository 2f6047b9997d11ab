// On the page for what is not found: leads to the same page in the editions that have it, to where the section begins in which
// it was looked for, and to the search for the last words of the address.
(function () {
  const known = JSON.parse(document.getElementById("cm-pages").textContent)
  const path = location.pathname.slice(known.root.length).replace(/index\.html$/, "")
  const name = path.slice(0, path.indexOf("/"))
  const page = path.slice(path.indexOf("/") + 1).replace(/\/?$/, "/").replace(/^\/$/, "")
  const pagesOf = (edition) => known.pages[edition === "latest" ? known.latest : edition] || []
  for (const link of document.querySelectorAll("[data-edition]")) {
    if (page && pagesOf(link.dataset.edition).includes(page)) {
      link.href += page
      link.textContent += ": this page is there"
    }
  }

  let section = page
  while (section && !known.titles[section]) section = section.replace(/[^/]*\/$/, "")
  if (section) {
    const line = document.getElementById("cm-section")
    const link = line.querySelector("a")
    link.href = `${known.root}${pagesOf(name).includes(section) ? name : "latest"}/${section}`
    link.textContent = known.titles[section]
    line.hidden = false
  }

  const last = page.split("/").at(-2) || ""
  document.getElementById("cm-ask-words").value = last.replace(/\.html?$/, "").replace(/%[0-9a-f]{2}|[^\p{L}\p{N}]+/giu, " ").trim()
})()
