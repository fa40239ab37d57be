// What is being written is kept on the server while it is written, so that a closed browser loses nothing. Without this
// script the button „Entwurf sichern“ does the same.

const QUIET_MS = 800; // after the last letter
const MOST_MS = 4000; // and never later than this
const AGAIN_MS = 5000;

/** Every text that was ever written on this page, by where it goes and what it is about: a part of the page may be shown
 * anew, or show another item, before its text is kept. */
const pens = new Map();
let watching = false;

/** Keeps the text of every form marked `data-draft`; asked again, also of those that came since. */
export function keepDrafts() {
  for (const form of document.querySelectorAll("form[data-draft]")) {
    const about = `${form.dataset.draft} ${form.elements.namedItem("punkt").value}`;
    const pen = pens.get(about);
    if (pen) pen.take(form);
    else pens.set(about, new Pen(form));
  }
  if (watching) return;
  watching = true;
  // The page goes away, perhaps for ever: what is not yet kept is sent along.
  addEventListener("pagehide", () => pens.forEach((pen) => pen.leave()));
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") pens.forEach((pen) => pen.leave());
  });
  // A link to an item opens the place to write, too.
  const open = () => document.getElementById(location.hash.slice(1))?.querySelector("[data-pen]")?.setAttribute("open", "");
  addEventListener("hashchange", open);
  if (location.hash) open();
}

class Pen {
  #form;
  #field;
  #state;
  #kept;
  #timer = 0;
  #since = 0;
  #over = false;
  #order = Promise.resolve();

  constructor(form) {
    this.#kept = form.elements.namedItem("text").defaultValue;
    this.#hold(form);
    if (this.#field.value !== this.#kept) this.#later(); // typed before this script was there
    // Back to a page the browser kept: it is written on again.
    addEventListener("pageshow", () => (this.#over = false));
  }

  /** The form was shown anew. What is not kept yet goes over into it. */
  take(form) {
    if (form === this.#form) return;
    const [field, old] = [form.elements.namedItem("text"), this.#field];
    const unsent = old.value !== this.#kept;
    if (unsent) field.value = old.value;
    else this.#kept = field.value;
    this.#hold(form);
  }

  #hold(form) {
    this.#form = form;
    this.#field = form.elements.namedItem("text");
    this.#state = form.querySelector("[data-state]");
    this.#field.addEventListener("input", () => this.#later());
    form.addEventListener("submit", (event) => {
      clearTimeout(this.#timer);
      // Where keeping is all there is to it the page stays, and with it camera and microphone.
      if (form.action === new URL(form.dataset.draft, location.href).href) {
        event.preventDefault();
        this.#keep();
      } else this.#over = true;
    });
  }

  leave() {
    if (this.#over || this.#field.value === this.#kept) return;
    clearTimeout(this.#timer);
    const { text, body } = this.#body();
    if (navigator.sendBeacon(this.#form.dataset.draft, body)) this.#kept = text;
  }

  #body() {
    return { text: this.#field.value, body: new URLSearchParams(new FormData(this.#form)) };
  }

  #later() {
    const now = Date.now();
    this.#since ||= now;
    clearTimeout(this.#timer);
    const wait = Math.max(0, Math.min(QUIET_MS, this.#since + MOST_MS - now));
    this.#timer = setTimeout(() => this.#keep(), wait);
  }

  /** One after the other: an older text must not arrive after a younger one. */
  #keep() {
    this.#since = 0;
    this.#order = this.#order.then(() => this.#send());
  }

  async #send() {
    const { text, body } = this.#body();
    if (this.#over || text === this.#kept) return;
    try {
      const response = await fetch(this.#form.dataset.draft, { method: "POST", body, headers: { Accept: "application/json" }, signal: AbortSignal.timeout(6000) });
      const answer = await response.json();
      if (!response.ok) return this.#say(`Nicht gesichert: ${answer.reason ?? `Fehler ${response.status}`}`);
      this.#kept = text;
      this.#say(answer.text);
    } catch {
      this.#say("Noch nicht gesichert: keine Verbindung. Es wird wieder versucht.");
      clearTimeout(this.#timer);
      this.#timer = setTimeout(() => this.#keep(), AGAIN_MS);
    }
  }

  #say(text) {
    if (this.#state.textContent !== text) this.#state.textContent = text;
  }
}
