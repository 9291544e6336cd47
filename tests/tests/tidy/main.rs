//! The tree keeps its own rules: layers, sizes, words, styles, ambient values. Reads files only, so it answers in seconds.
//!
//! Every check is a function over sources, and beside the test that runs it on the tree stands one that plants a fault.

mod ambient;
mod files;
mod floats;
mod glossary;
mod layering;
mod modules;
mod released;
mod sizes;
mod source;
mod style;
mod tenancy;
mod top_level;
