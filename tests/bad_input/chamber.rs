//! The chamber's doors and its network port.

use super::town_kit::MEETING;
use super::town_kit::server::{CLERK, REMOTE, Running};
use super::town_kit::visitor::{Told, Visitor};
use super::{Noise, assert_no_panic, watch_for_panics};

async fn offer(visitor: &Visitor, door: &str, kind: &str, body: Vec<u8>) -> Told {
    let request = visitor.post(&format!("/media/{MEETING}/{door}")).header("content-type", kind).body(body);
    visitor.send(request).await.unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn unusable_session_descriptions_are_refused() {
    watch_for_panics();
    let running = Running::start(&[]).await;
    let member = running.council.of(REMOTE[0]);
    let lines = "v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\n";
    let mut noise = Noise(7);
    let mut unusable: Vec<Vec<u8>> = vec![
        Vec::new(),
        b"\r\n\r\n".to_vec(),
        b"v=0".to_vec(),
        lines.into(),
        format!("{lines}m=video 9 UDP/TLS/RTP/SAVPF 96\r\n").into(),
        format!("{lines}m=video 99999999999 UDP/TLS/RTP/SAVPF 96\r\na=mid:\r\na=ice-ufrag:\r\n").into(),
        format!("{lines}{}", "m=audio 9 UDP/TLS/RTP/SAVPF 111\r\na=mid:0\r\n".repeat(2000)).into(),
        format!("{lines}a=fingerprint:sha-256 ZZ\r\na=ice-pwd:{}\r\n", "x".repeat(30_000)).into(),
        "ä=ö\r\n".repeat(50).into(),
        vec![b'\0'; 500],
    ];
    unusable.extend((0..20).map(|n| noise.bytes(n * 40).iter().map(|byte| byte & 0x7f).collect()));
    for body in unusable {
        for door in ["whip", "whep"] {
            let told = offer(member, door, "application/sdp", body.clone()).await;
            told.refused(400, "Die Sitzungsbeschreibung ist unbrauchbar");
        }
    }
    for door in ["whip", "whep"] {
        offer(member, door, "application/sdp", vec![b'v'; 300_000]).await.refused(413, "zu lang");
        offer(member, door, "application/sdp", vec![b'v'; 900_000]).await.refused(413, "zu lang");
        offer(member, door, "application/json", b"v=0".to_vec()).await.refused(415, "application/sdp");
        offer(member, door, "", b"v=0".to_vec()).await.refused(415, "application/sdp");
        offer(member, door, "application/sdp", vec![0xff, 0xfe, 0xc0]).await.refused(400, "UTF-8");
        offer(running.council.of(CLERK), door, "application/sdp", b"v=0".to_vec()).await.refused(403, "Mitglieder");
        offer(running.council.of("quittenhof"), door, "application/sdp", b"v=0".to_vec())
            .await
            .refused(403, "Mitglieder");
        let stranger = Visitor::stranger(&running.place.url());
        offer(&stranger, door, "application/sdp", b"v=0".to_vec()).await.refused(401, "melden Sie sich an");
    }
    // A connection ends only by its own name, and only by whose it is.
    let end = |visitor: &Visitor, name: &str| {
        visitor.client.delete(format!("{}/media/{MEETING}/verbindung/{name}", visitor.url))
    };
    for name in ["x", "-1", "99999999999999999999999"] {
        member.send(end(member, name)).await.unwrap().refused(400, "nicht lesbar");
    }
    for name in 0..40 {
        let other = running.council.of(REMOTE[1]);
        assert_eq!(other.send(end(other, &format!("1{name}000"))).await.unwrap().status, 200, "nothing of theirs");
    }
    running.council.everybody_is_there().await;
    running.end().await;
    assert_no_panic();
}

#[tokio::test(flavor = "multi_thread")]
async fn garbage_at_the_media_port_disturbs_nobody() {
    watch_for_panics();
    let running = Running::start(&[]).await;
    let socket = tokio::net::UdpSocket::bind("127.0.0.1:0").await.unwrap();
    let mut noise = Noise(37);
    for round in 0..6_000_u32 {
        let length = usize::try_from(noise.next() % 1400).unwrap();
        let mut datagram = noise.bytes(length);
        // A third each begins like STUN (with its cookie), DTLS and RTP or RTCP.
        let head: &[u8] = match round % 6 {
            0 => &[0x00, 0x01, 0x00, 0x08, 0x21, 0x12, 0xa4, 0x42],
            1 => &[0x01, 0x01, 0xff, 0xff, 0x21, 0x12, 0xa4, 0x42],
            2 => &[22, 0xfe, 0xfd, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff],
            3 => &[0x80, 96, 0, 1],
            4 => &[0x81, 200, 0xff, 0xff],
            _ => &[],
        };
        let head = &head[..head.len().min(datagram.len())];
        datagram[..head.len()].copy_from_slice(head);
        socket.send_to(&datagram, ("127.0.0.1", running.place.port)).await.unwrap();
        if round % 100 == 0 {
            tokio::task::yield_now().await;
        }
    }
    let seen = running.council.chair().look(MEETING).await;
    assert_eq!(seen["figures"]["present"], 13, "{}", seen["people"]);
    running.end().await;
    assert_no_panic();
}
