// On a phone a table becomes a stack of its rows: each cell gets the name of its column. The roles are written out, because a
// table that is displayed otherwise is no longer one to some screen readers. A table that must scroll sideways takes the focus.
export function fitTables(node) {
  for (const table of node.querySelectorAll(".table-wrap > table")) {
    const heads = [...(table.tHead?.rows[0]?.cells ?? [])].map((cell) => cell.textContent.trim());
    const isPlain = table.tHead?.rows.length === 1 && ![...table.querySelectorAll("th, td")].some((cell) => cell.colSpan > 1 || cell.rowSpan > 1);
    if (isPlain && heads.length > 2 && !table.classList.contains("stacked")) stack(table, heads);
  }
  for (const wrap of node.querySelectorAll(".table-wrap")) {
    if (wrap.scrollWidth <= wrap.clientWidth) continue;
    wrap.tabIndex = 0;
    wrap.setAttribute("role", "region");
    // A name that the page gave tells it from the others on it.
    if (!wrap.hasAttribute("aria-label")) wrap.setAttribute("aria-label", wrap.querySelector("caption")?.textContent.trim() || "Table");
  }
}

function stack(table, heads) {
  table.setAttribute("role", "table");
  for (const group of table.querySelectorAll("thead, tbody, tfoot")) group.setAttribute("role", "rowgroup");
  for (const row of table.rows) {
    row.setAttribute("role", "row");
    [...row.cells].forEach((cell, index) => {
      const isHead = cell.tagName === "TH";
      cell.setAttribute("role", !isHead ? "cell" : cell.scope === "row" ? "rowheader" : "columnheader");
      bundle(cell);
      if (row.parentNode !== table.tHead && cell.scope !== "row" && heads[index]) cell.dataset.label = heads[index];
    });
  }
  table.classList.add("stacked");
}

// In a stack the label stands left of what the cell holds: words beside an element would go under the label, so they go as one.
function bundle(cell) {
  if ([...cell.childNodes].filter((node) => node.nodeType === Node.ELEMENT_NODE || node.textContent.trim()).length < 2) return;
  const bundled = document.createElement("div");
  bundled.append(...cell.childNodes);
  cell.append(bundled);
}
