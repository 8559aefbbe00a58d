//! The `concordat` program: reads arguments, calls the library, prints, and says how it went.

mod cli;

use std::process::ExitCode;

use clap::Parser;

use crate::cli::{Arguments, Command};

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let code = match arguments.command {
        Command::Init(init) => init.run(arguments.quiet),
        Command::Check(check) => check.run(arguments.quiet),
        Command::Run(run) => run.run(arguments.quiet),
        Command::Coverage(coverage) => coverage.run(),
        Command::Manual(manual) => manual.run(),
        Command::Explain(explain) => explain.run(),
        Command::Synth(synth) => synth.run(arguments.quiet),
        Command::Stats(stats) => stats.run(arguments.quiet),
        Command::Completions(completions) => completions.run(),
        Command::Man(man) => man.run(),
    };
    ExitCode::from(code)
}
