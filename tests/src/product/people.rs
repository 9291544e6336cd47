use saldo_app::flows::{console_session, manage_members};
use saldo_domain::actor::Actor;
use saldo_domain::ids::{CreditorId, MemberId};
use saldo_domain::member::Role;

use super::Product;

impl Product {
    /// A one-time sign-in link of a creditor's first owner.
    ///
    /// # Panics
    /// When there is no such creditor.
    pub async fn console_link(&self, creditor: CreditorId) -> String {
        console_session::create_link(&self.app, creditor).await.expect("the creditor is there")
    }

    /// A new member, invited by whoever runs the server.
    ///
    /// # Panics
    /// When the store fails.
    pub async fn member(&self, creditor: CreditorId, role: Role) -> MemberId {
        let email = format!("{}-{}@example.com", role.name(), self.app.ambient().uuid_v7().simple());
        let invited = manage_members::invite(&self.app, creditor, &Actor::Operator, &email, role.name(), role).await;
        invited.expect("a new address").id
    }

    /// A one-time sign-in link of a new member with a role.
    ///
    /// # Panics
    /// When there is no such creditor.
    pub async fn console_link_as(&self, creditor: CreditorId, role: Role) -> String {
        let id = self.member(creditor, role).await;
        console_session::create_member_link(&self.app, creditor, id).await.expect("the member is there")
    }
}
