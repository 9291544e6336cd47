//! P13: nothing that a person, a file, a program or a provider writes runs as code, formula or header.

mod fields;
mod fill;
mod forms;
mod mails;
mod page;
mod papers;
mod payloads;
mod phones;
mod prey;
mod sheets;
mod shown;
mod uploads;
