//! The transfer through smoltcp at its defaults: two sockets of one interface on its loopback device.

use super::{Pattern, Run, TOTAL, timed};
use crate::error::Error;
use smoltcp::iface::{Config, Interface, SocketHandle, SocketSet};
use smoltcp::phy::{Device, DeviceCapabilities, Loopback, Medium, TxToken};
use smoltcp::socket::tcp;
use smoltcp::time::{Duration, Instant};
use smoltcp::wire::{HardwareAddress, IpAddress, IpCidr, Ipv4Packet, TcpPacket};
use std::fmt::Debug;

const MTU: usize = 1500;
const BUFFER: usize = 64 << 10;
const PORT: u16 = 5555;
const ADDRESS: IpAddress = IpAddress::v4(127, 0, 0, 1);

/// Polls without an octet received after which the transfer counts as stopped.
const PATIENCE: u32 = 1_000_000;

/// smoltcp's own loopback with a link's MTU, counting the data segments that are sent on it.
struct Counted {
    loopback: Loopback,
    data_segments: usize,
}

struct CountedTx<'a> {
    token: <Loopback as Device>::TxToken<'a>,
    data_segments: &'a mut usize,
}

impl TxToken for CountedTx<'_> {
    fn consume<R, F: FnOnce(&mut [u8]) -> R>(self, len: usize, fill: F) -> R {
        self.token.consume(len, |octets| {
            let result = fill(octets);
            *self.data_segments += usize::from(carries_data(octets));
            result
        })
    }
}

/// Whether the packet is a TCP segment with data in it.
fn carries_data(packet: &[u8]) -> bool {
    let Ok(ip) = Ipv4Packet::new_checked(packet) else { return false };
    TcpPacket::new_checked(ip.payload()).is_ok_and(|segment| !segment.payload().is_empty())
}

impl Device for Counted {
    type RxToken<'a> = <Loopback as Device>::RxToken<'a>;
    type TxToken<'a> = CountedTx<'a>;

    fn capabilities(&self) -> DeviceCapabilities {
        let mut capabilities = self.loopback.capabilities();
        capabilities.max_transmission_unit = MTU;
        capabilities
    }

    fn receive(&mut self, now: Instant) -> Option<(Self::RxToken<'_>, CountedTx<'_>)> {
        let (received, token) = self.loopback.receive(now)?;
        Some((received, CountedTx { token, data_segments: &mut self.data_segments }))
    }

    fn transmit(&mut self, now: Instant) -> Option<CountedTx<'_>> {
        let token = self.loopback.transmit(now)?;
        Some(CountedTx { token, data_segments: &mut self.data_segments })
    }
}

pub(super) fn transfer(pattern: &Pattern) -> Result<Run, Error> {
    let mut device = Counted { loopback: Loopback::new(Medium::Ip), data_segments: 0 };
    let mut run = timed(|| carry(&mut device, pattern))?;
    run.segments = device.data_segments;
    Ok(run)
}

fn carry(device: &mut Counted, pattern: &Pattern) -> Result<usize, Error> {
    let mut now = Instant::from_micros(0);
    let mut interface = Interface::new(Config::new(HardwareAddress::Ip), device, now);
    let mut full = false;
    interface.update_ip_addrs(|addresses| full = addresses.push(IpCidr::new(ADDRESS, 8)).is_err());
    if full {
        return Err(Error::Smoltcp("no room for an address".to_owned()));
    }
    let mut sockets = SocketSet::new(Vec::new());
    let (receiver, sender) = (sockets.add(socket()), sockets.add(socket()));
    sockets.get_mut::<tcp::Socket<'_>>(receiver).listen(PORT).map_err(odd)?;
    let connecting = sockets.get_mut::<tcp::Socket<'_>>(sender);
    connecting.connect(interface.context(), (ADDRESS, PORT), 49_152).map_err(odd)?;
    let (mut sent, mut received, mut idle) = (0, 0, 0);
    while received < TOTAL {
        interface.poll(now, device, &mut sockets);
        let before = received;
        received = receive(&mut sockets, receiver, pattern, received)?;
        sent = send(&mut sockets, sender, pattern, sent)?;
        idle = if received > before { 0 } else { idle + 1 };
        if idle > PATIENCE {
            return Err(Error::Stopped(received));
        }
        now += Duration::from_micros(10);
    }
    Ok(0)
}

fn socket() -> tcp::Socket<'static> {
    let buffer = || tcp::SocketBuffer::new(vec![0; BUFFER]);
    tcp::Socket::new(buffer(), buffer())
}

/// Writes as much as the socket takes.
fn send(
    sockets: &mut SocketSet<'_>,
    sender: SocketHandle,
    pattern: &Pattern,
    mut sent: usize,
) -> Result<usize, Error> {
    let socket = sockets.get_mut::<tcp::Socket<'_>>(sender);
    while sent < TOTAL && socket.can_send() {
        sent += socket.send_slice(pattern.piece(sent)).map_err(odd)?;
    }
    Ok(sent)
}

/// Reads everything that arrived, and compares it.
fn receive(
    sockets: &mut SocketSet<'_>,
    receiver: SocketHandle,
    pattern: &Pattern,
    mut received: usize,
) -> Result<usize, Error> {
    let socket = sockets.get_mut::<tcp::Socket<'_>>(receiver);
    while socket.can_recv() {
        let at = received;
        received = socket.recv(|data| (data.len(), pattern.check(at, data))).map_err(odd)??;
    }
    Ok(received)
}

fn odd(error: impl Debug) -> Error {
    Error::Smoltcp(format!("{error:?}"))
}
