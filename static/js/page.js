// The one script of every page: what the page asks for by its attributes, and nothing else.
import { enhanceForms } from "./forms.js";
import { startLive } from "./live.js";

enhanceForms();
const live = startLive(document.body.dataset);
const chamber = document.querySelector("[data-chamber]");
if (chamber && live) {
  import("./chamber.js").then(({ enterChamber }) => enterChamber(chamber, live));
}
