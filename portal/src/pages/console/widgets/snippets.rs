use crate::layout::Chrome;
use leptos::prelude::*;
use leptos::tachys::view::any_view::AnyView;

/// What stands in the snippets in the place of `{{…}}`.
#[derive(Debug, Clone)]
pub struct SnippetPlaces {
    /// The address of the script.
    pub loader: String,
    /// The portal's address.
    pub portal: String,
    /// The creditor's id.
    pub creditor: String,
    /// A listed site.
    pub origin: String,
}

macro_rules! snippets {
    ($($label:literal => $file:literal),+ $(,)?) => {
        [$(($label, include_str!(concat!("../../../../../widgets/snippets/", $file)))),+]
    };
}

/// What goes into the page, by framework.
const PAGES: [(&str, &str); 5] = snippets!(
    "HTML" => "html.html",
    "React" => "react.jsx",
    "Vue" => "vue.vue",
    "Svelte" => "svelte.svelte",
    "WordPress" => "wordpress.php",
);

/// What goes onto the server, by language.
const SERVERS: [(&str, &str); 5] = snippets!(
    "Node" => "node.mjs",
    "Node, EdDSA" => "node-eddsa.mjs",
    "Python" => "python.py",
    "PHP" => "php.php",
    "Rust" => "rust.rs.txt",
);

impl SnippetPlaces {
    /// A snippet as it is copied.
    pub fn fill(&self, snippet: &str) -> String {
        snippet
            .replace("{{loader}}", &self.loader)
            .replace("{{portal}}", &self.portal)
            .replace("{{creditor}}", &self.creditor)
            .replace("{{origin}}", &self.origin)
    }
}

pub(super) fn section(places: &SnippetPlaces, chrome: &Chrome) -> AnyView {
    let shown = |(label, text): &(&'static str, &str)| {
        let text = places.fill(text);
        view! {
            <details class="disclosure">
                <summary>{*label}</summary>
                <pre class="snippet" tabindex="0" aria-label=*label>{text}</pre>
            </details>
        }
    };
    view! {
        <section class="section" aria-labelledby="snippets">
            <h2 class="section-title" id="snippets">{chrome.t("embed-snippets")}</h2>
            <p>{chrome.t("embed-snippets-page")}</p>
            {PAGES.iter().map(shown).collect_view()}
            <p>{chrome.t("embed-snippets-server")}</p>
            {SERVERS.iter().map(shown).collect_view()}
        </section>
    }
    .into_any()
}
