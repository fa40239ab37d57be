//! What a whole council of simulated members costs. Run with `--ignored --nocapture`; it asserts only a generous bound.

use crate::chamber::{Chamber, Tracks};
use crate::{plan, to};
use ratssaal::play::peer::Line;
use rtc::rtp_transceiver::rtp_sender::RtpCodecKind;
use std::ops::Range;
use std::sync::Arc;
use std::time::{Duration, Instant};
use webrtc::media_stream::track_remote::{TrackRemote, TrackRemoteEvent};

const SEATS: u16 = 13;

/// Copies a track to the outlets of its kind whose slot is in `slots`.
pub async fn relay(chamber: &Chamber, track: Arc<dyn TrackRemote>, slots: Range<usize>) {
    let is_picture = track.kind().await == RtpCodecKind::Video;
    while let Some(event) = track.poll().await {
        let TrackRemoteEvent::OnRtpPacket(packet) = event else { continue };
        for (ssrc, payload_type, picture, outlet) in chamber.outlet_tracks() {
            let slot = (ssrc as usize - 1) % 1000 / 2;
            if picture == is_picture && slots.contains(&slot) {
                let mut packet = packet.clone();
                packet.header.ssrc = ssrc;
                packet.header.payload_type = payload_type;
                packet.header.extensions.clear();
                packet.header.extension = false;
                let _ = outlet.write_rtp(packet).await;
            }
        }
    }
}

fn runtime(name: &str) -> tokio::runtime::Runtime {
    tokio::runtime::Builder::new_multi_thread().worker_threads(1).thread_name(name).enable_all().build().unwrap()
}

/// CPU time of all threads of this name, in hundredths of a second (proc(5): utime and stime in clock ticks).
fn cpu(name: &str) -> u64 {
    let tasks = std::fs::read_dir("/proc/self/task").unwrap();
    let stats = tasks.filter_map(|task| std::fs::read_to_string(task.unwrap().path().join("stat")).ok());
    stats
        .filter(|stat| stat.contains(&format!("({name})")))
        .map(|stat| {
            let fields: Vec<_> = stat.rsplit(')').next().unwrap().split_whitespace().collect();
            fields[11].parse::<u64>().unwrap() + fields[12].parse::<u64>().unwrap()
        })
        .sum()
}

fn resident_kib() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find(|line| line.starts_with("VmRSS")).unwrap();
    line.split_whitespace().nth(1).unwrap().parse().unwrap()
}

fn measure(what: &str, slots: usize, spoken: usize) {
    let (play, hall) = (runtime("play"), runtime("hall"));
    let (chamber, mut tracks): (_, Tracks) = Chamber::new();
    let before = resident_kib();
    let began = Instant::now();
    let plans: Vec<_> = (1..=SEATS).map(|seat| plan(seat, slots)).collect();
    println!("{what}: {SEATS} shows encoded in {:?}, +{} KiB", began.elapsed(), resident_kib() - before);
    let hall_handle = hall.handle().clone();
    let mut lines = Vec::new();
    for plan in plans {
        let (inner, handle) = (to(&chamber), hall_handle.clone());
        let mut line = Line::new(
            plan,
            Arc::new(move |url, offer| {
                let answer = inner.exchange(url, offer);
                let task = handle.spawn(answer);
                async move { task.await.unwrap() }
            }),
        );
        play.block_on(async { line.reconnect().await }).unwrap();
        lines.push(line);
    }
    println!("{what}: connected after {:?}", began.elapsed());
    hall.spawn(async move {
        let (mut pictures, mut voices) = (0, 0);
        while let Some(track) = tracks.recv().await {
            let slot = if track.kind().await == RtpCodecKind::Video { &mut pictures } else { &mut voices };
            let (index, is_picture) = (*slot, track.kind().await == RtpCodecKind::Video);
            *slot += 1;
            let wanted = if is_picture || index < spoken { index..index + 1 } else { 0..0 };
            let chamber = Arc::clone(&chamber);
            tokio::spawn(async move { relay(&chamber, track, wanted).await });
        }
    });
    std::thread::sleep(Duration::from_secs(3));
    let (at, used) = (Instant::now(), cpu("play"));
    let sent = || lines.iter().map(|line| line.sent().unwrap().voice_packets).sum::<u64>();
    let received = || -> u64 {
        let counts = lines.iter().map(|line| play.block_on(line.received()));
        counts.flatten().map(|line| line.packets).sum()
    };
    let (sent_before, received_before) = (sent(), received());
    std::thread::sleep(Duration::from_secs(10));
    let (seconds, used) = (at.elapsed().as_secs_f64(), cpu("play") - used);
    println!(
        "{what}: {:.1} % of a core, {:.0} voice packets/s sent, {:.0} packets/s received, {} KiB resident (both ends)",
        used as f64 / seconds,
        (sent() - sent_before) as f64 / seconds,
        (received() - received_before) as f64 / seconds,
        resident_kib(),
    );
    assert!(used as f64 / seconds < 60.0);
    play.block_on(async {
        for line in &mut lines {
            line.drop_line().await;
        }
    });
}

#[test]
#[ignore = "measures for half a minute"]
fn a_council_fits_on_half_a_core() {
    measure("publish only", 0, 0);
    measure("publish and receive", usize::from(SEATS), 3);
}
