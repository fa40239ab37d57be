//! A bad network between the members and the engine: loses, damages and invents datagrams.

use std::collections::HashMap;
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use tokio::net::UdpSocket;

/// Where members send to, and how bad it is.
pub struct Relay {
    pub address: SocketAddr,
    /// The engine's address, once it is known.
    pub engine: Arc<std::sync::Mutex<Option<SocketAddr>>>,
    /// Every n-th media packet in each direction is lost; 0 for none.
    pub lose: Arc<AtomicU32>,
    /// After every n-th datagram to the engine comes a damaged copy of it; 0 for none.
    pub damage: Arc<AtomicU32>,
}

/// RTP and not RTCP (RFC 5761).
fn is_media(datagram: &[u8]) -> bool {
    matches!(datagram, [128..=191, second, ..] if !(192..=223).contains(second))
}

impl Relay {
    pub async fn open() -> Self {
        let front = Arc::new(UdpSocket::bind("127.0.0.1:0").await.expect("a socket"));
        let relay = Self {
            address: front.local_addr().expect("an address"),
            engine: Arc::default(),
            lose: Arc::default(),
            damage: Arc::default(),
        };
        let (engine, lose, damage) = (relay.engine.clone(), relay.lose.clone(), relay.damage.clone());
        tokio::spawn(async move {
            let (mut lines, mut buffer) = (HashMap::<SocketAddr, Arc<UdpSocket>>::new(), vec![0; 2_048]);
            let (mut media, mut all) = (0_u32, 0_u32);
            while let Ok((length, from)) = front.recv_from(&mut buffer).await {
                let engine = engine.lock().expect("unbroken").expect("the engine is known");
                let line = match lines.get(&from) {
                    Some(line) => line.clone(),
                    None => {
                        let line = Arc::new(UdpSocket::bind("127.0.0.1:0").await.expect("a socket"));
                        lines.insert(from, line.clone());
                        tokio::spawn(back(line.clone(), front.clone(), from, lose.clone()));
                        line
                    }
                };
                media += u32::from(is_media(&buffer[..length]));
                all += 1;
                if is_media(&buffer[..length]) && due(&lose, media) {
                    continue;
                }
                let _ = line.send_to(&buffer[..length], engine).await;
                if due(&damage, all) && length > 0 {
                    let place = all as usize * 7 % length;
                    buffer[place] ^= 0x55;
                    let _ = line.send_to(&buffer[..length], engine).await;
                    let _ = line.send_to(&buffer[..all as usize % length], engine).await;
                }
            }
        });
        relay
    }
}

fn due(every: &AtomicU32, count: u32) -> bool {
    let every = every.load(Ordering::Relaxed);
    every != 0 && count.is_multiple_of(every)
}

async fn back(line: Arc<UdpSocket>, front: Arc<UdpSocket>, member: SocketAddr, lose: Arc<AtomicU32>) {
    let (mut buffer, mut media) = (vec![0; 2_048], 0_u32);
    while let Ok((length, _)) = line.recv_from(&mut buffer).await {
        media += u32::from(is_media(&buffer[..length]));
        if is_media(&buffer[..length]) && due(&lose, media) {
            continue;
        }
        let _ = front.send_to(&buffer[..length], member).await;
    }
}
