//! The one socket of the engine. What cannot be sent at once waits in a bounded line; what finds no room is dropped
//! and counted, since late media is worth nothing.

use std::collections::VecDeque;
use std::io::{ErrorKind, Result};
use std::net::SocketAddr;
use tokio::net::UdpSocket;

/// Datagrams that wait for the socket.
const BACKLOG_MAX: usize = 4_096;
/// Largest datagram read.
const DATAGRAM_MAX: usize = 2_048;

/// The socket and what waits for it.
pub struct Wire {
    socket: UdpSocket,
    backlog: VecDeque<(SocketAddr, Vec<u8>)>,
    buffer: Vec<u8>,
    /// Datagrams that were not sent.
    pub dropped: u64,
}

impl Wire {
    /// Takes the socket over.
    #[must_use]
    pub fn new(socket: UdpSocket) -> Self {
        Self { socket, backlog: VecDeque::new(), buffer: vec![0; DATAGRAM_MAX], dropped: 0 }
    }

    /// Sends one datagram, or lets it wait.
    pub fn send(&mut self, to: SocketAddr, datagram: &[u8]) {
        if self.backlog.is_empty() {
            match self.socket.try_send_to(datagram, to) {
                Err(error) if error.kind() == ErrorKind::WouldBlock => {}
                Err(_) => {
                    self.dropped = self.dropped.saturating_add(1);
                    return;
                }
                Ok(_) => return,
            }
        }
        if self.backlog.len() >= BACKLOG_MAX {
            self.backlog.pop_front();
            self.dropped = self.dropped.saturating_add(1);
        }
        self.backlog.push_back((to, datagram.to_vec()));
    }

    /// Sends what waits, as far as the socket takes it.
    pub fn flush(&mut self) {
        while let Some((to, datagram)) = self.backlog.front() {
            match self.socket.try_send_to(datagram, *to) {
                Err(error) if error.kind() == ErrorKind::WouldBlock => return,
                Err(_) => self.dropped = self.dropped.saturating_add(1),
                Ok(_) => {}
            }
            self.backlog.pop_front();
        }
    }

    /// One datagram that is already there; `None` if there is none. A reset that a peer's host sent back is passed over.
    pub fn receive(&mut self) -> Option<(SocketAddr, &[u8])> {
        for _ in 0..16 {
            match self.socket.try_recv_from(&mut self.buffer) {
                Ok((length, from)) => return Some((from, self.buffer.get(..length)?)),
                Err(error) if error.kind() == ErrorKind::WouldBlock => return None,
                Err(_) => {}
            }
        }
        None
    }

    /// Waits until something can be read or, if something waits, sent.
    ///
    /// # Errors
    /// The socket is broken.
    pub async fn ready(&self) -> Result<()> {
        let interest = tokio::io::Interest::READABLE;
        let interest = if self.backlog.is_empty() { interest } else { interest.add(tokio::io::Interest::WRITABLE) };
        self.socket.ready(interest).await.map(|_| ())
    }
}
