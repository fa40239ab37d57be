// Receives the others: a fixed number of pairs of picture and sound, offered once. Which source is in which pair comes
// over the live channel.
import { chamberCodecs, Connection } from "./connect.js";

/** Opens the receiving connection. `onrenewed` is called whenever its tracks are new. */
export function openReceiver({ address, slots, show }) {
  return new Receiver(address, slots, show);
}

class Receiver {
  #connection;
  #streams = new Map(); // by the mid of the picture
  #decoded = new Map();
  onrenewed = () => {};

  constructor(address, slots, show) {
    this.#connection = new Connection({
      address,
      fill: (peer) => {
        for (let slot = 0; slot < slots; slot += 1) {
          for (const kind of ["video", "audio"]) {
            peer.addTransceiver(kind, { direction: "recvonly" }).setCodecPreferences(chamberCodecs(kind));
          }
        }
      },
      onopen: () => {
        this.#streams.clear();
        this.#decoded.clear();
        this.onrenewed();
      },
      onstate: (state, error) => show.trouble(state === "connected" ? "" : receiveTrouble(error)),
    });
  }

  /** Picture and sound of a slot in one stream, so that the browser keeps them together. */
  stream({ picture_mid: pictureMid, sound_mid: soundMid }) {
    const picture = this.#track(pictureMid);
    const sound = this.#track(soundMid);
    if (!picture || !sound) return null;
    if (!this.#streams.has(pictureMid)) this.#streams.set(pictureMid, new MediaStream([picture, sound]));
    return this.#streams.get(pictureMid);
  }

  /** Loudness that arrives in a slot, 0 to 1. */
  level(mid) {
    const receiver = this.#transceiver(mid)?.receiver;
    return receiver?.getSynchronizationSources()[0]?.audioLevel ?? 0;
  }

  /** Pictures decoded so far, and how many of the shown slots have stood still since the last count. */
  async count(mids) {
    const peer = this.#connection.peer;
    if (peer?.connectionState !== "connected") return null;
    const stats = await peer.getStats();
    let frames = 0;
    let frozen = 0;
    for (const entry of stats.values()) {
      if (entry.type !== "inbound-rtp" || entry.kind !== "video") continue;
      const decoded = entry.framesDecoded ?? 0;
      frames += decoded;
      if (mids.includes(entry.mid) && this.#decoded.get(entry.mid) === decoded) frozen += 1;
      this.#decoded.set(entry.mid, decoded);
    }
    return { frames, frozen };
  }

  close() {
    this.#connection.close();
  }

  #transceiver(mid) {
    return this.#connection.peer?.getTransceivers().find((transceiver) => transceiver.mid === mid);
  }

  #track(mid) {
    return this.#transceiver(mid)?.receiver.track ?? null;
  }
}

function receiveTrouble(error) {
  if (error?.status === 403 || error?.status === 409) return error.message || "Bild und Ton der anderen sind für Sie zurzeit nicht freigegeben.";
  return "Bild und Ton der anderen treffen zurzeit nicht bei Ihnen ein. Die Verbindung wird neu aufgebaut.";
}
