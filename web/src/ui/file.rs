//! What is saved, as an address that a link can have.

use std::fmt::Write;

/// A file as an address of its own.
pub(super) fn data(mime: &str, file: &[u8]) -> String {
    let mut data = format!("data:{mime};charset=utf-8,");
    for octet in file {
        if octet.is_ascii_alphanumeric() {
            data.push(char::from(*octet));
        } else {
            // Writing to a text cannot fail.
            let _ = write!(data, "%{octet:02X}");
        }
    }
    data
}
