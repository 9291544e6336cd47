use super::creditor::find;
use super::{Outcome, boot};
use clap::Args;
use saldo_app::config::Config;
use saldo_app::flows::{access_link, put_debtor};
use saldo_domain::actor::Actor;
use saldo_domain::ids::AccessLinkId;

/// A debtor's personal links.
#[derive(Args)]
pub struct Command {
    /// The debtor's reference, as it was imported.
    #[arg(long)]
    debtor: String,
    /// The creditor's name or id; the only one where there is one.
    #[arg(long)]
    creditor: Option<String>,
    /// Lists the debtor's links instead of making one.
    #[arg(long, conflicts_with_all = ["revoke", "renew"])]
    list: bool,
    /// Withdraws a link.
    #[arg(long, value_name = "ID", conflicts_with = "renew")]
    revoke: Option<AccessLinkId>,
    /// Withdraws a link and makes a fresh one.
    #[arg(long, value_name = "ID")]
    renew: Option<AccessLinkId>,
}

/// Makes, lists, withdraws or renews links.
pub async fn run(config: Config, command: Command) -> Outcome {
    let app = boot::app(config).await?;
    let creditor = match &command.creditor {
        Some(named) => find(&app, named).await?,
        None => super::import::only_creditor(&app).await?,
    };
    let debtor = put_debtor::find(&app, creditor.id, &command.debtor).await?;
    let debtor = debtor.ok_or_else(|| format!("{} has no debtor {}", creditor.name, command.debtor))?;
    if let Some(id) = command.revoke {
        let row = access_link::revoke(&app, creditor.id, id).await?;
        println!("{} is withdrawn", row.id);
    } else if let Some(id) = command.renew {
        println!("{}", access_link::renew(&app, creditor.id, &Actor::Operator, id).await?.url);
    } else if command.list {
        for row in access_link::list(&app, creditor.id, debtor.id).await? {
            let state = if row.revoked_at.is_some() { "withdrawn" } else { "in force" };
            println!("{}  {state}  made {}  ends {}", row.id, row.issued_at, row.expires_at);
        }
    } else {
        println!("{}", access_link::create(&app, creditor.id, debtor.id).await?.url);
    }
    Ok(())
}
