//! Who sits before the screen: size, colours, language, with or without JavaScript.

use std::path::Path;

use serde_json::{Value, json};

/// How a session shows pages.
#[derive(Debug, Clone)]
pub struct Options {
    /// CSS pixels.
    pub width: u32,
    /// CSS pixels.
    pub height: u32,
    /// Whether pages may run scripts.
    pub javascript: bool,
    /// Whether `prefers-color-scheme` is dark.
    pub dark: bool,
    /// What `Accept-Language` asks for.
    pub language: String,
}

impl Default for Options {
    fn default() -> Self {
        Self { width: 1280, height: 900, javascript: true, dark: false, language: "es-MX".to_owned() }
    }
}

impl Options {
    /// The narrowest phone that is promised to work.
    #[must_use]
    pub fn phone() -> Self {
        Self { width: 360, height: 740, ..Self::default() }
    }

    /// The same without JavaScript, and so without WASM.
    #[must_use]
    pub fn without_javascript(self) -> Self {
        Self { javascript: false, ..self }
    }

    /// The same in dark colours.
    #[must_use]
    pub fn dark(self) -> Self {
        Self { dark: true, ..self }
    }

    /// The same with another width and height in CSS pixels.
    #[must_use]
    pub fn sized(self, width: u32, height: u32) -> Self {
        Self { width, height, ..self }
    }

    /// The same in another language (`pt-BR`).
    #[must_use]
    pub fn speaking(self, language: &str) -> Self {
        Self { language: language.to_owned(), ..self }
    }

    pub(super) fn capabilities(&self, chromium: &Path, profile: &Path) -> Value {
        let mut arguments: Vec<String> = [
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--disable-dev-shm-usage",
            "--hide-scrollbars",
        ]
        .map(str::to_owned)
        .to_vec();
        arguments.push(format!("--window-size={},{}", self.width, self.height));
        arguments.push(format!("--user-data-dir={}", profile.display()));
        let mut preferences = json!({"intl.accept_languages": self.language});
        if !self.javascript {
            preferences["profile.managed_default_content_settings.javascript"] = json!(2);
        }
        json!({"capabilities": {"alwaysMatch": {
            "browserName": "chrome",
            "timeouts": {"implicit": 5_000, "pageLoad": 30_000, "script": 30_000},
            "goog:loggingPrefs": {"performance": "ALL", "browser": "ALL"},
            "goog:chromeOptions": {"binary": chromium, "args": arguments, "prefs": preferences},
        }}})
    }

    /// What is set over the DevTools protocol once the session stands: a command and its parameters.
    pub(super) fn emulation(&self) -> Vec<(&'static str, Value)> {
        let scheme = if self.dark { "dark" } else { "light" };
        let features = json!([
            {"name": "prefers-color-scheme", "value": scheme},
            {"name": "prefers-reduced-motion", "value": "reduce"},
        ]);
        let size =
            json!({"width": self.width, "height": self.height, "deviceScaleFactor": 1, "mobile": self.width < 600});
        vec![
            ("Emulation.setEmulatedMedia", json!({"features": features})),
            ("Emulation.setDeviceMetricsOverride", size),
        ]
    }
}
