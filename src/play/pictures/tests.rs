use super::*;
use openh264::decoder::Decoder;
use openh264::formats::YUVSource;
use rtc::rtp::codec::h264::H264Packet;
use rtc::rtp::packetizer::Depacketizer;

/// What a receiver hands to its decoder: the access unit put together from the RTP payloads.
fn access_unit(picture: &Picture) -> Vec<u8> {
    let mut packet = H264Packet::default();
    picture.payloads.iter().flat_map(|payload| packet.depacketize(payload).unwrap().to_vec()).collect()
}

fn decode(decoder: &mut Decoder, picture: &Picture) -> Vec<u8> {
    let unit = access_unit(picture);
    let yuv = decoder.decode(&unit).unwrap().expect("every access unit gives one picture at once");
    assert_eq!(yuv.dimensions(), (WIDTH, HEIGHT));
    let mut rgb = vec![0; WIDTH * HEIGHT * 3];
    yuv.write_rgb8(&mut rgb);
    rgb
}

/// Mean distance of two pictures in steps of 255.
fn distance(one: &[u8], other: &[u8]) -> f64 {
    let sum: u64 = one.iter().zip(other).map(|(a, b)| u64::from(a.abs_diff(*b))).sum();
    sum as f64 / one.len() as f64
}

#[test]
fn the_loop_decodes_moves_and_is_what_was_drawn() {
    let pictures = PictureLoop::encode(7).unwrap();
    let mut decoder = Decoder::new().unwrap();
    let decoded: Vec<_> = pictures.pictures().iter().map(|picture| decode(&mut decoder, picture)).collect();
    assert_eq!(decoded.len(), LOOP_PICTURES);
    for (index, picture) in decoded.iter().enumerate() {
        assert!(
            distance(picture, &portrait::draw(7, index, LOOP_PICTURES)) < 6.0,
            "picture {index} shows what was drawn"
        );
        let next = &decoded[(index + 1) % decoded.len()];
        assert!(distance(picture, next) > 0.3, "picture {index} differs from its successor");
    }
}

#[test]
fn only_the_first_is_a_key_picture_and_carries_its_parameter_sets() {
    let pictures = PictureLoop::encode(3).unwrap();
    let keys: Vec<_> = pictures.pictures().iter().map(|picture| picture.keyframe).collect();
    assert!(keys[0] && keys[1..].iter().all(|key| !key));
    let first = access_unit(&pictures.pictures()[0]);
    let kinds: Vec<_> = openh264::nal_units(&first).map(|unit| unit[3] & 0x1f).collect();
    assert_eq!(kinds[..3], [7, 8, 5], "SPS, PPS, IDR slice");
    let parameters = openh264::nal_units(&first).next().unwrap();
    assert_eq!(parameters[4], 66, "baseline");
    assert_eq!(parameters[5] & 0x40, 0x40, "constraint_set1: constrained baseline");
    assert!(parameters[6] <= 31, "level at most 3.1");
    for picture in &pictures.pictures()[1..] {
        let unit = access_unit(picture);
        assert!(openh264::nal_units(&unit).all(|unit| unit[3] & 0x1f == 1));
    }
}

#[test]
fn a_restart_in_the_middle_of_the_loop_decodes_cleanly() {
    let pictures = Arc::new(PictureLoop::encode(12).unwrap());
    let mut reel = Reel::new(Arc::clone(&pictures));
    let mut decoder = Decoder::new().unwrap();
    let opening = decode(&mut decoder, reel.advance(false));
    for _ in 1..LOOP_PICTURES / 2 {
        decode(&mut decoder, reel.advance(false));
    }
    let restarted = reel.advance(true);
    assert!(restarted.keyframe);
    assert_eq!(decode(&mut decoder, restarted), opening, "the same picture to the last pixel: nothing was left over");
    let mut other = Decoder::new().unwrap();
    decode(&mut other, &pictures.pictures()[0]);
    assert_eq!(decode(&mut decoder, reel.advance(false)), decode(&mut other, &pictures.pictures()[1]));
}

#[test]
fn many_requests_do_not_make_every_picture_a_key_picture() {
    let mut reel = Reel::new(Arc::new(PictureLoop::encode(1).unwrap()));
    let keys = (0..9).filter(|_| reel.advance(true).keyframe).count();
    assert_eq!(keys, 3);
}

#[test]
fn payloads_fit_a_packet_and_the_loop_is_light() {
    let pictures = PictureLoop::encode(13).unwrap();
    let payloads = || pictures.pictures().iter().flat_map(|picture| &picture.payloads);
    assert!(payloads().all(|payload| payload.len() <= PAYLOAD_BYTES));
    let bits = payloads().map(Bytes::len).sum::<usize>() * 8;
    assert!(bits / 4 < 200_000, "{} bit/s", bits / 4);
}

#[test]
fn seats_look_different() {
    let first: Vec<_> = (1..=13).map(|seat| portrait::draw(seat, 0, LOOP_PICTURES)).collect();
    for one in 0..first.len() {
        for other in one + 1..first.len() {
            assert!(distance(&first[one], &first[other]) > 5.0, "seats {} and {}", one + 1, other + 1);
        }
    }
}
