// The waiting room: two people see and hear each other. Whoever waits asks every few seconds whether it goes on.
import { openPublisher } from "./publish.js";
import { openReceiver } from "./receive.js";

const ASK_MS = 3000;

/** Opens picture and sound of the section `data-waiting`. */
export function enterWaiting(section) {
  const trouble = section.querySelector("[data-trouble]");
  const show = { trouble: (text) => { if (trouble.textContent !== text) trouble.textContent = text; } };
  const tile = section.querySelector("[data-other-tile]");
  const receiver = openReceiver({ address: section.dataset.receive, slots: 1, show: { trouble: () => {} } });
  receiver.onrenewed = () => {
    const stream = receiver.stream({ picture_mid: "0", sound_mid: "1" });
    if (stream) showOther(section, tile, stream);
  };
  const publisher = openPublisher({ address: section.dataset.publish, section, show });
  const leave = () => {
    receiver.close();
    publisher.close();
  };
  addEventListener("pagehide", leave);

  const waits = document.querySelector("[data-waits]");
  if (waits) ask(waits, leave);
}

function showOther(section, tile, stream) {
  const place = tile.querySelector("[data-picture]");
  place.querySelector("video")?.remove();
  const video = document.createElement("video");
  Object.assign(video, { autoplay: true, playsInline: true, srcObject: stream });
  video.setAttribute("aria-hidden", "true"); // the tile says in words who is seen
  // Until something arrives the tile says who is waited for.
  video.hidden = true;
  video.addEventListener("resize", () => {
    video.hidden = false;
    tile.querySelector("[data-word]").textContent = "Bild trifft ein";
  });
  place.append(video);
  const button = section.querySelector("[data-sound]");
  button.addEventListener("click", () => {
    video.muted = false;
    video.play().catch(() => {});
    button.hidden = true;
  });
  video.play().catch((error) => {
    if (error.name !== "NotAllowedError") return;
    button.hidden = false;
    video.muted = true;
    video.play().catch(() => {});
  });
}

async function ask(waits, leave) {
  for (;;) {
    await new Promise((resolve) => { setTimeout(resolve, ASK_MS); });
    let state;
    try {
      const response = await fetch(waits.dataset.waits, { headers: { Accept: "application/json" }, signal: AbortSignal.timeout(10000) });
      ({ state } = await response.json());
    } catch {
      continue; // asked again
    }
    if (state === "waiting") continue;
    leave();
    if (state === "recognised") location.assign(waits.dataset.inside);
    else location.reload();
    return;
  }
}
