// What a page gains when scripts are on. Everything works without: this adds keys, drafts, live figures and tables for phones.
import { startKeys } from "./keys.js";
import { startDrafts } from "./drafts.js";
import { startLive } from "./live.js";
import { fitTables } from "./tables.js";
import { startUploads } from "./upload.js";
import { startSending } from "./sending.js";
import { startPasskeys } from "./passkeys.js";

/** Wires what is inside of a node: the page at first, later each region that came anew. */
function wire(node) {
  fitTables(node);
  for (const button of node.querySelectorAll("[data-print]")) {
    button.hidden = false;
    button.addEventListener("click", () => window.print());
  }
}

wire(document);
startKeys();
startDrafts();
startUploads();
startPasskeys();
startSending();
startLive(wire);
