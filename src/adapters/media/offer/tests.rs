use super::super::answer;
use super::*;
use std::net::SocketAddr;

fn line(mid: &str, kind: &str, direction: &str) -> String {
    let (numbers, maps) = if kind == "video" {
        (
            "96 97 102 106",
            "a=rtpmap:96 VP8/90000\r\na=rtpmap:97 rtx/90000\r\na=fmtp:97 apt=96\r\n\
             a=rtpmap:102 H264/90000\r\na=fmtp:102 level-asymmetry-allowed=1;packetization-mode=1;profile-level-id=42001f\r\n\
             a=rtpmap:106 H264/90000\r\na=fmtp:106 level-asymmetry-allowed=1;packetization-mode=1;profile-level-id=42e01f\r\n",
        )
    } else {
        ("111 63", "a=rtpmap:111 opus/48000/2\r\na=fmtp:111 minptime=10;useinbandfec=1\r\na=rtpmap:63 red/48000/2\r\n")
    };
    let print = ["AB"; 32].join(":");
    format!(
        "m={kind} 9 UDP/TLS/RTP/SAVPF {numbers}\r\nc=IN IP4 0.0.0.0\r\na=rtcp-mux\r\na=ice-ufrag:abcd\r\n\
         a=ice-pwd:0123456789012345678901\r\na=fingerprint:sha-256 {print}\r\na=setup:actpass\r\na=mid:{mid}\r\n\
         a=extmap:1 urn:ietf:params:rtp-hdrext:sdes:mid\r\na={direction}\r\n{maps}"
    )
}

fn offer(lines: &[(&str, &str, &str)]) -> String {
    let mids: Vec<&str> = lines.iter().map(|line| line.0).collect();
    let body: String = lines.iter().map(|(mid, kind, direction)| line(mid, kind, direction)).collect();
    format!("v=0\r\no=- 1 2 IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\na=group:BUNDLE {}\r\n{body}", mids.join(" "))
}

fn here(addresses: &[SocketAddr]) -> answer::Here<'_> {
    answer::Here { fragment: "frag", password: "pass", fingerprint: "AA", addresses }
}

fn why<T: std::fmt::Debug>(result: Result<T, MediaRefusal>) -> String {
    match result {
        Err(MediaRefusal::Offer(why)) => why,
        other => panic!("not refused: {other:?}"),
    }
}

#[test]
fn chooses_constrained_baseline_and_opus_without_dtx() {
    let text = offer(&[("0", "audio", "sendonly"), ("1", "video", "sendrecv")]);
    let offer = Offer::parse(&text, 10).expect("parsed");
    let choice = answer::choose_publish(&offer).expect("chosen");
    assert_eq!((choice.codec, choice.picture_type, choice.sound_type), (PictureCodec::H264, 106, 111));
    let address = SocketAddr::from(([127, 0, 0, 1], 7_000));
    let answer = answer::publish(&offer, here(&[address]));
    assert!(answer.contains("m=video 9 UDP/TLS/RTP/SAVPF 106\r\n"), "{answer}");
    assert!(answer.contains("usedtx=0") && answer.contains("a=setup:passive") && answer.contains("a=ice-lite"));
    assert_eq!(answer.matches("a=candidate").count(), 1);
    assert!(Offer::parse(&answer, 10).is_err(), "an answer is no offer: it does not begin the handshake");
}

#[test]
fn falls_back_to_vp8() {
    let text = offer(&[("0", "audio", "sendonly"), ("1", "video", "sendonly")]).replace("H264", "H265");
    let choice = answer::choose_publish(&Offer::parse(&text, 10).expect("parsed")).expect("chosen");
    assert_eq!((choice.codec, choice.picture_type), (PictureCodec::Vp8, 96));
}

#[test]
fn slots_come_in_pairs_and_the_rest_is_turned_down() {
    let lines = [
        ("a", "video", "recvonly"),
        ("b", "audio", "recvonly"),
        ("c", "video", "recvonly"),
        ("d", "audio", "recvonly"),
    ];
    let mut text = offer(&lines);
    text.push_str("m=application 9 UDP/DTLS/SCTP webrtc-datachannel\r\na=mid:e\r\n");
    let parsed = Offer::parse(&text, 10).expect("parsed");
    let (choice, pairs) = answer::choose_receive(&parsed, 5).expect("chosen");
    assert_eq!((choice.h264_type, choice.vp8_type, choice.sound_type), (Some(106), Some(96), 111));
    assert_eq!(pairs, [("a".to_owned(), "b".to_owned()), ("c".to_owned(), "d".to_owned())]);
    let track = |mid: &str, ssrc| answer::Track { mid: mid.to_owned(), ssrc, stream: "slot-0".to_owned() };
    let answer = answer::receive(&parsed, here(&[]), &[track("a", 1), track("b", 2)]);
    assert!(answer.contains("a=ssrc:1 cname:slot-0\r\n") && answer.contains("a=ssrc:2 cname:slot-0\r\n"));
    assert!(answer.contains("a=group:BUNDLE a b\r\n") && answer.contains("m=application 0 "), "{answer}");
    assert!(why(answer::choose_receive(&parsed, 1)).contains("mehr als 1"));
    let odd = offer(&lines[..3]);
    assert!(why(answer::choose_receive(&Offer::parse(&odd, 10).expect("parsed"), 5)).contains("Paaren"));
}

#[test]
fn names_what_is_missing() {
    let good = offer(&[("0", "audio", "sendonly"), ("1", "video", "sendonly")]);
    let refused = |text: &str| why(Offer::parse(text, 10).and_then(|offer| answer::choose_publish(&offer)));
    assert!(refused("").contains("v=0"));
    assert!(refused("v=0\r\n").contains("keine Medienzeile"));
    assert!(refused(&"v=0\r\n".repeat(100_000)).contains("zu lang"));
    assert!(refused(&format!("v=0\r\n{}", "m=video 9 UDP/TLS/RTP/SAVPF 96\r\n".repeat(300))).contains("mehr als 10"));
    assert!(refused(&good.replace("a=group", "a=grop")).contains("BUNDLE"));
    assert!(refused(&good.replace("a=ice-ufrag", "a=x")).contains("ice-ufrag"));
    assert!(refused(&good.replace("sha-256", "sha-1")).contains("Fingerabdruck"));
    assert!(refused(&good.replace("actpass", "passive")).contains("setup"));
    assert!(refused(&good.replace("a=mid:1", "a=mid:0")).contains("doppelt"));
    assert!(refused(&good.replace("a=mid:1", "a=mid:<script>")).contains("Kennung"));
    assert!(refused(&good.replace("opus", "pcmu")).contains("Opus"));
    assert!(refused(&good.replace("H264", "AV1").replace("VP8", "VP9")).contains("VP8"));
    assert!(refused(&good.replace("sendonly", "recvonly")).contains("beides"));
}

#[test]
fn survives_every_cut() {
    let good = offer(&[("0", "audio", "sendonly"), ("1", "video", "sendonly"), ("2", "video", "recvonly")]);
    for cut in 0..good.len() {
        if let Ok(offer) = Offer::parse(&good[..cut], 10) {
            let _ = answer::choose_publish(&offer);
            let _ = answer::choose_receive(&offer, 5);
        }
    }
}
