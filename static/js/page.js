// The one script of every page: what the page asks for by its attributes, and nothing else.
import { enhanceForms } from "./forms.js";
import { startLive } from "./live.js";

enhanceForms();
fill(document);
document.addEventListener("part", (event) => fill(event.target));
document.addEventListener("click", (event) => {
  const link = event.target.closest?.("a[data-paper]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  import("./papers.js").then(({ openPaper }) => openPaper(link));
});
document.addEventListener("click", (event) => {
  const link = event.target.closest?.("a[data-made]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  import("./download.js").then(({ fetchMade }) => fetchMade(link));
});
document.addEventListener("submit", (event) => {
  const form = event.target.closest?.("form[data-upload]");
  if (!form) return;
  event.preventDefault();
  import("./upload.js").then(({ sendUpload }) => sendUpload(form));
});
document.addEventListener("change", (event) => {
  const form = event.target.closest?.("form[data-upload]");
  if (form) import("./upload.js").then(({ checkUpload }) => checkUpload(form));
});
const call = document.querySelector("[data-waiting]");
if (call) import("./waiting.js").then(({ enterWaiting }) => enterWaiting(call));
const live = startLive(document.body.dataset);
if (live) {
  live.addEventListener("chamber", enter);
  enter();
}

/** What a part of the page asks for when it is there. */
function fill(part) {
  if (part.querySelector("[data-clock]")) import("./clock.js").then(({ runClocks }) => runClocks());
  if (part.querySelector("[data-shown]") || part.dataset?.part === "shown") import("./shown.js").then(({ showSheet }) => showSheet());
  if (part.querySelector("[data-draft]")) import("./draft.js").then(({ keepDrafts }) => keepDrafts());
}

function enter() {
  const chamber = document.querySelector("[data-chamber]");
  if (chamber) import("./chamber.js").then(({ enterChamber }) => enterChamber(chamber, live));
}
