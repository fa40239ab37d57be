// The one script of every page: what the page asks for by its attributes, and nothing else.
import { enhanceForms } from "./forms.js";
import { startLive } from "./live.js";

enhanceForms();
if (document.querySelector("[data-draft]")) import("./draft.js").then(({ keepDrafts }) => keepDrafts());
const live = startLive(document.body.dataset);
if (live) {
  live.addEventListener("chamber", enter);
  enter();
}

function enter() {
  const chamber = document.querySelector("[data-chamber]");
  if (chamber) import("./chamber.js").then(({ enterChamber }) => enterChamber(chamber, live));
}
