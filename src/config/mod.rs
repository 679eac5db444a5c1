//! The site's settings, `offprint.toml`, and the reader for TOML and YAML tables
//! that settings and front matter share.

mod bounds;
mod fields;
mod host;
mod node;
mod place;
mod remedy;
mod settings;

pub use bounds::{SiteBounds, is_theme_name};
pub use fields::{Document, Fields};
pub use host::{HOSTS, Host};
pub use node::{Key, Node, Value};
pub use place::place_of;
pub use settings::{
    Abstracts, AiUse, Canonical, CardSettings, Destination, Engine, FILE_NAME, HarvestSettings,
    History, RobotsSettings, ScriptPlace, ScriptSettings, SecuritySettings, Settings,
    SourceSettings, SubscribeProvider, Symlinks, TargetSettings, base_url,
};
