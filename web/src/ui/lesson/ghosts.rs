//! What somebody expects, or expected, on the diagram: a dashed ring beside the name of a state.

use tcp_core::net::HostId;
use tcp_scene::diagram::{NodeId, Point};
use yew::prelude::*;

/// The rings of C_m and S_m, of those that are placed. One that is carried is where it would be put down. In words, the panel
/// has them. `at` says where a point of the whole drawing is on the sheet.
pub(in crate::ui) fn ghosts(
    placed: [Option<NodeId>; 2],
    carried: Option<(HostId, NodeId)>,
    at: fn(Point) -> Point,
) -> Html {
    let carried = carried.map(|(host, node)| (usize::from(host == HostId::Server), node));
    let rings = placed.into_iter().enumerate().filter_map(|(host, node)| match carried {
        Some((of, node)) if of == host => Some(ring(host, node, at, true)),
        _ => Some(ring(host, node?, at, false)),
    });
    if placed == [None, None] && carried.is_none() {
        return html! {};
    }
    html! { <g class="ghosts" aria-hidden="true">{ for rings }</g> }
}

fn ring(host: usize, node: NodeId, at: fn(Point) -> Point, carried: bool) -> Html {
    let node = node.node();
    let (host, text, x) = if host == 0 { ("C", "C?", node.x) } else { ("S", "S?", node.x + node.w) };
    let Point { x, y } = at(Point { x, y: node.y });
    html! {
        <g data-host={host} data-carried={carried.then_some("")} transform={format!("translate({x} {y})")}>
            <circle r="10" /><text text-anchor="middle" dy="0.35em">{ text }</text>
        </g>
    }
}
