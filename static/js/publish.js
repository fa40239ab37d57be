// Sends the own picture and sound. A muted microphone goes on sending silence (it is no fault); a camera that is off
// sends nothing, because a black picture would be measured as a picture.
import { chamberCodecs, Connection } from "./connect.js";

const SOUND = { echoCancellation: true, noiseSuppression: true, autoGainControl: true };
const PICTURE = { width: { ideal: 320, max: 640 }, height: { ideal: 180, max: 360 }, frameRate: { ideal: 10, max: 15 } };
const PICTURE_BITS = 250_000;
const CONFIRM_MS = 6000;

/** Opens camera and microphone and publishes them. */
export function openPublisher({ address, section, show }) {
  const publisher = new Publisher(address, section, show);
  publisher.begin();
  return publisher;
}

class Publisher {
  #address;
  #section;
  #show;
  #sound = null;
  #picture = null;
  #connection = null;
  #closed = false;
  #retry = 0;

  constructor(address, section, show) {
    this.#address = address;
    this.#section = section;
    this.#show = show;
    this.#button("mic").addEventListener("click", () => this.#switchSound());
    this.#button("cam").addEventListener("click", () => this.#switchPicture());
    navigator.mediaDevices?.addEventListener("devicechange", () => { if (!this.#connection) this.begin(); });
  }

  async begin() {
    clearTimeout(this.#retry);
    try {
      const stream = await open({ audio: SOUND, video: PICTURE });
      [this.#sound] = stream.getAudioTracks();
      [this.#picture] = stream.getVideoTracks();
      if (this.#closed) return this.close();
    } catch (error) {
      this.#show.trouble(deviceTrouble(error));
      this.#word("kein Bild");
      if (error.name === "NotReadableError") this.#retry = setTimeout(() => this.begin(), 5000);
      return;
    }
    this.#show.trouble("");
    this.#watch();
    this.#mirror();
    this.#connection ??= new Connection({
      address: this.#address,
      fill: (peer) => this.#fill(peer),
      onstate: (state, error) => this.#show.trouble(state === "connected" ? "" : publishTrouble(error)),
    });
  }

  close() {
    this.#closed = true;
    clearTimeout(this.#retry);
    this.#connection?.close();
    this.#sound?.stop();
    this.#picture?.stop();
    this.#picture = null;
    this.#mirror();
  }

  #fill(peer) {
    const picture = peer.addTransceiver(this.#picture ?? "video", { direction: "sendonly", sendEncodings: [{ maxBitrate: PICTURE_BITS }] });
    picture.setCodecPreferences(chamberCodecs("video"));
    const sound = peer.addTransceiver(this.#sound ?? "audio", { direction: "sendonly" });
    sound.setCodecPreferences(chamberCodecs("audio"));
  }

  /** A device that is pulled out ends its track: said at once, and taken up again when it returns. */
  #watch() {
    for (const track of [this.#sound, this.#picture]) {
      track.onended = async () => {
        this.#show.trouble(track.kind === "video" ? "Ihre Kamera liefert kein Bild mehr. Bitte prüfen Sie, ob sie angeschlossen ist." : "Ihr Mikrofon liefert keinen Ton mehr. Bitte prüfen Sie, ob es angeschlossen ist.");
        this.#retry = setTimeout(() => this.#reopen(track.kind), 1500);
      };
    }
  }

  async #reopen(kind) {
    if (this.#closed) return;
    try {
      const stream = await open(kind === "video" ? { video: PICTURE } : { audio: SOUND });
      const [track] = stream.getTracks();
      if (kind === "video") this.#picture = track;
      else this.#sound = track;
      await this.#sender(kind)?.replaceTrack(track);
      this.#show.trouble("");
      this.#watch();
      this.#mirror();
    } catch (error) {
      this.#show.trouble(deviceTrouble(error));
      this.#retry = setTimeout(() => this.#reopen(kind), 5000);
    }
  }

  #sender(kind) {
    const transceivers = this.#connection?.peer?.getTransceivers() ?? [];
    return transceivers.find(({ receiver }) => receiver.track.kind === kind)?.sender;
  }

  #switchSound() {
    if (!this.#sound) return this.begin();
    this.#sound.enabled = !this.#sound.enabled;
    this.#label("mic", this.#sound.enabled, "Mikrofon");
  }

  async #switchPicture() {
    const button = this.#button("cam");
    if (!this.#picture) {
      this.#label("cam", true, "Kamera");
      if (this.#connection) return this.#reopen("video");
      return this.begin();
    }
    if (button.dataset.sure === undefined) {
      button.dataset.sure = "";
      button.querySelector("[data-label]").textContent = "Wirklich ausschalten?";
      this.#show.trouble(`${this.#section.querySelector("#control-law").textContent} Zum Ausschalten noch einmal drücken.`);
      setTimeout(() => {
        if (button.dataset.sure === undefined) return;
        delete button.dataset.sure;
        this.#show.trouble("");
        this.#label("cam", true, "Kamera");
      }, CONFIRM_MS);
      return;
    }
    delete button.dataset.sure;
    this.#show.trouble("");
    this.#picture.onended = null;
    this.#picture.stop();
    this.#picture = null;
    await this.#sender("video")?.replaceTrack(null);
    this.#label("cam", false, "Kamera");
    this.#mirror();
  }

  #button(name) {
    return this.#section.querySelector(`[data-${name}]`);
  }

  #label(name, on, what) {
    const button = this.#button(name);
    button.toggleAttribute("data-off", !on);
    button.querySelector("[data-label]").textContent = `${what} ${on ? "ausschalten" : "einschalten"}`;
    button.querySelector("use").setAttribute("href", `/static/icons.svg#${name}${on ? "" : "-off"}`);
  }

  #mirror() {
    const tile = this.#section.querySelector("[data-own-tile]");
    const place = tile.querySelector("[data-picture]");
    place.querySelector("video")?.remove();
    this.#word(this.#picture ? "Ihre Kamera ist an" : "Ihre Kamera ist aus");
    if (!this.#picture) return;
    const video = document.createElement("video");
    Object.assign(video, { autoplay: true, playsInline: true, muted: true, srcObject: new MediaStream([this.#picture]) });
    video.setAttribute("aria-hidden", "true");
    place.append(video);
  }

  #word(text) {
    this.#section.querySelector("[data-own-tile] [data-word]").textContent = text;
  }
}

function open(wanted) {
  if (!navigator.mediaDevices?.getUserMedia) throw Object.assign(new Error(), { name: "InsecureError" });
  return navigator.mediaDevices.getUserMedia(wanted);
}

function deviceTrouble({ name }) {
  switch (name) {
    case "NotAllowedError":
      return "Der Browser darf Kamera und Mikrofon nicht benutzen. Bitte erlauben Sie es über das Schloss-Symbol neben der Adresse und laden Sie die Seite neu.";
    case "NotFoundError":
      return "Es wurde keine Kamera oder kein Mikrofon gefunden. Bitte schließen Sie beides an; es geht dann von selbst weiter.";
    case "NotReadableError":
      return "Kamera oder Mikrofon sind von einem anderen Programm belegt. Bitte schließen Sie es; es geht dann von selbst weiter.";
    case "OverconstrainedError":
      return "Diese Kamera liefert kein passendes Bild. Bitte wählen Sie eine andere.";
    case "InsecureError":
      return "Kamera und Mikrofon gehen nur über eine sichere Verbindung (https). Bitte rufen Sie die Seite über die Adresse aus Ihrer Einladung auf.";
    default:
      return "Kamera und Mikrofon lassen sich nicht öffnen. Bitte laden Sie die Seite neu oder rufen Sie die technische Moderation an.";
  }
}

function publishTrouble(error) {
  if (error?.status === 403 || error?.status === 409) return error.message || "Ihr Bild und Ton sind zurzeit nicht freigegeben.";
  return "Ihr Bild und Ton kommen zurzeit nicht an. Die Verbindung wird neu aufgebaut.";
}
