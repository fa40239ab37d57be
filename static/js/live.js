// Keeps the page current. Participants hear by WebSocket, the public by server-sent events; both begin with a snapshot
// and go on with numbered messages:
//   {"seq": n, "snapshot": true?, "parts": {"figures": "<section …>"}, "say": "TOP 3 ist aufgerufen.",
//    "seats": [{"seat": "…", "sense": "arrives", "word": "Bild und Ton treffen ein"}], "slots": [...],
//    "chamber": {"way": "both", "html": "<section …>"} when it begins or changes, "over": true when the meeting has ended and the camera is to be let go}
// A number that is missing means that something was not heard: the connection begins anew with a snapshot.
// Messages without "seq" are outside the numbering: {"slots": [...]}, {} as a sign of life. The focus is never moved.

const WAIT_FIRST_MS = 500;
const WAIT_MOST_MS = 8000;
const SILENCE_MS = 25000; // the server says something at least every ten seconds

/** Opens the live channel the page names; returns null for a page that does not change. */
export function startLive({ live: kind, liveUrl: url }) {
  if (!url) return null;
  const channel = new LiveChannel(kind, url);
  channel.open();
  return channel;
}

class LiveChannel extends EventTarget {
  #kind;
  #url;
  #link = null;
  #last = null;
  #wait = WAIT_FIRST_MS;
  #silence = 0;

  constructor(kind, url) {
    super();
    this.#kind = kind;
    this.#url = url;
    addEventListener("online", () => this.#again(0));
  }

  open() {
    this.#last = null;
    this.#link = this.#kind === "events" ? this.#events() : this.#socket();
    this.#listen();
  }

  /** Sends a message to the server, if there is a way to it now. */
  send(message) {
    if (this.#link instanceof WebSocket && this.#link.readyState === WebSocket.OPEN) {
      this.#link.send(JSON.stringify(message));
    }
  }

  #socket() {
    const address = new URL(this.#url, location.href);
    address.protocol = address.protocol === "https:" ? "wss:" : "ws:";
    const socket = new WebSocket(address);
    socket.onmessage = (event) => this.#take(event.data);
    socket.onclose = (event) => {
      if (event.code === 4001) this.#replaced();
      // Signed out elsewhere: the page itself leads to where one signs in.
      // 4004: somebody else leads now; the page leads to one's place.
      else if (event.code === 4003 || event.code === 4004) location.reload();
      else this.#again();
    };
    return socket;
  }

  #events() {
    const source = new EventSource(this.#url);
    source.onmessage = (event) => this.#take(event.data);
    source.onerror = () => this.#again();
    return source;
  }

  #take(text) {
    this.#listen();
    let message;
    try {
      message = JSON.parse(text);
    } catch {
      return this.#again();
    }
    if (Number.isInteger(message.seq)) {
      const expected = message.snapshot || this.#last === null || message.seq === this.#last + 1;
      if (!expected) return this.#again(0);
      this.#last = message.seq;
      this.#wait = WAIT_FIRST_MS;
      alarm("");
    }
    for (const [name, html] of Object.entries(message.parts ?? {})) showPart(name, html);
    if (message.chamber) this.#chamber(message.chamber);
    for (const seat of message.seats ?? []) showSeat(seat);
    if (message.say) say(message.say);
    if (message.over) this.dispatchEvent(new Event("over"));
    if (message.slots) this.dispatchEvent(new CustomEvent("slots", { detail: message.slots }));
  }

