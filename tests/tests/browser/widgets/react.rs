//! The package's React components in a React 19 app, bundled as a business would bundle it.

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use saldo_tests::browser::Options;
use saldo_tests::needs;

use super::SHOWS;
use super::fake::{Fake, Site};

const PACKAGES: &str =
    r#"{"private": true, "dependencies": {"react": "19.3.1", "react-dom": "19.3.1", "esbuild": "0.28.2"}}"#;

/// A page that renders, hears, changes and takes away.
const APP: &str = r#"
import { StrictMode, createElement as h, useState } from "react";
import { createRoot } from "react-dom/client";
import { loadSaldo } from "../../../../widgets/npm/index.js";
import { SaldoBalance, SaldoPay } from "../../../../widgets/npm/react.js";

const App = () => {
  const [ready, setReady] = useState(0);
  const [there, setThere] = useState(true);
  const [token, setToken] = useState("old");
  const refresh = async () => { setToken("fresh"); return "fresh"; };
  return h("div", null,
    h("p", { id: "ready" }, String(ready)),
    h("button", { id: "toggle", onClick: () => setThere(!there) }, "toggle"),
    there && h(SaldoBalance, { token, refresh, returnUrl: location.href, onReady: () => setReady((count) => count + 1) },
      h("a", { href: "/own" }, "Mi cuenta")),
    h(SaldoPay, { token, refresh }));
};
loadSaldo(window.server).then(() => createRoot(document.getElementById("app")).render(h(StrictMode, null, h(App))));
"#;

/// The app as one script; none where npm is absent or reaches no registry.
fn bundle() -> Option<Vec<u8>> {
    let folder: PathBuf = needs::target_folder("tests-tools/react");
    let run = |program: &str, arguments: &[&str]| {
        let status = Command::new(program).args(arguments).current_dir(&folder).status();
        status.is_ok_and(|status| status.success())
    };
    if !folder.join("node_modules/react-dom").is_dir() {
        fs::write(folder.join("package.json"), PACKAGES).expect("the target folder is writable");
        if !run("npm", &["install", "--silent", "--no-audit", "--no-fund"]) {
            needs::skipped("npm with its registry");
            return None;
        }
    }
    let npm = needs::top().join("widgets/npm");
    fs::write(folder.join("app.js"), APP.replace("../../../../widgets/npm", &npm.display().to_string()))
        .expect("the target folder is writable");
    let arguments =
        ["app.js", "--bundle", "--minify", "--outfile=bundle.js", "--define:process.env.NODE_ENV=\"production\""];
    let bundled = Command::new(folder.join("node_modules/.bin/esbuild"))
        .args(arguments)
        .env("NODE_PATH", folder.join("node_modules"))
        .current_dir(&folder)
        .output()
        .expect("esbuild runs");
    assert!(bundled.status.success(), "{}", String::from_utf8_lossy(&bundled.stderr));
    Some(fs::read(folder.join("bundle.js")).expect("esbuild wrote it"))
}

#[tokio::test(flavor = "multi_thread")]
async fn a_react_app_shows_hears_and_renews() {
    let Some(fake) = Fake::open().await else { return };
    let Some(app) = tokio::task::spawn_blocking(bundle).await.expect("it is bundled") else { return };
    let body = format!(
        "<div id=app></div><script>window.server = '{}'</script><script src=/app.js></script>",
        fake.origin.url
    );
    let mut site = Site::new("", &body);
    site.files.push(("/app.js", app));
    let Some((browser, _site)) = fake.visit(site, Options::default()).await else { return };
    browser.wait_until(SHOWS, &["saldo-balance".into(), "$4,793.25".into()]).await;
    browser.wait_for_text("#ready", "1").await;
    let tokens: Vec<String> = fake.asked().iter().map(|asked| asked["token"].to_string()).collect();
    assert_eq!(tokens.first().map(String::as_str), Some("\"old\""));
    assert!(tokens[1..].iter().all(|token| token == "\"fresh\""), "{tokens:?}");
    browser.click("#toggle").await;
    browser.wait_until("return document.querySelector('saldo-balance') === null", &[]).await;
    browser.click("#toggle").await;
    browser.wait_until(SHOWS, &["saldo-balance".into(), "$4,793.25".into()]).await;
    let field = "return document.querySelector('saldo-pay').shadowRoot.querySelector('[name=token]').value";
    assert_eq!(browser.execute(field, &[]).await, "fresh");
    // Chromium itself logs the request whose token had ended.
    let errors = browser.console_errors().await;
    assert!(errors.iter().all(|error| error.contains("401")), "{errors:?}");
}
