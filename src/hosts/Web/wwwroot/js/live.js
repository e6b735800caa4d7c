// Regions with data-live="SECONDS" follow the house: the page is asked for again and the region swapped where it changed, with
// one soft fade on the figures that moved. Hidden pages rest; a page that gets no answer says so, in words, and asks less often.
const WAIT_MAX_MS = 60_000;

export function startLive(wire) {
  const regions = () => [...document.querySelectorAll("[data-live]")];
  // A form that was refused stands at the address that it was sent to, and with words that only this page has.
  if (regions().length === 0 || document.querySelector("[data-refused]")) return;
  const every = Math.max(1, Math.min(...regions().map((region) => Number(region.dataset.live) || 5))) * 1000;
  let faults = 0;
  let timer;
  let lastAnswer = new Date();

  const later = () => {
    clearTimeout(timer);
    timer = setTimeout(turn, Math.min(every * 2 ** faults, WAIT_MAX_MS));
  };

  async function turn() {
    if (document.hidden) return;
    try {
      // The house does not count this as somebody being there: an idle session still ends.
      const answer = await fetch(location.href, { headers: { "X-Homeward-Live": "1", Accept: "text/html" } });
      if (answer.redirected && new URL(answer.url).pathname === "/sign-in") return say("You were signed out. What you see no longer moves.");
      if (!answer.ok) throw new Error(`status ${answer.status}`);
      const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
      regions().forEach((region, index) => swap(region, region.id ? fresh.getElementById(region.id) : fresh.querySelectorAll("[data-live]")[index]));
      for (const part of document.querySelectorAll("[data-live-too]")) swap(part, fresh.querySelector(`[data-live-too="${part.dataset.liveToo}"]`));
      faults = 0;
      lastAnswer = new Date();
      say("");
    } catch {
      faults++;
      say(`Not live: the last answer came at ${lastAnswer.toLocaleTimeString()}. Trying again by itself.`);
    }
    later();
  }

  function swap(region, fresh) {
    if (!fresh || region.innerHTML === fresh.innerHTML) return;
    // Nothing is taken away from under the hands of a person who types there.
    const focused = region.contains(document.activeElement) ? document.activeElement : null;
    if (focused?.matches("input, textarea, select")) return;
    const figures = [...region.querySelectorAll(".number")].map((figure) => figure.textContent);
    const open = [...region.querySelectorAll("details")].map((details) => details.open);
    const href = focused?.getAttribute("href");
    region.replaceChildren(...document.adoptNode(fresh).childNodes);
    region.querySelectorAll("details").forEach((details, index) => { if (open[index] !== undefined) details.open = open[index]; });
    region.querySelectorAll(".number").forEach((figure, index) => { if (figures[index] !== figure.textContent) figure.classList.add("fresh"); });
    if (href) region.querySelector(`[href="${CSS.escape(href)}"]`)?.focus({ preventScroll: true });
    wire(region);
  }

  function say(words) {
    const first = regions()[0];
    let note = document.querySelector(".live-off");
    if (!words) return note?.remove();
    if (!note) {
      note = document.createElement("p");
      note.className = "live-off";
      note.setAttribute("role", "status");
      first.before(note);
    }
    note.textContent = words;
  }

  document.addEventListener("visibilitychange", () => { if (!document.hidden) turn(); else clearTimeout(timer); });
  later();
}
