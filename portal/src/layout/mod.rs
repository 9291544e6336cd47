//! What all pages share: the document, the creditor's look, words and forms of the reader.

mod brand;
pub mod chart;
mod chrome;
mod contrast;
mod document;
pub mod forms;
pub mod icons;
pub mod prices;
pub mod words;

pub use brand::{Branding, brand_css, brand_css_path};
pub use chrome::{Assets, Chrome};
pub use document::{Page, Screen, Width, fragment, render};
