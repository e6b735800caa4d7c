// No word is lost to a reload, a dropped connection or an expired session: what is typed into a form with data-draft is kept
// until it was sent. It is kept in this tab only (sessionStorage), never on the machine: others use it too, and the words may
// be about a child. It belongs to the person who typed it, and goes when somebody signs out or another signs in.
const PREFIX = "draft ";
const OWNER = "draft-owner";
const SAVE_AFTER_MS = 400;

// One address takes the notes of many cases: the form's own name tells them apart, or words about one child would come back at another.
const nameOf = (form) => `${PREFIX}${new URL(form.action, location.href).pathname} ${form.dataset.draft}`;
const fieldsOf = (form) => [...form.elements].filter((field) =>
  field.name && !field.name.startsWith("__") && field.type !== "hidden" && field.type !== "password" && field.type !== "file" && field.type !== "submit");

export function startDrafts() {
  const me = document.body.dataset.me;
  if (me && sessionStorage.getItem(OWNER) !== me) {
    forgetAll();
    sessionStorage.setItem(OWNER, me);
  }
  for (const form of document.querySelectorAll('form[action="/sign-out"]')) form.addEventListener("submit", forgetAll);

  const cameBack = ["back_forward", "reload"].includes(performance.getEntriesByType("navigation")[0]?.type);
  const dirty = new Set();
  // What was sent and answered by another page has arrived. The sign-in, a refusal and an error are no such answer: what was
  // sent is a draft again, and stands in its form when that is opened next.
  const isAnswer = me && !cameBack && !document.querySelector(".refusal");
  for (const form of document.querySelectorAll("form[data-draft]")) keep(form, cameBack, dirty);
  for (const key of keys()) {
    const draft = JSON.parse(sessionStorage.getItem(key));
    if (!draft.sent || cameBack) continue;
    if (isAnswer) sessionStorage.removeItem(key);
    else sessionStorage.setItem(key, JSON.stringify({ ...draft, sent: false }));
  }
  if (keys().length > 0) document.querySelector("[data-drafts-kept]")?.removeAttribute("hidden");
  addEventListener("beforeunload", (event) => { if (dirty.size > 0) event.preventDefault(); });
}

function keep(form, cameBack, dirty) {
  const key = nameOf(form);
  const note = document.createElement("p");
  note.className = "draft-note";
  note.setAttribute("role", "status");
  form.append(note);

  const draft = JSON.parse(sessionStorage.getItem(key) ?? "null");
  if (draft && (!draft.sent || cameBack)) {
    for (const field of fieldsOf(form)) restore(field, draft.values[field.name]);
    note.textContent = "Your draft is back. It is kept in this tab only.";
    form.closest("details")?.setAttribute("open", "");
  } else if (cameBack && !draft) {
    // The browser fills in again what it has seen sent, before the page shows; it has arrived, and sent once more it would be another.
    addEventListener("pageshow", () => form.reset(), { once: true });
  }

  const save = (sent) => {
    const values = {};
    for (const field of fieldsOf(form)) {
      if (field.type === "checkbox") {
        if (field.checked) (values[field.name] ??= []).push(field.value);
      } else if (field.type === "radio" ? field.checked : field.value) values[field.name] = field.value;
    }
    if (Object.keys(values).length > 0) sessionStorage.setItem(key, JSON.stringify({ values, sent }));
    else sessionStorage.removeItem(key);
  };
  let timer;
  form.addEventListener("input", () => {
    dirty.add(form);
    clearTimeout(timer);
    timer = setTimeout(() => {
      save(false);
      note.textContent = "Draft kept in this tab only, until you send it or sign out.";
    }, SAVE_AFTER_MS);
  });
  form.addEventListener("submit", () => {
    clearTimeout(timer);
    save(true);
    dirty.delete(form);
  });
}

function restore(field, value) {
  if (value === undefined) return;
  if (field.type === "radio") field.checked = field.value === value;
  else if (field.type === "checkbox") field.checked = value.includes(field.value);
  else if (field.value === "") field.value = value;
}

const keys = () => Object.keys(sessionStorage).filter((key) => key.startsWith(PREFIX));

function forgetAll() {
  for (const key of keys()) sessionStorage.removeItem(key);
}
