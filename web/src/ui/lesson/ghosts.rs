//! What somebody expects, or expected, on the diagram: a dashed ring beside the name of a state.

use tcp_scene::diagram::NodeId;
use yew::prelude::*;

/// The rings of C_m and S_m, of those that are placed. In words, the panel has them.
pub(in crate::ui) fn ghosts(nodes: [Option<NodeId>; 2]) -> Html {
    html! { <g class="ghosts" aria-hidden="true">{ for nodes.into_iter().enumerate().filter_map(|(at, node)| Some(ring(at, node?))) }</g> }
}

fn ring(at: usize, node: NodeId) -> Html {
    let node = node.node();
    let (host, text, x) = if at == 0 { ("C", "C?", node.x) } else { ("S", "S?", node.x + node.w) };
    html! {
        <g data-host={host} transform={format!("translate({x} {})", node.y)}>
            <circle r="10" /><text text-anchor="middle" dy="0.35em">{ text }</text>
        </g>
    }
}
