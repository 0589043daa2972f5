//! What somebody expects, or expected, on the diagram: a dashed ring beside the name of a state.

use tcp_core::tcp::State;
use tcp_scene::diagram::{NODES, NodeId};
use yew::prelude::*;

/// The rings of C_m and S_m, of those that are placed. In words, the panel has them.
pub(in crate::ui) fn ghosts(states: [Option<State>; 2]) -> Html {
    html! { <g class="ghosts" aria-hidden="true">{ for states.into_iter().enumerate().filter_map(|(at, state)| ring(at, state?)) }</g> }
}

fn ring(at: usize, state: State) -> Option<Html> {
    // Whoever expects CLOSED may mean either: the one at the beginning.
    let node = NODES.iter().find(|node| node.state == state && node.id != NodeId::End)?;
    let (host, text, x) = if at == 0 { ("C", "C?", node.x) } else { ("S", "S?", node.x + node.w) };
    Some(html! {
        <g data-host={host} transform={format!("translate({x} {})", node.y)}>
            <circle r="10" /><text text-anchor="middle" dy="0.35em">{ text }</text>
        </g>
    })
}
