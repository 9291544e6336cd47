//! `<saldo-reminder>`: the banner, and the ways to put it away.

use leptos::prelude::*;

use crate::dom::{button, el, line, live, nothing, part};
use crate::mount::Inside;

pub(crate) fn view(inside: Inside) -> AnyView {
    live(move || {
        let view = inside.view();
        let reminder = view.get("reminder");
        if !reminder.is_there() {
            return nothing();
        }
        let words = view.get("words");
        let (to, action) = match reminder.text("action").as_str() {
            "choices" => ("choices", "see_ways"),
            _ => ("pay", "pay"),
        };
        let class = format!("card banner {}", reminder.text("tone"));
        let pairs = [("class", class.as_str()), ("part", "card"), ("role", "status"), ("lang", &view.text("locale"))];
        el(
            "section",
            &pairs,
            vec![
                line("p", "message", reminder.text("text")),
                part(
                    "div",
                    "actions",
                    vec![
                        if inside.may("pay") {
                            button("pay", words.text(action), true, Box::new(move || inside.open(to, Vec::new())))
                        } else {
                            nothing()
                        },
                        button("quiet", words.text("remind_later"), true, Box::new(move || inside.dismiss("later"))),
                        button("quiet", words.text("dismiss"), true, Box::new(move || inside.dismiss("for_good"))),
                    ],
                ),
            ],
        )
    })
}
