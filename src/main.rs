//! The `concordat` program: reads arguments, calls the library, prints, and says how it went.

mod cli;

use std::process::ExitCode;

use clap::Parser;

use crate::cli::progress::Ways;
use crate::cli::report::report;
use crate::cli::{Arguments, Command, memory};

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let ways = match memory::allowed(arguments.memory) {
        Ok(memory) => Ways { quiet: arguments.quiet, memory },
        Err(error) => return ExitCode::from(report(&[error])),
    };
    let code = match arguments.command {
        Command::Init(init) => init.run(arguments.quiet),
        Command::Check(check) => check.run(ways),
        Command::Run(run) => run.run(ways),
        Command::Coverage(coverage) => coverage.run(ways),
        Command::Manual(manual) => manual.run(),
        Command::Explain(explain) => explain.run(ways),
        Command::Synth(synth) => synth.run(arguments.quiet),
        Command::Stats(stats) => stats.run(arguments.quiet),
        Command::Completions(completions) => completions.run(),
        Command::Man(man) => man.run(),
    };
    ExitCode::from(code)
}
