//! Errors with which a host refuses a call.

use std::fmt;

/// An error number of a socket call, with its text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Errno {
    /// Nothing available yet; repeat the call after a wake.
    Again,
    /// A connect is under way.
    InProgress,
    /// The address or port is taken.
    AddrInUse,
    /// There is no such local address, or no free local port.
    AddrNotAvail,
    /// The peer answered with RST, or a firewall rejected the SYN.
    ConnRefused,
    /// The peer reset the connection.
    ConnReset,
    /// Somebody on this host ended the connection (`ss -K`).
    ConnAborted,
    /// Nobody answered.
    TimedOut,
    /// The host does not answer on the link, or a firewall reports that it is unreachable.
    HostUnreach,
    /// There is no route.
    NetUnreach,
    /// ICMP: protocol unreachable.
    NoProtoOpt,
    /// Writing after the end of the stream.
    Pipe,
    /// Not connected.
    NotConn,
    /// Already connected.
    IsConn,
    /// The call is not valid for the socket.
    Invalid,
    /// No such socket.
    BadSocket,
    /// This host's firewall dropped the packet.
    NotPermitted,
    /// The user may not do that.
    Access,
    /// There is one of this name.
    Exists,
    /// It is in use.
    Busy,
    /// One would lead to another too often, or in a circle.
    TooManyLinks,
}

impl Errno {
    /// The symbol, such as `ECONNREFUSED`.
    pub const fn symbol(self) -> &'static str {
        match self {
            Errno::Again => "EAGAIN",
            Errno::InProgress => "EINPROGRESS",
            Errno::AddrInUse => "EADDRINUSE",
            Errno::AddrNotAvail => "EADDRNOTAVAIL",
            Errno::ConnRefused => "ECONNREFUSED",
            Errno::ConnReset => "ECONNRESET",
            Errno::ConnAborted => "ECONNABORTED",
            Errno::TimedOut => "ETIMEDOUT",
            Errno::HostUnreach => "EHOSTUNREACH",
            Errno::NetUnreach => "ENETUNREACH",
            Errno::NoProtoOpt => "ENOPROTOOPT",
            Errno::Pipe => "EPIPE",
            Errno::NotConn => "ENOTCONN",
            Errno::IsConn => "EISCONN",
            Errno::Invalid => "EINVAL",
            Errno::BadSocket => "EBADF",
            Errno::NotPermitted => "EPERM",
            Errno::Access => "EACCES",
            Errno::Exists => "EEXIST",
            Errno::Busy => "EBUSY",
            Errno::TooManyLinks => "EMLINK",
        }
    }

    /// The text that strerror returns.
    pub const fn text(self) -> &'static str {
        match self {
            Errno::Again => "Resource temporarily unavailable",
            Errno::InProgress => "Operation now in progress",
            Errno::AddrInUse => "Address already in use",
            Errno::AddrNotAvail => "Cannot assign requested address",
            Errno::ConnRefused => "Connection refused",
            Errno::ConnReset => "Connection reset by peer",
            Errno::ConnAborted => "Software caused connection abort",
            Errno::TimedOut => "Connection timed out",
            Errno::HostUnreach => "No route to host",
            Errno::NetUnreach => "Network is unreachable",
            Errno::NoProtoOpt => "Protocol not available",
            Errno::Pipe => "Broken pipe",
            Errno::NotConn => "Transport endpoint is not connected",
            Errno::IsConn => "Transport endpoint is already connected",
            Errno::Invalid => "Invalid argument",
            Errno::BadSocket => "Bad file descriptor",
            Errno::NotPermitted => "Operation not permitted",
            Errno::Access => "Permission denied",
            Errno::Exists => "File exists",
            Errno::Busy => "Device or resource busy",
            Errno::TooManyLinks => "Too many links",
        }
    }
}

impl fmt::Display for Errno {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.text())
    }
}

impl std::error::Error for Errno {}
