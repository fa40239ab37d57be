// Makes the speaking time run. What the server wrote is right without it: since when, and until when.
import { say } from "./live.js";

let ahead = 0; // how far this device's clock is ahead of the server's, in milliseconds
let running = 0;
let told = "";

/** Runs every clock marked `data-clock`, also those that come later. */
export async function runClocks() {
  tick();
  if (running) return;
  running = setInterval(tick, 1000);
  try {
    const { headers } = await fetch("/healthz", { method: "HEAD", cache: "no-store", signal: AbortSignal.timeout(5000) });
    const server = Date.parse(headers.get("Date"));
    if (Number.isFinite(server)) ahead = Date.now() - server;
  } catch {
    // The own clock has to do.
  }
}

function tick() {
  for (const clock of document.querySelectorAll("[data-clock]")) {
    const { clock: since, spoken, limit, tell } = clock.dataset;
    const millis = Math.max(0, Date.now() - ahead - Number(since)) + Number(spoken);
    clock.querySelector("[data-time]").textContent = minutes(millis);
    const over = Number(limit) > 0 && millis >= Number(limit);
    const sign = clock.querySelector("[data-over]");
    if (sign) sign.hidden = !over;
    clock.toggleAttribute("data-late", over);
    // Once, politely; it interrupts nobody.
    if (over && tell && told !== since) {
      told = since;
      say(tell);
    }
  }
}

function minutes(millis) {
  const seconds = Math.floor(millis / 1000);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")} min`;
}
