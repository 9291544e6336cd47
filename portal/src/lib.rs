//! What people see: debtor pages and the finance console.
//!
//! A page is a plain struct that implements [`Screen`]; [`render`] makes one complete document of it. Forms work without
//! scripts; what moves in the browser is an island.

pub mod islands;

#[cfg(feature = "ssr")]
pub mod layout;
#[cfg(feature = "ssr")]
pub mod pages;
#[cfg(feature = "ssr")]
pub mod routes;

#[cfg(feature = "hydrate")]
mod hydrate;

#[cfg(feature = "ssr")]
pub use layout::{Assets, Branding, Chrome, Page, Screen, brand_css, brand_css_path, render};
