//! The way of the packets: from a source to everybody who has it in a slot, and their reports and requests back.

use super::chamber::{Chamber, Receiver, Seat};
use super::frames::{PictureCodec, glance};
use super::history::Packet;
use super::peer::{Outgoing, Peers, Role};
use super::reports::{self, SenderClock};
use super::secure::Opened;
use super::source::Admission;
use crate::domain::id::EndpointId;
use rtc::rtcp::payload_feedbacks::full_intra_request::FullIntraRequest;
use rtc::rtcp::payload_feedbacks::picture_loss_indication::PictureLossIndication;
use rtc::rtcp::receiver_report::ReceiverReport;
use rtc::rtcp::sender_report::SenderReport;
use rtc::rtcp::transport_feedbacks::transport_layer_nack::TransportLayerNack;

/// Packets one request may ask for again.
const REPEATS_MAX: usize = 64;

/// One packet of a source, seen through.
struct Passing<'a> {
    packet: &'a Opened,
    /// `None` for sound.
    codec: Option<PictureCodec>,
    /// A decoder can start with it.
    entry: bool,
    clock: Option<SenderClock>,
}

impl Chamber {
    /// One packet of a publisher.
    pub fn media(&mut self, id: &EndpointId, packet: &Opened, peers: &mut Peers, now_ms: u64) {
        let Some(source) = self.endpoints.get_mut(id).and_then(|endpoint| endpoint.source.as_mut()) else { return };
        let picture = packet.payload_type == source.choice.picture_type;
        if !picture && packet.payload_type != source.choice.sound_type {
            return;
        }
        let codec = picture.then_some(source.choice.codec);
        let feed = if picture { &mut source.picture } else { &mut source.sound };
        match feed.admit(packet.ssrc, now_ms) {
            Admission::Stranger => return,
            Admission::Begins => self.begins(id, picture),
            Admission::Same => {}
        }
        let Some(passing) = self.count(id, packet, codec, now_ms) else { return };
        self.forward(id, &passing, peers, now_ms);
    }

    fn begins(&mut self, id: &EndpointId, picture: bool) {
        if let Some(endpoint) = self.endpoints.get_mut(id) {
            if picture { endpoint.picture.restart() } else { endpoint.sound.restart() }
        }
        self.restart_feed(id, picture);
    }

