//! RTCP out. A publisher's sender report is translated, never replaced by this machine's clock: its wall time stays,
//! its RTP time is shifted exactly like the packets. Lip-sync at the receiver and the legal measurement hang on it.

use super::meter::Reception;
use super::rewrite::Rewrite;
use rtc::rtcp::Packet;
use rtc::rtcp::packet::marshal;
use rtc::rtcp::payload_feedbacks::picture_loss_indication::PictureLossIndication;
use rtc::rtcp::receiver_report::ReceiverReport;
use rtc::rtcp::reception_report::ReceptionReport;
use rtc::rtcp::sender_report::SenderReport;
use rtc::rtcp::source_description::{SdesType, SourceDescription, SourceDescriptionChunk, SourceDescriptionItem};
use rtc::rtcp::transport_feedbacks::transport_layer_nack::{TransportLayerNack, nack_pairs_from_sequence_numbers};

/// The SSRC this engine speaks with where it sends no stream of its own.
const ENGINE_SSRC: u32 = 1;

/// What a publisher says of its own clock: this RTP time is that wall time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SenderClock {
    /// NTP timestamp, 32.32 bits, of the publisher.
    pub wall: u64,
    /// RTP timestamp of the publisher's stream at that moment.
    pub rtp: u32,
    /// When the report arrived here.
    pub arrived_ms: u64,
}

/// The publisher's report as a receiver gets it for one of its tracks. `None` before a packet has gone through, since
/// until then nobody knows the shift.
#[must_use]
pub fn translated(clock: &SenderClock, track: &Rewrite) -> Option<SenderReport> {
    let (packet_count, octet_count) = track.sent_totals();
    Some(SenderReport {
        ssrc: track.ssrc(),
        ntp_time: clock.wall,
        rtp_time: track.timestamp(clock.rtp)?,
        packet_count,
        octet_count,
        ..SenderReport::default()
    })
}

/// A sender report with the name that binds picture and sound of a slot together.
#[must_use]
pub fn compound(report: SenderReport, cname: &str) -> Option<Vec<u8>> {
    let chunk = SourceDescriptionChunk {
        source: report.ssrc,
        items: vec![SourceDescriptionItem { sdes_type: SdesType::SdesCname, text: cname.to_owned().into() }],
    };
    bytes(&[Box::new(report), Box::new(SourceDescription { chunks: vec![chunk] })])
}

/// Asks a publisher for a keyframe. Alone in its datagram (RFC 5506): the `rtc` stack delivers a compound by what its
/// first packet is about, and an empty report is about nothing.
#[must_use]
pub fn keyframe_wanted(media_ssrc: u32) -> Option<Vec<u8>> {
    bytes(&[Box::new(PictureLossIndication { sender_ssrc: ENGINE_SSRC, media_ssrc })])
}

/// Asks a publisher for packets that never came.
#[must_use]
pub fn packets_wanted(media_ssrc: u32, sequences: &[u16]) -> Option<Vec<u8>> {
    let nacks = nack_pairs_from_sequence_numbers(sequences);
    bytes(&[Box::new(TransportLayerNack { sender_ssrc: ENGINE_SSRC, media_ssrc, nacks })])
}

/// How this engine received a publisher's streams in the last second.
#[must_use]
pub fn received(streams: &[(u32, Reception, Option<SenderClock>)], now_ms: u64) -> Option<Vec<u8>> {
    let reports = streams.iter().map(|(ssrc, reception, clock)| ReceptionReport {
        ssrc: *ssrc,
        fraction_lost: reception.fraction_lost,
        total_lost: reception.total_lost,
        last_sequence_number: reception.highest,
        jitter: reception.jitter,
        last_sender_report: clock.map_or(0, |clock| ((clock.wall >> 16) & 0xFFFF_FFFF) as u32),
        delay: clock.map_or(0, |clock| {
            let elapsed = now_ms.saturating_sub(clock.arrived_ms).min(60_000);
            u32::try_from(elapsed * 65_536 / 1_000).unwrap_or(u32::MAX)
        }),
    });
    let report = ReceiverReport { ssrc: ENGINE_SSRC, reports: reports.collect(), ..ReceiverReport::default() };
    bytes(&[Box::new(report)])
}

fn bytes(packets: &[Box<dyn Packet>]) -> Option<Vec<u8>> {
    marshal(packets).ok().map(|bytes| bytes.to_vec())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keeps_the_publishers_wall_time_and_shifts_like_the_packets() {
        let mut track = Rewrite::new(9, 90, (500, 7_000));
        let clock = SenderClock { wall: 0x1234_5678_9ABC_DEF0, rtp: 90_000, arrived_ms: 3 };
        assert_eq!(translated(&clock, &track), None);
        let (_, out) = track.forward(1, 89_000, 40, 0).expect("forwarded");
        let report = translated(&clock, &track).expect("translated");
        assert_eq!((report.ssrc, report.ntp_time), (9, clock.wall));
        assert_eq!(report.rtp_time.wrapping_sub(out), 1_000, "as far from the packet as at the publisher");
        assert_eq!((report.packet_count, report.octet_count), (1, 40));
    }

    #[test]
    fn the_offset_between_picture_and_sound_survives() {
        let (mut picture, mut sound) = (Rewrite::new(1, 90, (1, 111)), Rewrite::new(2, 48, (1, 999_999)));
        let (_, picture_out) = picture.forward(1, 90_000, 1, 0).expect("forwarded");
        let (_, sound_out) = sound.forward(1, 48_000, 1, 0).expect("forwarded");
        let clock = |rtp| SenderClock { wall: 77, rtp, arrived_ms: 0 };
        // At the same wall time the picture's clock is 200 ms ahead.
        let picture_report = translated(&clock(90_000 + 18_000), &picture).expect("translated");
        let sound_report = translated(&clock(48_000), &sound).expect("translated");
        assert_eq!(picture_report.rtp_time.wrapping_sub(picture_out), 18_000);
        assert_eq!(sound_report.rtp_time, sound_out);
    }

    #[test]
    fn a_compound_carries_the_slots_name() {
        let report = SenderReport { ssrc: 5, ..SenderReport::default() };
        let bytes = compound(report, "slot-3").expect("marshalled");
        assert!(bytes.windows(6).any(|window| window == b"slot-3"));
    }
}
