//! Builds the bundles.
fn main() {}