    /// Measures one packet; `None` if it was here before.
    fn count<'p>(
        &mut self,
        id: &EndpointId,
        packet: &'p Opened,
        codec: Option<PictureCodec>,
        now_ms: u64,
    ) -> Option<Passing<'p>> {
        let endpoint = self.endpoints.get_mut(id)?;
        let source = endpoint.source.as_mut()?;
        let Some(picture) = codec else {
            let fresh = endpoint.sound.arrived(packet.sequence, packet.timestamp, now_ms);
            return fresh.then_some(Passing { packet, codec: None, entry: true, clock: source.sound.clock });
        };
        if !endpoint.picture.arrived(packet.sequence, packet.timestamp, now_ms) {
            return None;
        }
        let seen = glance(picture, &packet.payload);
        if let Some(frame) = source.frames.arrived(packet.sequence, packet.timestamp, packet.marker, seen) {
            endpoint.picture.completed(frame, now_ms);
        }
        source.gaps.arrived(packet.sequence, now_ms);
        source.history.keep(Packet {
            sequence: packet.sequence,
            timestamp: packet.timestamp,
            marker: packet.marker,
            payload: packet.payload.clone(),
        });
        Some(Passing { packet, codec, entry: seen.entry, clock: source.picture.clock })
    }

    fn forward(&mut self, id: &EndpointId, passing: &Passing<'_>, peers: &mut Peers, now_ms: u64) {
        for (receiver, slot) in self.router.watchers(id) {
            let Some(endpoint) = self.endpoints.get_mut(receiver) else { continue };
            let Some(receiver) = endpoint.receiver.as_mut().filter(|receiver| receiver.live) else { continue };
            if deliver(receiver, *slot, passing, peers, now_ms) {
                endpoint.receive.forwarded();
            }
        }
    }

    /// RTCP of an endpoint.
    pub fn control(
        &mut self,
        id: &EndpointId,
        role: Role,
        packets: &[Box<dyn rtc::rtcp::Packet>],
        peers: &mut Peers,
        now_ms: u64,
    ) {
        for packet in packets {
            let packet = packet.as_any();
            match role {
                Role::Publish => {
                    if let Some(report) = packet.downcast_ref::<SenderReport>() {
                        self.clock(id, report, peers, now_ms);
                    }
                }
                Role::Receive => {
                    if let Some(report) = packet.downcast_ref::<ReceiverReport>() {
                        self.receiver_report(id, report, now_ms);
                    } else if let Some(request) = packet.downcast_ref::<PictureLossIndication>() {
                        self.keyframe_request(id, request.media_ssrc);
                    } else if let Some(request) = packet.downcast_ref::<FullIntraRequest>() {
                        request.fir.iter().for_each(|entry| self.keyframe_request(id, entry.ssrc));
                    } else if let Some(request) = packet.downcast_ref::<TransportLayerNack>() {
                        self.repeat(id, request, peers);
                    }
                }
            }
        }
    }

    /// A publisher tells its clock: everybody who has it in a slot is told, each in the terms of their own tracks.
    fn clock(&mut self, id: &EndpointId, report: &SenderReport, peers: &mut Peers, now_ms: u64) {
        let Some(source) = self.endpoints.get_mut(id).and_then(|endpoint| endpoint.source.as_mut()) else { return };
        let picture = source.picture.ssrc() == Some(report.ssrc);
        if !picture && source.sound.ssrc() != Some(report.ssrc) {
            return;
        }
        let clock = SenderClock { wall: report.ntp_time, rtp: report.rtp_time, arrived_ms: now_ms };
        let feed = if picture { &mut source.picture } else { &mut source.sound };
        feed.clock = Some(clock);
        for (receiver, slot) in self.router.watchers(id) {
            let receiver = self.endpoints.get(receiver).and_then(|endpoint| endpoint.receiver.as_ref());
            let Some(receiver) = receiver.filter(|receiver| receiver.live) else { continue };
            if let Some(seat) = receiver.seats.get(*slot) {
                peers.send_control(receiver.peer, told(seat, picture, &clock));
            }
        }
    }

    fn receiver_report(&mut self, id: &EndpointId, report: &ReceiverReport, now_ms: u64) {
        let Some(endpoint) = self.endpoints.get_mut(id) else { return };
        endpoint.receive.reported(now_ms);
        let Some(receiver) = &endpoint.receiver else { return };
        for block in &report.reports {
            let ours = |seat: &Seat| seat.picture.ssrc() == block.ssrc || seat.sound.ssrc() == block.ssrc;
            if receiver.seats.iter().any(ours) {
                endpoint.receive.block(block.ssrc, block.fraction_lost, block.last_sequence_number);
            }
        }
    }

    fn source_behind(&self, id: &EndpointId, ssrc: u32) -> Option<(usize, EndpointId)> {
        let receiver = self.endpoints.get(id)?.receiver.as_ref()?;
        let slot = receiver.seats.iter().position(|seat| seat.picture.ssrc() == ssrc)?;
        let source = self.router.slots(id).get(slot)?.clone()?;
        Some((slot, source))
    }

    fn keyframe_request(&mut self, id: &EndpointId, ssrc: u32) {
        let Some((_, source)) = self.source_behind(id, ssrc) else { return };
        if let Some(source) = self.endpoints.get_mut(&source).and_then(|endpoint| endpoint.source.as_mut()) {
            source.want_keyframe();
        }
    }

    /// Answers a request for lost packets from the source's one store.
    fn repeat(&mut self, id: &EndpointId, request: &TransportLayerNack, peers: &mut Peers) {
        let Some((slot, source_id)) = self.source_behind(id, request.media_ssrc) else { return };
        let source = self.endpoints.get(&source_id).and_then(|endpoint| endpoint.source.as_ref());
        let receiver = self.endpoints.get(id).and_then(|endpoint| endpoint.receiver.as_ref());
        let (Some(source), Some(receiver)) = (source, receiver) else { return };
        let (Some(seat), Some(payload_type)) =
            (receiver.seats.get(slot), receiver.choice.picture_type(source.choice.codec))
        else {
            return;
        };
        for sequence in request.nacks.iter().flat_map(|pair| *pair).take(REPEATS_MAX) {
            let found = seat.picture.source_sequence(sequence).and_then(|wanted| source.history.find(wanted));
            let Some(packet) = found else { continue };
            let Some(timestamp) = seat.picture.timestamp(packet.timestamp) else { continue };
            let again = Outgoing {
                marker: packet.marker,
                payload_type,
                sequence,
                timestamp,
                ssrc: request.media_ssrc,
                payload: &packet.payload,
            };
            peers.send(receiver.peer, &again);
        }
    }

    /// Asks publishers for what is due: keyframes and lost packets. `true` if something has to be asked again soon.
    pub fn ask(&mut self, peers: &mut Peers, now_ms: u64) -> bool {
        let mut restless = false;
        for endpoint in self.endpoints.values_mut() {
            let Some(source) = endpoint.source.as_mut().filter(|source| source.is_restless()) else { continue };
            if let Some(ssrc) = source.keyframe_due(now_ms) {
                peers.send_control(source.peer, reports::keyframe_wanted(ssrc));
            }
            let missing = source.gaps.due(now_ms);
            if let Some(ssrc) = source.picture.ssrc().filter(|_| !missing.is_empty()) {
                peers.send_control(source.peer, reports::packets_wanted(ssrc, &missing));
            }
            restless |= source.is_restless();
        }
        restless
    }
}

/// Rewrites one packet for one slot and sends it.
fn deliver(receiver: &mut Receiver, slot: usize, passing: &Passing<'_>, peers: &mut Peers, now_ms: u64) -> bool {
    let payload_type = match passing.codec {
        None => Some(receiver.choice.sound_type),
        Some(codec) => receiver.choice.picture_type(codec),
    };
    let (Some(payload_type), Some(seat)) = (payload_type, receiver.seats.get_mut(slot)) else { return false };
    let picture = passing.codec.is_some();
    if picture && seat.awaits_keyframe {
        if !passing.entry {
            return false;
        }
        seat.awaits_keyframe = false;
    }
    let track = if picture { &mut seat.picture } else { &mut seat.sound };
    let first = !track.is_running();
    let packet = passing.packet;
    let Some((sequence, timestamp)) = track.forward(packet.sequence, packet.timestamp, packet.payload.len(), now_ms)
    else {
        return false;
    };
    let outgoing = Outgoing {
        marker: packet.marker,
        payload_type,
        sequence,
        timestamp,
        ssrc: track.ssrc(),
        payload: &packet.payload,
    };
    let sent = peers.send(receiver.peer, &outgoing);
    if let Some(clock) = passing.clock.filter(|_| first) {
        peers.send_control(receiver.peer, told(seat, picture, &clock));
    }
    sent
}

fn told(seat: &Seat, picture: bool, clock: &SenderClock) -> Option<Vec<u8>> {
    let track = if picture { &seat.picture } else { &seat.sound };
    reports::translated(clock, track).and_then(|report| reports::compound(report, &seat.stream))
}
