//! A visitor: someone at the door of a class who has not been let in yet.

use convocation_classroom::{
    ids::ClassCode,
    seat::{Mode, Role},
    wire::{Credential, Farewell},
};

use super::{
    handle::{Admission, Claim},
    registry::Classes,
};
use crate::{origin::Neighbourhood, refusal::Refusal, secret};

/// Someone at the door of a class who has not said yet who they are.
pub struct Visitor {
    /// All classes.
    pub classes: Classes,
    /// The code of the one they want; nothing when it cannot be a code.
    pub code: Option<ClassCode>,
    /// From where they come.
    pub from: Neighbourhood,
}

impl Visitor {
    /// Lets them in.
    ///
    /// # Errors
    /// Why not.
    pub async fn enter(
        &self,
        credential: Credential,
        mode: Option<Mode>,
    ) -> Result<Admission, Farewell> {
        if self.classes.is_draining() {
            return Err(Farewell::Restarting);
        }
        let claim = match credential {
            Credential::New {
                role: role @ (Role::Student | Role::Projector),
            } => Claim::Newcomer(role),
            Credential::New { .. } => return Err(Farewell::BadCredential),
            Credential::Token { token } => Claim::Token(secret::hash(&token)),
            Credential::Host { secret } => Claim::Host(secret::hash(&secret)),
            Credential::Assistant { secret } => Claim::Assistant(secret::hash(&secret)),
        };
        let handle = self
            .classes
            .find(self.code.as_ref(), self.from)
            .map_err(|refusal| match refusal {
                Refusal::TooManyWrongCodes => Farewell::TooFast,
                Refusal::ClassOver => Farewell::Ended,
                _ => Farewell::NoSuchClass,
            })?;
        let admission = handle.enter(claim, mode).await?;
        handle.remember(self.from);
        Ok(admission)
    }
}
