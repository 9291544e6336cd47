//! `saldo` alone: a demo business with debtors, a shop that embeds a widget, and links that work.

mod sample;
mod terms;

use super::serve::{log, run};
use super::{Outcome, Role, boot};
use saldo_app::App;
use saldo_app::config::{Config, ServerMode};
use saldo_app::flows::create_creditor::{self, CreateCreditor};
use saldo_app::flows::import_invoices::{ImportWish, Importer, Reading};
use saldo_app::flows::{api_key, console_session, put_debtor, send_fresh_link, update_creditor};
use saldo_contract::creditor::UpdateCreditor;
use saldo_contract::debtor::PutDebtor;
use saldo_domain::creditor::Creditor;
use saldo_domain::debtor::Debtor;
use tokio::net::TcpListener;

const NAME: &str = "Ferretería La Esquina";

/// Serves the demo until it is told to stop. A second start keeps the data.
pub async fn demo(config: Config) -> Outcome {
    log("warn");
    if config.server.mode == ServerMode::Production {
        return Err("the demo is for test mode: an installation is served by `saldo serve`".into());
    }
    let bind = config.server.bind.clone();
    let listener = TcpListener::bind(&bind).await.map_err(|error| {
        format!("{bind} cannot be bound: {error}. Another one: SALDO_SERVER__BIND=127.0.0.1:8090 saldo")
    })?;
    let shop = TcpListener::bind((listener.local_addr()?.ip(), 0)).await?;
    let shop_origin = format!("http://{}", shop.local_addr()?);
    let data_dir = config.server.data_dir.clone();
    let app = boot::app(config).await?;
    let creditor = load(&app).await?;
    let debtor = debtor(&app, &creditor).await?;
    let wish = UpdateCreditor { widget_origins: Some(vec![shop_origin.clone()]), ..UpdateCreditor::default() };
    update_creditor::update(&app, creditor.id, wish).await?;
    let statement = send_fresh_link::mail(&app, creditor.id, debtor.id).await?;
    let scopes: Vec<String> = api_key::SCOPES.iter().map(ToString::to_string).collect();
    let key = api_key::create(&app, creditor.id, "demo", &scopes).await?;

    println!("Saldo serves the demo of {NAME}. Its data lies in {}/.", data_dir.display());
    println!();
    println!("  A debtor's statement   {statement}");
    println!("                         (pay with 4242 4242 4242 4242)");
    println!("  Finance console        {}", console_session::create_link(&app, creditor.id).await?);
    println!("  Widget example         {shop_origin}/");
    println!("  API                    {}   key {key}", app.url("/docs/api"));
    println!("  Mailbox                {}", app.url("/mailbox"));
    println!();
    println!("Ctrl-C stops it.");
    let shop_pages = saldo_portal::routes::shop(app.clone(), creditor.id, debtor.id, shop_origin);
    run(app, Role::All, vec![(listener, None), (shop, Some(shop_pages))]).await
}

async fn load(app: &App) -> Result<Creditor, Box<dyn std::error::Error>> {
    let known = create_creditor::list(app).await?;
    if let Some(creditor) = known.into_iter().find(|creditor| creditor.name == NAME) {
        return Ok(creditor);
    }
    let wish = CreateCreditor {
        name: NAME.to_owned(),
        country: "MX".to_owned(),
        zone: "America/Mexico_City".to_owned(),
        language: "es".to_owned(),
        currency: "MXN".to_owned(),
        reply_to: Some("cobranza@laesquina.example".to_owned()),
        colour: "#1f5f4a".to_owned(),
    };
    let creditor = create_creditor::create(app, wish).await?;
    terms::publish(app, creditor.id).await?;
    for debtor in sample::debtors() {
        put_debtor::put(app, creditor.id, debtor).await?;
    }
    let file = tempfile::NamedTempFile::new()?;
    std::fs::write(file.path(), sample::invoices(creditor.zone.date_at(app.now()))?)?;
    let wish = ImportWish {
        path: file.path().to_owned(),
        file_name: "demo.csv".to_owned(),
        import_id: None,
        reading: Reading::default(),
    };
    let report = Importer::of(app).import(creditor.id, &wish, &|_| {}).await?;
    if report.fault_count > 0 {
        return Err(format!("the sample could not be booked: {:?}", report.faults).into());
    }
    Ok(creditor)
}

/// The debtor whose statement the printed link opens.
async fn debtor(app: &App, creditor: &Creditor) -> Result<Debtor, Box<dyn std::error::Error>> {
    let PutDebtor { reference, .. } = sample::debtors().remove(0);
    let known = put_debtor::find(app, creditor.id, &reference).await?;
    known.ok_or_else(|| "the sample's first debtor is gone: remove the data folder to begin anew".into())
}
