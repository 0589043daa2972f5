use super::*;
use tcp_core::tcp::TABLE;

#[test]
fn every_row_has_its_sentence() {
    for row in TABLE {
        assert!(en::row(row).ends_with('.'), "{} {}", row.from, row.trigger);
    }
}
