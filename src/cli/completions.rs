//! `offprint completions` and `offprint man`, generated from the argument
//! definitions.

use std::io::{self, Write};

use clap::Command;

use super::arguments::Completions;

pub(super) fn completions(arguments: &Completions, command: &mut Command) -> io::Result<bool> {
    let mut out = Vec::new();
    clap_complete::generate(arguments.shell, command, "offprint", &mut out);
    io::stdout().write_all(&out)?;
    Ok(true)
}

pub(super) fn man(command: Command) -> io::Result<bool> {
    let mut out = Vec::new();
    clap_mangen::Man::new(command.clone()).render(&mut out)?;
    for sub in command
        .get_subcommands()
        .filter(|sub| sub.get_name() != "help")
    {
        let title = format!("offprint-{}", sub.get_name());
        clap_mangen::Man::new(sub.clone())
            .title(title)
            .render(&mut out)?;
    }
    io::stdout().write_all(&out)?;
    Ok(true)
}
