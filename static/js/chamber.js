// The chamber in the browser: sends the own picture and sound (WHIP, RFC 9725), receives the others (WHEP) and hangs
// each arriving pair into the tile of the seat it belongs to.
import { openPublisher } from "./publish.js";
import { openReceiver } from "./receive.js";

const SPEAKS_ABOVE = 0.02;

/** Enters with what the section `data-chamber` says, and follows the live channel. */
export function enterChamber(section, live) {
  const trouble = section.querySelector("[data-trouble]");
  const show = { trouble: (text) => { if (trouble.textContent !== text) trouble.textContent = text; } };
  const controls = section.querySelector("[data-controls]");
  if (controls?.querySelector("[data-mic]")) controls.hidden = false;

  const ending = new AbortController();
  const { signal } = ending;
  const receiver = openReceiver({ address: section.dataset.receive, slots: Number(section.dataset.slots), show });
  const gallery = new Gallery(section, receiver);
  live.addEventListener("slots", ({ detail }) => gallery.assign(detail), { signal });
  receiver.onrenewed = () => gallery.refresh();

  const publisher = section.dataset.publish ? openPublisher({ address: section.dataset.publish, section, show }) : null;

  const report = setInterval(async () => {
    const counts = await receiver.count(gallery.shownMids());
    if (counts) live.send({ report: counts });
  }, 2000);
  const levels = setInterval(() => gallery.markSpeakers(), 400);

  const leave = () => {
    clearInterval(report);
    clearInterval(levels);
    receiver.close();
    publisher?.close();
    ending.abort();
  };
  live.addEventListener("replaced", leave, { signal });
  live.addEventListener("chamber-ends", leave, { signal });
  live.addEventListener("over", () => {
    leave();
    controls?.remove();
    section.querySelector(".controls__law")?.remove();
    show.trouble("Die Sitzung ist geschlossen. Kamera und Mikrofon sind aus.");
  }, { signal });
  addEventListener("pagehide", leave, { signal });
}

/** The tiles and who is shown in them. */
class Gallery {
  #section;
  #receiver;
  #slots = [];
  #videos = new Map(); // by the mid of the picture
  #silent;
  #refused = false; // the browser does not play sound before a person presses something

  constructor(section, receiver) {
    this.#section = section;
    this.#receiver = receiver;
    this.#silent = "silent" in section.dataset;
    section.querySelector("[data-sound]")?.addEventListener("click", () => this.#soundOn());
  }

  assign(slots) {
    this.#slots = slots;
    this.refresh();
  }

  /** Puts every picture where it belongs now; what has not changed is not touched, so that it goes on playing. */
  refresh() {
    const shown = new Set();
    for (const slot of this.#slots) {
      const place = slot.source && this.#section.querySelector(`[data-seat="${CSS.escape(slot.source)}"] [data-picture]`);
      const stream = place && this.#receiver.stream(slot);
      if (!stream) continue;
      shown.add(slot.picture_mid);
      const video = this.#video(slot.picture_mid);
      if (video.srcObject !== stream) video.srcObject = stream;
      if (video.parentElement !== place) place.append(video);
      this.#play(video);
    }
    for (const [mid, video] of this.#videos) if (!shown.has(mid)) video.remove();
  }

  shownMids() {
    return this.#slots.filter((slot) => slot.source).map((slot) => slot.picture_mid);
  }

  markSpeakers() {
    for (const slot of this.#slots) {
      const tile = slot.source && this.#section.querySelector(`[data-seat="${CSS.escape(slot.source)}"]`);
      tile?.toggleAttribute("data-speaks", this.#receiver.level(slot.sound_mid) > SPEAKS_ABOVE);
    }
  }

  #video(mid) {
    if (!this.#videos.has(mid)) {
      const video = document.createElement("video");
      Object.assign(video, { autoplay: true, playsInline: true, muted: this.#silent || this.#refused });
      video.tabIndex = -1;
      video.setAttribute("aria-hidden", "true"); // the tile says in words who is seen
      this.#videos.set(mid, video);
    }
    return this.#videos.get(mid);
  }

  async #play(video) {
    if (!video.paused) return;
    try {
      await video.play();
    } catch (error) {
      if (error.name !== "NotAllowedError" || video.muted) return;
      this.#refused = true;
      this.#section.querySelector("[data-sound]").hidden = false;
      this.#section.querySelector("[data-controls]").hidden = false;
      video.muted = true;
      video.play().catch(() => {});
    }
  }

  #soundOn() {
    this.#refused = false;
    for (const video of this.#videos.values()) {
      video.muted = this.#silent;
      video.play().catch(() => {});
    }
    this.#section.querySelector("[data-sound]").hidden = true;
    this.#section.querySelector("[data-mic], [data-cam]")?.focus({ preventScroll: true });
  }
}
