use super::ConsoleVisit;
use crate::pages::NoticeView;
use crate::routes::reply::Page;
use axum::http::StatusCode;
use saldo_app::App;
use saldo_app::flows::console_session::ConsoleSession;
use saldo_domain::actor::Actor;
use saldo_domain::ids::CreditorId;
use saldo_domain::member::Permission;

impl ConsoleVisit {
    /// Whose console it is.
    pub fn id(&self) -> CreditorId {
        self.creditor.id
    }

    /// Passes a member whose role may do it.
    ///
    /// # Errors
    /// A calm page with the status 403.
    pub fn needs(&self, permission: Permission) -> Result<(), Page> {
        if self.member.role.may(permission) {
            return Ok(());
        }
        let chrome = self.visit.of_console(&self.creditor);
        Err(Page::with(StatusCode::FORBIDDEN, &NoticeView::Forbidden, &chrome))
    }

    /// The session, for flows on the member's own sign-in.
    pub fn session(&self) -> ConsoleSession {
        ConsoleSession { creditor: self.creditor.clone(), member: self.member.clone(), token_hash: self.token_hash }
    }

    /// Who does what is done here: what the audit log names.
    pub fn actor(&self) -> Actor {
        Actor::Member { id: self.member.id }
    }

    /// Everything that flows work with.
    pub fn app(&self) -> &App {
        &self.visit.app
    }
}
