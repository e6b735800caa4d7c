// Signing in by passkey: what the house wants signed is asked for, the device signs it, and the house says where to go on.
export function startPasskeys() {
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!form.dataset.passkey) return;
    event.preventDefault();
    if (!form.dataset.busy) run(form);
  });
}

async function run(form) {
  const told = form.querySelector("[data-passkey-told]");
  told.textContent = "";
  form.dataset.busy = "yes";
  try {
    if (!window.PublicKeyCredential?.parseRequestOptionsFromJSON) throw new Refused("This browser knows no passkeys. Use a current one.");
    const { options, state } = await post(form.dataset.ask);
    const credential = form.dataset.passkey === "make"
      ? await navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(options) })
      : await navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(options) });
    const { next } = await post(form.getAttribute("action"), {
      credential: JSON.stringify(credential.toJSON()), state, name: form.elements.name?.value ?? null, next: form.dataset.next ?? null,
    });
    location.assign(next);
  } catch (fault) {
    told.textContent = words(fault);
  } finally {
    delete form.dataset.busy;
  }
}

class Refused extends Error {}

async function post(path, body) {
  const answer = await fetch(path, {
    method: "POST", headers: { Accept: "application/json", "Content-Type": "application/json" }, body: body && JSON.stringify(body),
  });
  if (answer.ok) return answer.json();
  const problem = await answer.json().catch(() => ({}));
  throw new Refused([problem.title ?? "The house did not take it.", problem.detail].filter(Boolean).join(" "));
}

/** In plain words; the browser tells on purpose only little of why nothing came of it. */
function words(fault) {
  if (fault instanceof Refused) return fault.message;
  switch (fault.name) {
    case "NotAllowedError": return "Nothing was signed: it was called off, took too long, or this device has no passkey of this house.";
    case "InvalidStateError": return "This device has a passkey of yours already. Sign in with it.";
    case "SecurityError": return "Passkeys work under the name of this house alone, and over a secure line.";
    default: return "Nothing came of it. Look whether the line is up, and try again.";
  }
}
