//! What somebody expects, or expected, on the diagram: a dashed ring beside the name of a state.

use tcp_core::net::HostId;
use tcp_scene::diagram::NodeId;
use yew::prelude::*;

/// The rings of C_m and S_m, of those that are placed. One that is carried is where it would be put down. In words, the panel
/// has them.
pub(in crate::ui) fn ghosts(placed: [Option<NodeId>; 2], carried: Option<(HostId, NodeId)>) -> Html {
    let carried = carried.map(|(host, node)| (usize::from(host == HostId::Server), node));
    let rings = placed.into_iter().enumerate().filter_map(|(at, node)| match carried {
        Some((of, node)) if of == at => Some(ring(at, node, true)),
        _ => Some(ring(at, node?, false)),
    });
    if placed == [None, None] && carried.is_none() {
        return html! {};
    }
    html! { <g class="ghosts" aria-hidden="true">{ for rings }</g> }
}

fn ring(at: usize, node: NodeId, carried: bool) -> Html {
    let node = node.node();
    let (host, text, x) = if at == 0 { ("C", "C?", node.x) } else { ("S", "S?", node.x + node.w) };
    html! {
        <g data-host={host} data-carried={carried.then_some("")} transform={format!("translate({x} {})", node.y)}>
            <circle r="10" /><text text-anchor="middle" dy="0.35em">{ text }</text>
        </g>
    }
}
