//! `convocation check`: whether a folder is a network that this server can run, what it is made of, and whether its lessons are right.

use std::{
    io::{self, Write},
    path::Path,
};

use convocation_classroom::lesson::Lesson;
use convocation_inference::{Description, Network, Op, Runtime};
use convocation_lessons::Fault;

use crate::{lessons, outline::facts};

/// Reads a network and prints its layers.
///
/// # Errors
/// Why the server could not run it, or how many faults its lessons have.
pub fn check(folder: &Path) -> anyhow::Result<()> {
    let network = Network::open(&Runtime::load()?, folder)?;
    let mut out = io::stdout().lock();
    print(network.description(), &mut out)?;
    let faults = check_lessons(&network, folder, &mut out)?;
    let noun = if faults == 1 { "fault" } else { "faults" };
    anyhow::ensure!(faults == 0, "{faults} {noun} in the lessons");
    Ok(())
}

/// Reads the lessons of a network and prints each with its size, or with what is wrong. Returns the number of faults.
fn check_lessons(network: &Network, folder: &Path, out: &mut impl Write) -> anyhow::Result<usize> {
    let facts = facts(network);
    let mut count = 0;
    for (place, file) in lessons::files(folder)?.into_iter().enumerate() {
        if place == 0 {
            writeln!(out)?;
        }
        let path = file.path.display();
        match file.read(&facts) {
            Ok(lesson) => {
                let Lesson {
                    title,
                    minutes,
                    steps,
                    ..
                } = lesson;
                writeln!(
                    out,
                    "{path}: {title}, {minutes} minutes, {} steps",
                    steps.len()
                )?;
            }
            Err(faults) => {
                count += faults.len();
                for Fault { line, message } in faults {
                    writeln!(out, "{path}:{line}: {message}")?;
                }
            }
        }
    }
    Ok(count)
}

fn print(network: &Description, out: &mut impl Write) -> io::Result<()> {
    let header = ["layer", "operation", "shape", "parameters"].map(str::to_owned);
    let rows: Vec<[String; 4]> = network
        .layers
        .iter()
        .map(|layer| {
            let shape: Vec<String> = layer.shape.iter().map(u32::to_string).collect();
            [
                layer.id.clone(),
                operation(&layer.op),
                shape.join(" × "),
                layer.parameters.to_string(),
            ]
        })
        .collect();
    let lines = || std::iter::once(&header).chain(&rows);
    let width = |column: usize| {
        lines()
            .map(|row| row[column].chars().count())
            .max()
            .unwrap_or(0)
    };
    let widths = [width(0), width(1), width(2), width(3)];

    writeln!(
        out,
        "{} ({}), digest {}",
        network.name, network.id, network.digest
    )?;
    writeln!(
        out,
        "{} classes, {} parameters, {} pictures\n",
        network.labels.len(),
        network.parameters,
        network.gallery.len()
    )?;
    for [layer, operation, shape, parameters] in lines() {
        let [a, b, c, d] = widths;
        writeln!(
            out,
            "{layer:<a$}  {operation:<b$}  {shape:<c$}  {parameters:>d$}"
        )?;
    }
    Ok(())
}

fn operation(op: &Op) -> String {
    let size = |[rows, columns]: &[u32; 2]| format!("{rows}×{columns}");
    match op {
        Op::Input => "input".to_owned(),
        Op::Conv { kernel, stride, .. } => {
            format!("conv {}, stride {}", size(kernel), size(stride))
        }
        Op::Relu => "relu".to_owned(),
        Op::LeakyRelu { alpha } => format!("leaky relu, slope {alpha}"),
        Op::Sigmoid => "sigmoid".to_owned(),
        Op::Clip { min, max } => format!("clip to {min} … {max}"),
        Op::MaxPool { kernel, stride, .. } => {
            format!("max-pool {}, stride {}", size(kernel), size(stride))
        }
        Op::AveragePool { kernel, stride, .. } => {
            format!("average-pool {}, stride {}", size(kernel), size(stride))
        }
        Op::GlobalAveragePool => "global average-pool".to_owned(),
        Op::BatchNormalization { .. } => "batch normalisation".to_owned(),
        Op::Flatten => "flatten".to_owned(),
        Op::Dense => "dense".to_owned(),
        Op::Dropout => "dropout".to_owned(),
        Op::Softmax => "softmax".to_owned(),
    }
}
