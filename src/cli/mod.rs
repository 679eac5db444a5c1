//! The command line, one file per command. Commands parse arguments, call the
//! modules below and print; they hold no logic of their own.

mod arguments;
mod build;
mod check;
mod completions;
mod console;
mod context;
mod export;
mod fetch;
mod import;
mod new;
mod publish;
mod remove;
mod serve;
mod theme;
mod topics;

use std::borrow::Cow;
use std::process::ExitCode;

use clap::{CommandFactory, Parser};

use crate::diagnostics::without_secrets;
use arguments::{Arguments, Command};
use console::Console;

/// Runs the program with the arguments of the process.
///
/// The exit status is 0 on success, 1 if the site has errors or nothing could be
/// read, and 2 if the command was used incorrectly.
pub fn run() -> ExitCode {
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(error) => return refuse(&error),
    };
    let console = Console::new(arguments.json, arguments.quiet);
    let site = arguments.site;
    let outcome = match arguments.command {
        Command::New(command) => new::run(&command, &console),
        Command::Import(command) => import::run(&command, site, &console),
        Command::Fetch(command) => fetch::run(&command, site, &console),
        Command::Build(command) => build::run(&command, site, &console),
        Command::Check(command) => check::run(&command, site, &console),
        Command::Publish(command) => publish::run(&command, site, &console),
        Command::Remove(command) => remove::run(&command, site, &console),
        Command::Serve(command) => serve::run(&command, site, &console),
        Command::Theme(command) => theme::run(&command, site, &console),
        Command::Export(command) => export::run(&command, site, &console),
        Command::Topics(command) => topics::run(&command, site, &console),
        Command::Completions(command) => {
            completions::completions(&command, &mut Arguments::command())
        }
        Command::Man => completions::man(Arguments::command()),
    };
    match outcome {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::from(1),
        Err(error) => {
            // It is not an error if a reader such as `head` closes the pipe early.
            if error.kind() == std::io::ErrorKind::BrokenPipe {
                return ExitCode::SUCCESS;
            }
            console.error_line(&format!("error: {error}"));
            ExitCode::from(1)
        }
    }
}

/// Prints an argument error, or the help that was requested. Arguments may be URLs
/// with passwords, which must not be printed.
fn refuse(error: &clap::Error) -> ExitCode {
    let text = error.render().to_string();
    match without_secrets(&text) {
        Cow::Borrowed(_) => {
            // It is not an error if a reader closes the pipe early.
            let _ = error.print();
        }
        Cow::Owned(text) => Console::new(false, false).error_line(text.trim_end()),
    }
    ExitCode::from(u8::try_from(error.exit_code()).unwrap_or(2))
}
