//! The product from outside its doors: who may, what is answered, and that money and messages move once.

mod health;
mod support;
