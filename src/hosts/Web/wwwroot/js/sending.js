// A form is sent once, however often its button is pressed on a slow line. What comes twice all the same, as without scripts, the
// house answers as it did the first time.
const STOPPED_AFTER_MS = 10_000;

export function startSending() {
  document.addEventListener("submit", (event) => {
    const form = event.target;
    // Others send what they stop here by themselves; a look may be asked for as often as one likes.
    if (event.defaultPrevented || form.method !== "post") return;
    if (form.dataset.sending) return event.preventDefault();
    mark(form, true);
    // Whoever stopped the page from loading may press again.
    setTimeout(() => mark(form, false), STOPPED_AFTER_MS);
  });
  addEventListener("pageshow", () => document.querySelectorAll("form[data-sending]").forEach((form) => mark(form, false)));
}

/** The buttons look disabled and are not: a disabled one would drop the focus, and keep its own word out of what is sent. */
function mark(form, isSending) {
  if (isSending) form.dataset.sending = "yes";
  else delete form.dataset.sending;
  for (const button of form.elements) {
    if (button.type !== "submit") continue;
    if (isSending) button.setAttribute("aria-disabled", "true");
    else button.removeAttribute("aria-disabled");
  }
}
