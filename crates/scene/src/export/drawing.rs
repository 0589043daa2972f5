//! Drawings that stand by themselves: SVG with its style inside, in light colours, for a browser or what it prints.

use crate::diagram::{Marks, SIZE, shapes, sheet};
use crate::ladder::{Drawing, HEAD, LANE, WIDTH, Zoom, heads};
use crate::model::{Look, View};
use crate::shape::Shape;
use crate::words::{Message, Page, Say};
use tcp_course::Session;

/// Room around a drawing.
const MARGIN: i32 = 8;

/// The state machine with both hosts on it.
pub(super) fn diagram(session: &Session, look: &Look, say: Say) -> String {
    let marks = Marks::from(&crate::scene(session.lab(), look).machine);
    let style = style(include_str!("../../../../web/styles/diagram.css"));
    sheet(&marks, say).sized(SIZE).with([style, ground()]).with(shapes(&marks, say)).to_svg()
}

/// The ladder, up to the playhead.
pub(super) fn ladder(session: &Session, look: &Look, say: Say) -> String {
    let look = Look { view: View::Ladder, ..look.clone() };
    let scene = crate::scene(session.lab(), &look);
    let ladder = scene.ladder.unwrap_or_default();
    let drawing = Drawing::of(&ladder, Zoom::default(), say);
    let earlier = (ladder.earlier > 0).then(|| {
        let text = Shape::text(WIDTH / 2, 10, say(&Message::EarlierSegments(ladder.earlier)));
        text.attr("class", "when").attr("text-anchor", "middle")
    });
    let top = HEAD + if earlier.is_some() { 16 } else { 0 };
    let moved =
        |down: i32| Shape::new("g").attr("transform", format!("translate({MARGIN} {})", MARGIN + down));
    let now = Shape::path("line", format!("M{} 0H{}", LANE.0, LANE.1));
    let now = Shape::group("now")
        .attr("transform", format!("translate(0 {})", drawing.place(scene.now)))
        .with([now]);
    let (width, height) = (WIDTH + 2 * MARGIN, drawing.height + top + 2 * MARGIN);
    Shape::sheet("lifelines", (width, height), say(&Message::Page(Page::Ladder)))
        .sized((width, height))
        .with([style(include_str!("../../../../web/styles/ladder.css")), ground()])
        .with([moved(0).with(heads(&ladder, say)), moved(HEAD).with(earlier)])
        .with([moved(top).with(drawing.shapes).with([now]).with(drawing.due)])
        .to_svg()
}

/// The page's light colours, and how the drawing looks.
fn style(drawing: &'static str) -> Shape {
    let tokens = include_str!("../../../../web/styles/tokens.css");
    let lines = || tokens.lines().map(str::trim);
    let colours =
        lines().take_while(|line| !line.starts_with("--screen")).filter(|line| line.starts_with("--"));
    let phases = lines().filter(|line| line.starts_with("[data-phase"));
    let mut text = "\n:root { color-scheme: light;\n".to_owned();
    for line in colours.chain(["}"]).chain(phases) {
        text += line;
        text.push('\n');
    }
    text += ".ground { fill: var(--panel); }\n.touch { fill: none; }\n";
    text += drawing;
    Shape { text: text.into(), ..Shape::new("style") }
}

fn ground() -> Shape {
    Shape::new("rect").attr("class", "ground").attr("width", "100%").attr("height", "100%")
}
