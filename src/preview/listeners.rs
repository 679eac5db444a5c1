//! Listeners: the browsers that show the preview and want to know of changes.

use std::sync::{Mutex, PoisonError};

use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};

/// What a browser is told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Message {
    /// The page may have changed.
    Reload,
    /// Only style sheets have changed.
    Styles,
    /// The site has errors; the text says which.
    Error(String),
}

/// All of them, and the error that the site has at present.
#[derive(Debug, Default)]
pub(super) struct Listeners(Mutex<State>);

#[derive(Debug, Default)]
struct State {
    senders: Vec<UnboundedSender<Message>>,
    error: Option<String>,
}

impl Listeners {
    /// Tells everybody; who has gone is forgotten.
    pub(super) fn say(&self, message: Message) {
        let mut state = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        state.error = match &message {
            Message::Error(text) => Some(text.clone()),
            Message::Reload | Message::Styles => None,
        };
        state
            .senders
            .retain(|sender| sender.send(message.clone()).is_ok());
    }

    /// Whether the last build failed.
    pub(super) fn has_error(&self) -> bool {
        self.error().is_some()
    }

    /// What is wrong with the site at present.
    pub(super) fn error(&self) -> Option<String> {
        self.0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .error
            .clone()
    }

    /// A new listener. It is told at once what is wrong at present.
    pub(super) fn join(&self) -> UnboundedReceiver<Message> {
        let (sender, receiver) = unbounded_channel();
        let mut state = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(text) = &state.error {
            // The receiver is right here, so it cannot be gone.
            let _ = sender.send(Message::Error(text.clone()));
        }
        state.senders.push(sender);
        receiver
    }
}
