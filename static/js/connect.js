// A peer connection that is offered once, complete, by POST, and renewed when it fails. Nothing trickles.

const GATHER_MS = 3000;
const WAIT_FIRST_MS = 1000;
const WAIT_MOST_MS = 10000;
const BROKEN_MS = 4000;

/** Keeps one connection to `address` alive. `fill(peer)` adds the media, `onopen(peer)` hears of every new one. */
export class Connection {
  #address;
  #fill;
  #onopen;
  #onstate;
  #peer = null;
  #resource = null;
  #wait = WAIT_FIRST_MS;
  #timer = 0;
  #closed = false;

  constructor({ address, fill, onopen = () => {}, onstate = () => {} }) {
    this.#address = address;
    this.#fill = fill;
    this.#onopen = onopen;
    this.#onstate = onstate;
    this.#open();
  }

  get peer() {
    return this.#peer;
  }

  close() {
    this.#closed = true;
    this.#drop();
    if (this.#resource) fetch(this.#resource, { method: "DELETE", keepalive: true }).catch(() => {});
  }

  async #open() {
    const peer = new RTCPeerConnection({ bundlePolicy: "max-bundle" });
    this.#peer = peer;
    peer.onconnectionstatechange = () => this.#follow(peer);
    try {
      await this.#fill(peer);
      await peer.setLocalDescription();
      await gathered(peer);
      const answer = await this.#offer(peer.localDescription.sdp);
      if (peer !== this.#peer) return;
      await peer.setRemoteDescription({ type: "answer", sdp: answer });
      // The other side says goodbye (RFC 5246, 7.2.1) long before the network looks broken.
      const { receiver, sender } = peer.getTransceivers()[0];
      const transport = receiver.transport ?? sender.transport;
      transport.onstatechange = () => {
        if (peer === this.#peer && transport.state === "closed") this.#again();
      };
      this.#onopen(peer);
    } catch (error) {
      if (peer === this.#peer) this.#again(error);
    }
  }

  async #offer(sdp) {
    const response = await fetch(this.#address, { method: "POST", body: sdp, headers: { "Content-Type": "application/sdp" }, signal: AbortSignal.timeout(10000) });
    const text = await response.text();
    if (!response.ok) throw Object.assign(new Error(text.slice(0, 300)), { status: response.status });
    const place = response.headers.get("Location");
    this.#resource = place ? new URL(place, new URL(this.#address, location.href)) : null;
    return text;
  }

  #follow(peer) {
    if (peer !== this.#peer) return;
    clearTimeout(this.#timer);
    if (peer.connectionState === "connected") {
      this.#wait = WAIT_FIRST_MS;
      this.#onstate("connected");
    } else if (peer.connectionState === "failed") {
      this.#again();
    } else if (peer.connectionState === "disconnected") {
      this.#timer = setTimeout(() => this.#again(), BROKEN_MS);
    }
  }

  #again(error) {
    this.#drop();
    if (this.#closed) return;
    this.#onstate("lost", error);
    this.#timer = setTimeout(() => this.#open(), this.#wait);
    this.#wait = Math.min(this.#wait * 2, WAIT_MOST_MS);
  }

  #drop() {
    clearTimeout(this.#timer);
    if (!this.#peer) return;
    this.#peer.onconnectionstatechange = null;
    this.#peer.close();
    this.#peer = null;
  }
}

function gathered(peer) {
  if (peer.iceGatheringState === "complete") return Promise.resolve();
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, GATHER_MS);
    peer.addEventListener("icegatheringstatechange", () => {
      if (peer.iceGatheringState !== "complete") return;
      clearTimeout(timer);
      resolve();
    });
  });
}

/** Picture: H.264 (constrained baseline first), then VP8 where it is absent. Sound: Opus. With their retransmission. */
export function chamberCodecs(kind) {
  const wanted = kind === "audio" ? ["audio/opus"] : ["video/H264", "video/VP8"];
  const known = RTCRtpReceiver.getCapabilities(kind)?.codecs ?? [];
  const rank = (codec) => wanted.indexOf(codec.mimeType) * 2 + (isBaseline(codec) ? 0 : 1);
  const media = known.filter((codec) => wanted.includes(codec.mimeType) && isPlain(codec)).sort((a, b) => rank(a) - rank(b));
  return [...media, ...known.filter((codec) => codec.mimeType === "video/rtx" && kind === "video")];
}

const isBaseline = ({ sdpFmtpLine = "" }) => /profile-level-id=42e0/i.test(sdpFmtpLine);
const isPlain = ({ mimeType, sdpFmtpLine = "" }) => mimeType !== "video/H264" || (/packetization-mode=1/.test(sdpFmtpLine) && /profile-level-id=42/i.test(sdpFmtpLine));
