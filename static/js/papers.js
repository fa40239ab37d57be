// Reads papers within the page: leaving it would mean leaving the seat, and on a tablet another tab can stop the camera.
import { drawPage, loadPdf, textOf } from "./pdf.js";

const ZOOMS = [0.75, 1, 1.25, 1.5, 2, 3];

let viewer = null;

/** Opens the paper of a link marked `data-paper`. */
export async function openPaper(link) {
  viewer?.close();
  viewer = new Viewer(link);
  await viewer.load(link.href);
}

class Viewer {
  #from;
  #section;
  #scroll;
  #status;
  #loading = null;
  #document = null;
  #width = 0;
  #zoom = 1;
  #observer;
  #turned;
  #closed = false;

  constructor(link) {
    this.#from = link;
    const name = link.textContent.trim();
    this.#section = element("section", "viewer", { "aria-label": `Unterlage: ${name}` });
    const bar = element("div", "viewer__bar");
    const title = element("h2", "viewer__title");
    title.textContent = name;
    this.#status = element("p", "viewer__status", { role: "status" });
    bar.append(title, this.#status, this.#button("Kleiner", () => this.#scale(-1)), this.#button("Größer", () => this.#scale(1)), this.#button("Schließen", () => this.close()));
    this.#scroll = element("div", "viewer__pages", { tabindex: "0", role: "group", "aria-label": "Seiten" });
    this.#section.append(bar, this.#scroll);
    this.#section.addEventListener("keydown", (event) => event.key === "Escape" && this.close());
    const main = document.querySelector("main");
    const figures = main.querySelector(".figures");
    if (figures) figures.after(this.#section);
    else main.prepend(this.#section);
    this.#observer = new IntersectionObserver((seen) => this.#seen(seen), { root: this.#scroll, rootMargin: "400px" });
    // A tablet is turned: the pages fit again.
    this.#turned = new ResizeObserver(() => this.#scroll.clientWidth !== this.#width && this.#fit());
    this.#turned.observe(this.#scroll);
  }

  async load(address) {
    this.#status.textContent = "Wird geladen …";
    this.#section.scrollIntoView({ block: "nearest" });
    try {
      const loading = (this.#loading = await loadPdf(address));
      loading.onProgress = ({ loaded, total }) => {
        if (total && !this.#document) this.#status.textContent = `${Math.min(100, Math.round((100 * loaded) / total))} %`;
      };
      this.#document = await loading.promise;
      if (this.#closed) return;
      const count = this.#document.numPages;
      this.#status.textContent = count === 1 ? "1 Seite" : `${count} Seiten`;
      for (let number = 1; number <= count; number += 1) await this.#place(number);
      this.#scroll.focus({ preventScroll: true });
    } catch (error) {
      if (!this.#closed) this.#fail(address, error);
    }
  }

  close() {
    this.#closed = true;
    this.#observer.disconnect();
    this.#turned.disconnect();
    this.#loading?.destroy();
    const inside = this.#section.contains(document.activeElement);
    this.#section.remove();
    if (inside && this.#from.isConnected) this.#from.focus();
    if (viewer === this) viewer = null;
  }

  /** A page's place, as large as the page, and its text. */
  async #place(number) {
    const page = await this.#document.getPage(number);
    if (this.#closed) return;
    this.#width ||= this.#scroll.clientWidth;
    const place = element("div", "viewer__page", { "data-page": String(number) });
    const heading = element("h3", "sr");
    heading.textContent = `Seite ${number}`;
    const text = element("p", "sr");
    place.append(heading, text, element("canvas", "viewer__canvas", { "aria-hidden": "true" }));
    place.page = page;
    this.#size(place);
    this.#scroll.append(place);
    this.#observer.observe(place);
    text.textContent = await textOf(page);
  }

  #size(place) {
    const natural = place.page.getViewport({ scale: 1 });
    const width = Math.max(200, this.#scroll.clientWidth - 32);
    place.viewport = place.page.getViewport({ scale: (Math.min(width, 900) / natural.width) * this.#zoom });
    const canvas = place.querySelector("canvas");
    canvas.style.width = `${Math.floor(place.viewport.width)}px`;
    canvas.style.height = `${Math.floor(place.viewport.height)}px`;
  }

  #seen(entries) {
    for (const { target, isIntersecting } of entries) if (isIntersecting) this.#draw(target);
  }

  async #draw(place) {
    const size = place.viewport.scale;
    if (place.drawn === size || this.#closed) return;
    place.drawn = size;
    place.task?.cancel();
    place.task = drawPage(place.page, place.viewport, place.querySelector("canvas"));
    try {
      await place.task.promise;
      place.dataset.drawn = "";
    } catch (error) {
      if (error?.name !== "RenderingCancelledException") throw error;
    }
  }

  #scale(step) {
    const next = ZOOMS[ZOOMS.indexOf(this.#zoom) + step];
    if (!next || !this.#document) return;
    this.#zoom = next;
    this.#status.textContent = `${Math.round(next * 100)} %`;
    this.#fit();
  }

  /** Every page at its size, drawn anew when it is seen. */
  #fit() {
    this.#width = this.#scroll.clientWidth;
    this.#observer.disconnect();
    for (const place of this.#scroll.children) {
      this.#size(place);
      this.#observer.observe(place);
    }
  }

  #fail(address, error) {
    this.#status.textContent = "Die Unterlage lässt sich hier nicht anzeigen. ";
    const other = element("a", "", { href: address, target: "_blank" });
    other.textContent = "In einem neuen Fenster öffnen";
    this.#status.append(other);
    console.error(error);
  }

  #button(label, act) {
    const button = element("button", "kern-btn kern-btn--tertiary viewer__button", { type: "button" });
    const text = element("span", "kern-label");
    text.textContent = label;
    button.append(text);
    button.addEventListener("click", act);
    return button;
  }
}

function element(name, className, attributes = {}) {
  const made = document.createElement(name);
  if (className) made.className = className;
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  return made;
}
