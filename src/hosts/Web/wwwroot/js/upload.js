// Files on a slow line: how far they are, in a bar and in words, and a way to stop. Without scripts the form is sent as any other.
export function startUploads() {
  for (const form of document.querySelectorAll("form[data-upload]")) {
    let running = false;
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      if (running) return;
      running = true;
      send(form, () => { running = false; });
    });
  }
}

function send(form, ended) {
  const status = form.querySelector("[data-upload-status]");
  const button = form.querySelector("button");
  const bar = document.createElement("progress");
  const words = document.createElement("span");
  const cancel = document.createElement("button");
  bar.setAttribute("aria-hidden", "true");
  status.replaceChildren(bar, " ", words);
  [cancel.type, cancel.textContent] = ["button", "Cancel"];
  button.after(cancel);
  // It keeps the focus: a button that is disabled would drop it.
  button.setAttribute("aria-disabled", "true");

  const request = new XMLHttpRequest();
  const warn = (event) => event.preventDefault();
  addEventListener("beforeunload", warn);
  cancel.addEventListener("click", () => request.abort());
  request.upload.addEventListener("progress", (event) => {
    if (!event.lengthComputable) return;
    [bar.max, bar.value] = [event.total, event.loaded];
    const percent = Math.floor((100 * event.loaded) / event.total);
    // Whole tens only: a reader of the screen says each change aloud.
    words.textContent = percent < 100 ? `${percent - (percent % 10)} % sent` : "Sent. Reading and sealing …";
  });
  request.addEventListener("load", () => {
    if (request.status >= 400) return stop(refusalOf(request));
    // The receipt; or the sign-in, which says that the files were not received.
    removeEventListener("beforeunload", warn);
    location.assign(request.responseURL);
  });
  // How much of it arrived the house alone knows: the last that is told here of the sending may lag behind it.
  request.addEventListener("error", () => stop("The line broke. It is not known whether the files were kept: ", receipts(), " before you send them again."));
  request.addEventListener("abort", () => stop("Cancelled. What had not arrived to its end was not kept. You may ", receipts(), "."));
  request.open("POST", form.action);
  request.setRequestHeader("Accept", "application/json");
  request.send(new FormData(form));

  function stop(...says) {
    removeEventListener("beforeunload", warn);
    if (document.activeElement === cancel) button.focus();
    cancel.remove();
    button.removeAttribute("aria-disabled");
    status.replaceChildren(...says);
    ended();
  }
}

function receipts() {
  const link = document.createElement("a");
  [link.href, link.textContent] = [location.href, "look at what was received"];
  return link;
}

function refusalOf(request) {
  try {
    const problem = JSON.parse(request.responseText);
    return `${problem.title} ${problem.detail ?? ""}`;
  } catch {
    return "The files were not received. Open the page again.";
  }
}
