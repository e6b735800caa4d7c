// Single keys for people who decide many times an hour. A key belongs to the button, link or summary that carries data-key;
// pressing it is pressing that. Nothing happens while a field has the focus, and all of it can be turned off (WCAG 2.1.4).
const OFF = "homeward-keys-off";

const inField = (element) => element?.closest("input:not([type=radio], [type=checkbox]), textarea, select, [contenteditable]");
const isShown = (element) => element.getClientRects().length > 0 && !element.disabled;

export function startKeys() {
  const dialog = document.getElementById("keys");
  for (const button of document.querySelectorAll("[data-opens=keys]")) {
    button.hidden = false;
    button.addEventListener("click", () => open(dialog));
  }
  const off = dialog?.querySelector("[data-keys-off]");
  if (off) {
    off.checked = localStorage.getItem(OFF) === "1";
    off.addEventListener("change", () => localStorage.setItem(OFF, off.checked ? "1" : "0"));
  }
  document.addEventListener("keydown", (event) => press(event, dialog));
}

function press(event, dialog) {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  if (event.key === "Escape" && inField(document.activeElement)) return document.activeElement.blur();
  if (inField(event.target) || dialog?.open) return;
  if (event.key === "ArrowDown" || event.key === "ArrowUp") return move(event);
  // A key that is held would go on to what the next page shows, and dismiss a report that nobody has read.
  if (event.repeat || localStorage.getItem(OFF) === "1") return;
  if (event.key === "x" && choose(event)) return;
  if (event.key === "?" && dialog) {
    event.preventDefault();
    return open(dialog);
  }
  const field = document.querySelector(`[data-key-focus="${CSS.escape(event.key)}"]`);
  if (field) {
    event.preventDefault();
    field.focus();
    return field.select();
  }
  const target = [...document.querySelectorAll(`[data-key="${CSS.escape(event.key)}"]`)].find(isShown);
  if (!target) return;
  event.preventDefault();
  target.focus();
  target.click();
}

/** Marks the row in which the focus stands, or takes the mark away. */
function choose(event) {
  const box = event.target.closest?.("[data-rows] tbody > tr, [data-rows] > li")?.querySelector("input[type=checkbox]:not(:disabled)");
  if (!box) return false;
  event.preventDefault();
  box.click();
  return true;
}

/** Up and down among the first links of the rows of a list, once one of them has the focus. */
function move(event) {
  const list = event.target.closest?.("[data-rows]");
  if (!list) return;
  const links = [...list.querySelectorAll(":scope > li, tbody > tr")].map((row) => row.querySelector("a[href]")).filter(Boolean);
  const at = links.indexOf(event.target);
  const next = links[at + (event.key === "ArrowDown" ? 1 : -1)];
  if (at < 0 || !next) return;
  event.preventDefault();
  next.focus();
}

function open(dialog) {
  const rows = [...document.querySelectorAll("[data-key]")].filter(isShown).map((element) => {
    const words = element.cloneNode(true);
    words.querySelectorAll("kbd").forEach((kbd) => kbd.remove());
    const row = document.createElement("tr");
    const [key, does] = [row.insertCell(), row.insertCell()];
    key.append(Object.assign(document.createElement("kbd"), { textContent: element.dataset.key }));
    does.textContent = words.textContent.trim();
    return row;
  });
  dialog.querySelector("[data-page-keys]").replaceChildren(...rows);
  dialog.showModal();
}
