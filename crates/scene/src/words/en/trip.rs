//! The state machine's pieces, and the ways to them, in English.

use super::{figure, page};
use crate::names::article_name;
use crate::words::Trip;
use tcp_core::net::HostId;
use tcp_core::tcp::{State, TABLE};
use tcp_course::scenes::{Goal, Law};

pub(super) fn trip(trip: Trip) -> String {
    match trip {
        Trip::Node(node) => figure::name(node).to_owned(),
        Trip::Means(node) => figure::meaning(node).to_owned(),
        Trip::Edge(row) => TABLE.get(row).map_or_else(String::new, figure::way),
        Trip::Says(row) => TABLE.get(row).map_or("", super::row).to_owned(),
        Trip::Entered(host) => format!("{host} entered it"),
        Trip::Took(host) => format!("{host} took it"),
        Trip::Take(host) => format!("Take {host} there"),
        Trip::TakeMe => "Take me there".to_owned(),
        Trip::Length { lines: 0, .. } => "Nothing is typed: neither end has a socket.".to_owned(),
        Trip::Length { lines: 1, span } if span.is_zero() => "1 line, at once".to_owned(),
        Trip::Length { lines, span } if span.is_zero() => format!("{lines} lines, at once"),
        Trip::Length { lines: 1, span } => format!("1 line, {}", page::span(span)),
        Trip::Length { lines, span } => format!("{lines} lines, {}", page::span(span)),
        Trip::AtBeginning => "It is so at the beginning.".to_owned(),
        Trip::NotFound => "No way there is known.".to_owned(),
        Trip::Only(profile) => {
            format!("A way is known only where the hosts behave as {}.", page::profile(profile))
        }
        Trip::To(Goal::State(host, state)) => format!("{host} to {}", article_name(state)),
        Trip::To(Goal::Row(row)) => format!("The edge {}", self::trip(Trip::Edge(row))),
        Trip::To(Goal::Pair(pair)) => self::pair(pair),
        Trip::OnTheWay => "This is the simplest way there that is known.".to_owned(),
        Trip::There(Goal::State(host, state)) => format!("Here it is: {host} is in {}.", article_name(state)),
        Trip::There(Goal::Row(row)) => format!("It was just taken. {}", self::trip(Trip::Says(row))),
        Trip::There(Goal::Pair([client, server])) => {
            let [client, server] = [client, server].map(article_name);
            format!("Here it is: {} is in {client}, {} in {server}.", HostId::Client, HostId::Server)
        }
        Trip::Pair(states) => pair(states),
        Trip::Excluded(law, states) => excluded(law, states),
    }
}

/// It holds for the segments of one connection; the table says so.
fn excluded(law: Law, [knows, peer]: [State; 2]) -> String {
    let [knows, peer] = [knows, peer].map(article_name);
    match law {
        Law::FinWasSent => {
            format!("It cannot be: {knows} has received a FIN, and an end in {peer} has not sent one.")
        }
        Law::FinWasReceived => {
            format!(
                "It cannot be: {knows} knows that its FIN arrived, and an end in {peer} has received none."
            )
        }
        Law::FinAcknowledges if knows == peer => {
            format!("It cannot be: an end in {knows} closed second, and both cannot have done that.")
        }
        Law::FinAcknowledges => format!(
            "It cannot be: {knows} closed second, so its FIN acknowledges the other's; {peer} received one that did not."
        ),
    }
}

fn pair([client, server]: [State; 2]) -> String {
    let [client, server] = [client, server].map(article_name);
    format!("{} {client}, {} {server}", HostId::Client, HostId::Server)
}
