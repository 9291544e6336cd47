//! What people do, in a real browser. One binary, so that all of it shares one ChromeDriver.

#[cfg(feature = "product")]
mod agreeing;
#[cfg(feature = "product")]
mod choosing;
#[cfg(feature = "product")]
mod console;
#[cfg(feature = "product")]
mod editors;
mod harness;
#[cfg(feature = "product")]
mod links;
#[cfg(feature = "product")]
mod looks;
#[cfg(feature = "product")]
mod outcomes;
#[cfg(feature = "product")]
mod paying;
#[cfg(feature = "product")]
mod reminding;
mod same_rules;
#[cfg(feature = "product")]
mod scanner;
#[cfg(feature = "product")]
mod stand;
#[cfg(feature = "product")]
mod tabs;
#[cfg(feature = "product")]
mod terms;
#[cfg(feature = "product")]
mod widget;
#[cfg(feature = "product")]
mod widgets;
#[cfg(feature = "product")]
mod wire;
