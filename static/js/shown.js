// Draws the page that is shown to everybody into its part. Without this script the part links to it.
import { drawPage, loadPdf, textOf } from "./pdf.js";
import { say } from "./live.js";

/** The paper that is open: its address, and the promise of it. */
let open = null;
let turned = null;

/** Draws what the page shows now, or lets go of what it showed. */
export async function showSheet() {
  const place = document.querySelector("[data-shown]");
  turned?.disconnect();
  if (!place) {
    open?.loading.then((loading) => loading.destroy());
    open = null;
    return;
  }
  const { shown: address, page: number } = place.dataset;
  const heard = open?.address;
  if (heard !== address) {
    open?.loading.then((loading) => loading.destroy());
    open = { address, loading: loadPdf(address) };
  }
  const state = made("p", "shown__state", place);
  state.textContent = "Die Seite wird geladen …";
  try {
    const paper = await (await open.loading).promise;
    const page = await paper.getPage(Number(number));
    if (!place.isConnected) return;
    const [text, canvas] = [made("p", "sr", place), made("canvas", "shown__canvas", place)];
    canvas.setAttribute("aria-hidden", "true");
    text.textContent = await textOf(page);
    await draw(page, place, canvas);
    if (!place.isConnected) return;
    state.remove();
    if (heard !== address) say(`Gezeigt wird: ${document.getElementById("shown-title")?.textContent ?? "eine Unterlage"}`);
    // A tablet is turned: the page fits again.
    turned = new ResizeObserver(() => place.isConnected && place.clientWidth !== place.drawn && draw(page, place, canvas));
    turned.observe(place);
  } catch (error) {
    if (!place.isConnected) return; // the next page is there already
    state.textContent = "Die Seite lässt sich hier nicht anzeigen. Öffnen Sie die ganze Unterlage:";
    place.dataset.failed = "";
    console.error(error);
  }
}

/** The whole page at once: as wide as its place, and no higher than most of the screen. */
async function draw(page, place, canvas) {
  place.drawn = place.clientWidth;
  place.task?.cancel();
  const { width, height } = page.getViewport({ scale: 1 });
  const scale = Math.min(place.clientWidth / width, Math.max(320, innerHeight * 0.68) / height);
  const viewport = page.getViewport({ scale: Math.max(0.1, scale) });
  canvas.style.width = `${Math.floor(viewport.width)}px`;
  place.task = drawPage(page, viewport, canvas);
  try {
    await place.task.promise;
    place.dataset.drawn = "";
  } catch (error) {
    if (error?.name !== "RenderingCancelledException") throw error;
  }
}

function made(name, className, into) {
  const element = document.createElement(name);
  element.className = className;
  into.append(element);
  return element;
}
