//! Drawings that become pictures: the browser draws an SVG on a canvas of its own and makes a PNG of it.

use super::page::save;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::{CanvasRenderingContext2d, HtmlCanvasElement, HtmlImageElement};

/// The most pixels that every browser draws on a canvas.
const MOST: u32 = 16_000_000;

/// Saves the SVG at `address` as a PNG named `file`, with two pixels for each unit of the drawing, or one where that
/// would be too large. Nothing is saved if the browser draws none.
pub(crate) fn save_picture(file: &'static str, address: String) {
    yew::platform::spawn_local(async move {
        if let Some(picture) = picture(&address).await {
            save(file, &picture);
        }
    });
}

/// A PNG as an address of its own.
async fn picture(address: &str) -> Option<String> {
    let image = HtmlImageElement::new().ok()?;
    image.set_src(address);
    JsFuture::from(image.decode()).await.ok()?;
    let (width, height) = (image.natural_width(), image.natural_height());
    let fine = if width.saturating_mul(height) > MOST / 4 { 1 } else { 2 };
    let document = web_sys::window()?.document()?;
    let canvas: HtmlCanvasElement = document.create_element("canvas").ok()?.dyn_into().ok()?;
    canvas.set_width(width * fine);
    canvas.set_height(height * fine);
    let pen: CanvasRenderingContext2d = canvas.get_context("2d").ok()??.dyn_into().ok()?;
    let (width, height) = (f64::from(canvas.width()), f64::from(canvas.height()));
    pen.draw_image_with_html_image_element_and_dw_and_dh(&image, 0.0, 0.0, width, height).ok()?;
    canvas.to_data_url().ok()
}
