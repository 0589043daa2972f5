//! What each edge of the transition table means, in one sentence for the learner.

use State::{
    CloseWait, Closed, Closing, Established, FinWait1, FinWait2, LastAck, Listen, SynReceived, SynSent,
    TimeWait,
};
use tcp_core::tcp::{Row, State, Trigger};

/// The sentence of a row. A test sees that every row of the table has one.
pub(super) const fn row(row: &Row) -> &'static str {
    match (row.from, row.trigger) {
        (Closed, Trigger::PassiveOpen) => "The server waits to be asked.",
        (Closed, Trigger::ActiveOpen) => "connect() sends a SYN and waits for the answer.",
        (Listen, Trigger::Syn) => "A client asks; the server answers and waits for the third segment.",
        (Listen, Trigger::SendData) => {
            "A listener that sends becomes the one who asks. Sockets do not offer this."
        }
        (SynReceived, Trigger::Rst) => "The client takes its request back.",
        (SynSent, Trigger::Syn) => "Both ends ask at the same time.",
        (SynSent, Trigger::SynAckOfSyn) => "The server answered; the client confirms and is connected.",
        (SynSent, Trigger::Retry) => "No answer in time: the same SYN again.",
        (SynReceived, Trigger::AckOfSyn) => "The third segment arrived: both ends are connected.",
        (SynReceived, Trigger::Close) => "Closed before the handshake was complete.",
        (Established, Trigger::Data) => "Data came in order and is acknowledged.",
        (Established, Trigger::Close) => "This end has no more to send.",
        (FinWait1, Trigger::AckOfFin) => "The peer knows that we are done; it may go on sending.",
        (FinWait1, Trigger::Fin) => "Both ends closed at the same time: our FIN is not covered yet.",
        (FinWait1, Trigger::FinAndAckOfFin) => {
            "The peer's FIN also acknowledges ours: it is the number that decides, not the flag."
        }
        (FinWait2, Trigger::Fin) => "The peer is done too.",
        (Closing, Trigger::AckOfFin) => "Now our FIN is covered as well.",
        (TimeWait, Trigger::TimeWaitOver) => "Long enough: no old segment can arrive any more.",
        (Established, Trigger::Fin) => "The peer has no more to send; our program has still to close.",
        (CloseWait, Trigger::SendData) => "Half-closed: this direction is still open.",
        (CloseWait, Trigger::Ack) => "The peer acknowledges what we still send.",
        (CloseWait, Trigger::Close) => "Now this end is done too.",
        (LastAck, Trigger::AckOfFin) => "Our FIN is acknowledged: nothing is left.",
        (Closed, Trigger::Stray) => "Nobody is here: the answer is a reset.",
        (Listen, Trigger::Close) | (Listen, Trigger::Abort) => "The server stops listening.",
        (SynSent, Trigger::Close) => "The program ends before an answer came; nothing is sent.",
        (SynSent, Trigger::Abort) => "The program ends before an answer came; nothing is sent.",
        (SynSent, Trigger::RstOfOpen) => "Connection refused: the answer is a reset.",
        (SynSent, Trigger::Unreachable) => "An ICMP error, or the link, says that there is no way.",
        (SynSent, Trigger::GiveUp) => "Connection timed out: no answer to any try.",
        (SynReceived, Trigger::SynAgain) => "The SYN came again: so does the answer.",
        (SynReceived, Trigger::Retry) => "No third segment in time: the same SYN|ACK again.",
        (SynReceived, Trigger::GiveUp) => "The third segment never came: the entry is forgotten.",
        (SynReceived, Trigger::NotSent) => {
            "The host's own firewall refused the SYN|ACK: the entry is forgotten at its first timer."
        }
        (SynReceived, Trigger::RstOfOpen) => "Connection refused.",
        (SynReceived, Trigger::Unreachable) => "The network says that there is no way.",
        (SynReceived, Trigger::Abort)
        | (FinWait1, Trigger::Abort)
        | (FinWait2, Trigger::Abort)
        | (Closing, Trigger::Abort)
        | (TimeWait, Trigger::Abort)
        | (LastAck, Trigger::Abort) => "Given up by this end.",
        (Established, Trigger::SendData) => "Data is sent.",
        (Established, Trigger::Ack) => "The peer has what was sent.",
        (Established, Trigger::Retry) | (CloseWait, Trigger::Retry) => {
            "No acknowledgement in time: the same data again."
        }
        (Established, Trigger::GiveUp) | (CloseWait, Trigger::GiveUp) => {
            "The peer never acknowledged: the connection is given up."
        }
        (Established, Trigger::Rst) | (FinWait1, Trigger::Rst) | (FinWait2, Trigger::Rst) => {
            "Connection reset by peer."
        }
        (Established, Trigger::Abort) | (CloseWait, Trigger::Abort) => {
            "Ended at once: a reset tells the peer."
        }
        (FinWait1, Trigger::Data) | (FinWait2, Trigger::Data) => "Half-closed: the peer goes on sending.",
        (FinWait1, Trigger::Ack) | (LastAck, Trigger::Ack) => "The peer has our data, but not yet our FIN.",
        (FinWait1, Trigger::Retry) | (Closing, Trigger::Retry) | (LastAck, Trigger::Retry) => {
            "No acknowledgement of our FIN in time: again."
        }
        (FinWait1, Trigger::GiveUp) => "Nobody acknowledged our FIN.",
        (FinWait1, Trigger::DataForNobody) | (FinWait2, Trigger::DataForNobody) => {
            "Data came for a program that is gone: a reset tells the peer."
        }
        (Established | FinWait2 | CloseWait, Trigger::KeepaliveOver) => {
            "No keepalive probe was answered: the connection is given up, and a reset says so."
        }
        (FinWait2, Trigger::OrphanOver) => {
            "No program holds the socket and the peer never closed: forgotten."
        }
        (FinWait2 | TimeWait, Trigger::NoRoom) => {
            "Too many connections wait on this host: forgotten at once."
        }
        (Closing, Trigger::FinAgain) | (CloseWait, Trigger::FinAgain) | (LastAck, Trigger::FinAgain) => {
            "The peer's FIN came again."
        }
        (Closing, Trigger::GiveUp) => "Nobody acknowledged our FIN.",
        (Closing, Trigger::Rst) | (TimeWait, Trigger::Rst) => "The peer has forgotten the connection.",
        (TimeWait, Trigger::FinAgain) => {
            "The FIN came again: so does the last ACK, and the wait starts again."
        }
        (TimeWait, Trigger::NewSyn) => "A new connection with the same tuple takes its place.",
        (CloseWait, Trigger::Rst) => "The peer's program is gone altogether.",
        (LastAck, Trigger::GiveUp) => "Nobody acknowledged our FIN.",
        (LastAck, Trigger::Rst) => "The peer has forgotten the connection.",
        _ => "",
    }
}
