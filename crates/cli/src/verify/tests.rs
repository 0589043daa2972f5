//! The comparison can fail: an outcome that is damaged in one aspect is reported in that aspect.
