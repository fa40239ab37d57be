// Stands in for the media server inside a page under test: answers WHIP and WHEP with peer connections of the page
// itself. What is published is decoded here; what is received is a drawn picture and a tone.
{
  const send = window.fetch;
  const gathered = (peer) => new Promise((resolve) => {
    const look = () => peer.iceGatheringState === "complete" && resolve();
    peer.addEventListener("icegatheringstatechange", look);
    look();
  });

  const drawn = () => {
    const canvas = document.createElement("canvas");
    const pen = canvas.getContext("2d");
    Object.assign(canvas, { width: 320, height: 180 });
    let tick = 0;
    setInterval(() => {
      pen.fillStyle = `hsl(${(tick += 20)} 80% 50%)`;
      pen.fillRect(0, 0, 320, 180);
    }, 50);
    return canvas.captureStream(20).getVideoTracks()[0];
  };
  const tone = () => {
    const context = new AudioContext();
    const source = context.createOscillator();
    const out = context.createMediaStreamDestination();
    source.connect(out);
    source.start();
    document.addEventListener("click", () => context.resume()); // browsers let no page sound before the first press
    return out.stream.getAudioTracks()[0];
  };

  window.fetch = async (address, options = {}) => {
    const { pathname } = new URL(address, location.href);
    if (!pathname.startsWith("/media/")) return send(address, options);
    if (options.method === "DELETE") return new Response(null, { status: 200 });
    const peer = new RTCPeerConnection();
    await peer.setRemoteDescription({ type: "offer", sdp: options.body });
    const ways = peer.getTransceivers();
    if (pathname.endsWith("/whip")) {
      window.published = { peer, offer: options.body };
    } else {
      window.receives = { peer, offer: options.body };
      ways[0].direction = ways[1].direction = "sendonly";
      await ways[0].sender.replaceTrack(drawn());
      await ways[1].sender.replaceTrack(tone());
    }
    await peer.setLocalDescription();
    await gathered(peer);
    return new Response(peer.localDescription.sdp, { status: 201, headers: { Location: `${pathname}/1` } });
  };

  /** Pictures decoded and packets of sound that arrived from this page. */
  window.arrived = async () => {
    const count = { frames: 0, packets: 0, codec: "" };
    const stats = [...(await window.published.peer.getStats()).values()];
    for (const one of stats.filter(({ type }) => type === "inbound-rtp")) {
      if (one.kind === "audio") count.packets = one.packetsReceived;
      else Object.assign(count, { frames: one.framesDecoded, codec: stats.find(({ id }) => id === one.codecId)?.mimeType });
    }
    return count;
  };
}
