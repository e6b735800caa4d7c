// Files on a slow line: how far they are, in a bar and in words. Without scripts the form is sent as any other.
export function startUploads() {
  for (const form of document.querySelectorAll("form[data-upload]")) {
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      send(form);
    });
  }
}

function send(form) {
  const status = form.querySelector("[data-upload-status]");
  const button = form.querySelector("button");
  const bar = document.createElement("progress");
  const words = document.createElement("span");
  bar.setAttribute("aria-hidden", "true");
  status.replaceChildren(bar, " ", words);
  button.disabled = true;

  const request = new XMLHttpRequest();
  request.upload.addEventListener("progress", (event) => {
    if (!event.lengthComputable) return;
    [bar.max, bar.value] = [event.total, event.loaded];
    const percent = Math.floor((100 * event.loaded) / event.total);
    // Whole tens only: a reader of the screen says each change aloud.
    words.textContent = percent < 100 ? `${percent - (percent % 10)} % sent` : "Sent. Reading and sealing …";
  });
  request.addEventListener("load", () => {
    if (request.status < 400) location.assign(request.responseURL);
    else fail(refusalOf(request));
  });
  request.addEventListener("error", () => fail("The line broke. Nothing was kept; send it again."));
  request.open("POST", form.action);
  request.send(new FormData(form));

  function fail(text) {
    status.textContent = text;
    button.disabled = false;
  }
}

function refusalOf(request) {
  try {
    const problem = JSON.parse(request.responseText);
    return `${problem.title} ${problem.detail ?? ""}`;
  } catch {
    return "The files were not received. Open the page again.";
  }
}