  /** A chamber that takes part in another way than before (somebody came into the hall) begins anew. */
  #chamber({ way, html }) {
    const place = document.querySelector("[data-chamber-place], [data-chamber]");
    if (!place || place.dataset.way === way) return;
    this.dispatchEvent(new Event("chamber-ends"));
    place.replaceWith(parsePart(html));
    this.dispatchEvent(new Event("chamber"));
  }

  #listen() {
    clearTimeout(this.#silence);
    this.#silence = setTimeout(() => this.#again(0), SILENCE_MS);
  }

  /** Begins anew after a pause that grows. */
  #again(wait = this.#wait) {
    if (!this.#link) return;
    clearTimeout(this.#silence);
    this.#link.onmessage = this.#link.onclose = this.#link.onerror = null;
    this.#link.close();
    this.#link = null;
    this.#wait = Math.min(this.#wait * 2, WAIT_MOST_MS);
    alarm("Die Verbindung ist unterbrochen. Was Sie sehen, kann veraltet sein. Sie wird wiederhergestellt.");
    this.dispatchEvent(new Event("lost"));
    setTimeout(() => this.open(), wait + Math.random() * 250);
  }

  /** One person, one seat: another device has taken it. This one stays quiet. */
  #replaced() {
    clearTimeout(this.#silence);
    this.#link = null;
    alarm("Ihr Platz wurde auf einem anderen Gerät übernommen. Laden Sie die Seite neu, um hier weiterzumachen.");
    this.dispatchEvent(new Event("replaced"));
  }
}

/** Parts that wait until the person has left the control they are in. */
const waiting = new Map();

function showPart(name, html) {
  const old = document.querySelector(`[data-part="${CSS.escape(name)}"]`);
  const fresh = parsePart(html);
  if (!old || !fresh) return;
  const focus = old.contains(document.activeElement) ? document.activeElement : null;
  const typing = focus?.matches("input, select, textarea");
  if (typing && !("urgent" in fresh.dataset)) {
    if (!waiting.has(name)) old.addEventListener("focusout", () => queueMicrotask(() => showWaiting(name)), { once: true });
    waiting.set(name, html);
    return;
  }
  waiting.delete(name);
  if (old.isEqualNode(fresh)) return;
  keepOpen(old, fresh);
  const id = focus?.id;
  const { scrollTop } = old;
  old.replaceWith(fresh);
  if (fresh.classList.contains("pane")) {
    fresh.scrollTop = scrollTop;
    if (currentStep(old) !== currentStep(fresh)) showCurrentStep(fresh);
  }
  fresh.dispatchEvent(new Event("part", { bubbles: true }));
  if (id) document.getElementById(id)?.focus({ preventScroll: true });
}

const current = (pane) => pane.querySelector("[aria-current=step]");
const currentStep = (pane) => current(pane)?.textContent;

/** In a pane that scrolls the called item stands where it can be read; the page itself does not move. */
function showCurrentStep(pane) {
  const step = current(pane);
  if (step && pane.scrollHeight > pane.clientHeight) pane.scrollTop = step.offsetTop - pane.clientHeight / 3;
}

for (const pane of document.querySelectorAll(".pane")) showCurrentStep(pane);

function showWaiting(name) {
  const html = waiting.get(name);
  waiting.delete(name);
  if (html) showPart(name, html);
}

function parsePart(html) {
  const template = document.createElement("template");
  template.innerHTML = html;
  return template.content.firstElementChild;
}

/** What a person has opened stays open, what was typed stays typed, and a refusal stays readable. */
function keepOpen(old, fresh) {
  for (const field of old.querySelectorAll("input[id], textarea[id], select[id]")) {
    const twin = fresh.querySelector(`#${CSS.escape(field.id)}`);
    if (twin && touched(field)) twin.value = field.value;
  }
  for (const details of old.querySelectorAll("details[id]")) {
    const twin = fresh.querySelector(`#${CSS.escape(details.id)}`);
    if (twin) twin.open = details.open;
  }
  for (const refusal of old.querySelectorAll(".refusal[data-of]")) {
    const twin = fresh.querySelector(`#${CSS.escape(refusal.dataset.of)}`)?.closest("form");
    if (twin) twin.append(refusal);
  }
}

function showSeat({ seat, sense, word }) {
  const tile = document.querySelector(`[data-seat="${CSS.escape(seat)}"]`);
  if (!tile) return;
  tile.dataset.sense = sense;
  tile.querySelector("[data-word]").textContent = word;
}

function touched(field) {
  if (field.matches("select")) return [...field.options].some((option) => option.selected !== option.defaultSelected);
  return field.value !== field.defaultValue;
}

/** Tells everybody, also those who do not see: one polite region, only its text changes. */
export function say(text) {
  document.getElementById("durchsage").textContent = text;
}

/** For a lost connection only. */
function alarm(text) {
  const region = document.getElementById("alarm");
  if (region.textContent !== text) region.textContent = text;
}
