//! The command line: one file a command. It parses, calls and prints; what there
//! is to know is known in the rooms below.

mod arguments;
mod build;
mod completions;
mod console;
mod context;
mod export;
mod fetch;
mod import;
mod new;
mod serve;
mod theme;
mod topics;

use std::process::ExitCode;

use clap::{CommandFactory, Parser};

use arguments::{Arguments, Command};
use console::Console;

/// Runs the program with the arguments of the process.
///
/// The exit status is 0 when what was asked for is done, 1 when the site has
/// errors or nothing could be read, 2 when the command was used wrongly.
pub fn run() -> ExitCode {
    let arguments = Arguments::parse();
    let console = Console::new(arguments.json, arguments.quiet);
    let site = arguments.site;
    let outcome = match arguments.command {
        Command::New(command) => new::run(&command, &console),
        Command::Import(command) => import::run(&command, site, &console),
        Command::Fetch(command) => fetch::run(&command, site, &console),
        Command::Build(command) => build::run(&command, site, &console),
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
            // A reader that has had enough, such as `head`, is no failure.
            if error.kind() == std::io::ErrorKind::BrokenPipe {
                return ExitCode::SUCCESS;
            }
            console.error_line(&format!("error: {error}"));
            ExitCode::from(1)
        }
    }
}
