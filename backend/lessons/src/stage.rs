//! The `stage` block of a step: TOML that says what is shown, in the words and numbers of the screen. Rows, columns and units are
//! counted from 1.

use convocation_classroom::{
    edit::{EDITED_MOST, EDITED_WEIGHTS, KernelEdit, KernelWeights},
    ids::LayerId,
    lesson::LessonView,
    outline::{LayerOutline, Wiring},
    sliding::Hyperparameters,
    stage::{ColourScale, Focus, RATES},
};
use serde::{Deserialize, Serialize};
use toml::Spanned;

use crate::{
    facts::{Facts, LayerFacts},
    fault::{Fault, choices, line_at},
    presets::{self, PRESETS, thousandths},
};

/// What may be shown.
pub(crate) const SHOWS: [&str; 6] = [
    "overview",
    "layer",
    "unit",
    "link",
    "class",
    "hyperparameters",
];

/// The block, as it is written.
#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Block {
    picture: Option<Spanned<String>>,
    show: Option<Spanned<String>>,
    layer: Option<Spanned<String>>,
    unit: Option<Spanned<u32>>,
    input: Option<Spanned<u32>>,
    class: Option<Spanned<String>>,
    row: Option<Spanned<u32>>,
    column: Option<Spanned<u32>>,
    play: Option<Spanned<u32>>,
    scale: Option<ColourScale>,
    detail: Option<bool>,
    #[serde(default)]
    receptive_field: bool,
    kernel: Option<Spanned<String>>,
    edit: Option<Spanned<Edit>>,
    hyperparameters: Option<Spanned<Sizes>>,
}

/// A kernel in numbers, for the unit that is shown unless it names another.
#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Edit {
    pub layer: Option<String>,
    pub unit: Option<u32>,
    pub bias: Option<f64>,
    #[serde(default)]
    pub kernels: Vec<Kernel>,
}

#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Kernel {
    pub input: u32,
    pub weights: Vec<f64>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Sizes {
    input: u32,
    padding: u32,
    kernel: u32,
    stride: u32,
    dilation: u32,
}

/// Reads a block. `first` is the line of the file on which its text begins, `before` what the step before shows.
pub(crate) fn read(
    text: &str,
    first: u32,
    facts: &Facts,
    before: Option<&LessonView>,
) -> Result<LessonView, Vec<Fault>> {
    let block: Block = toml::from_str(text).map_err(|error| {
        let offset = error.span().map_or(0, |span| span.start);
        vec![Fault::new(
            first + line_at(text, offset) - 1,
            error.message().replace('\n', "; "),
        )]
    })?;
    let mut reader = Reader {
        text,
        first,
        facts,
        faults: Vec::new(),
    };
    let view = reader.view(&block, before);
    if reader.faults.is_empty() {
        Ok(view)
    } else {
        Err(reader.faults)
    }
}

struct Reader<'a> {
    text: &'a str,
    first: u32,
    facts: &'a Facts,
    faults: Vec<Fault>,
}

impl Reader<'_> {
    fn fault<T>(&mut self, at: &Spanned<T>, message: impl Into<String>) {
        let line = self.first + line_at(self.text, at.span().start) - 1;
        self.faults.push(Fault::new(line, message));
    }

    fn view(&mut self, block: &Block, before: Option<&LessonView>) -> LessonView {
        let picture = block.picture.as_ref().and_then(|name| {
            let found = self.facts.picture(name.get_ref()).cloned();
            if found.is_none() {
                let names = choices(self.facts.gallery.iter().map(|(name, _)| name.as_str()));
                let message = format!(
                    "picture \"{}\" does not exist; this network has: {names}",
                    name.get_ref()
                );
                self.fault(name, message);
            }
            found
        });
        let mut view = match before {
            // Without `show` the block changes details of what is shown.
            Some(before) if block.show.is_none() => LessonView {
                rate: None,
                ..before.clone()
            },
            _ => LessonView {
                picture: None,
                focus: Focus::Overview,
                step: 0,
                rate: None,
                scale: None,
                detail: None,
                receptive_field: false,
                edit: None,
            },
        };
        view.picture = picture;
        view.scale = block.scale;
        view.detail = block.detail;
        if let Some(show) = &block.show {
            let Some(focus) = self.focus(show, block) else {
                // What depends on it would be blamed for the same mistake.
                return view;
            };
            view.focus = focus;
            view.receptive_field = block.receptive_field;
        } else {
            self.needs_show(block);
            view.receptive_field |= block.receptive_field;
        }
        self.playback(block, &mut view);
        self.kernel(block, &mut view);
        view
    }

    fn needs_show(&mut self, block: &Block) {
        let message = |key: &str| format!("`{key}` needs `show`: one of {}", choices(SHOWS));
        if let Some(key) = &block.layer {
            self.fault(key, message("layer"));
        } else if let Some(key) = block.unit.as_ref().or(block.input.as_ref()) {
            self.fault(key, message("unit"));
        } else if let Some(key) = &block.class {
            self.fault(key, message("class"));
        } else if let Some(key) = &block.hyperparameters {
            self.fault(key, message("hyperparameters"));
        }
    }

    fn focus(&mut self, show: &Spanned<String>, block: &Block) -> Option<Focus> {
        match show.get_ref().as_str() {
            "overview" => Some(Focus::Overview),
            "layer" => Some(Focus::Layer {
                layer: self.layer(show, block)?.0.id.clone(),
            }),
            "unit" => {
                let (layer, _) = self.layer(show, block)?;
                let unit = self.unit(show, block, &layer)?;
                Some(Focus::Unit {
                    layer: layer.id,
                    unit,
                })
            }
            "link" => {
                let (layer, _) = self.layer(show, block)?;
                let unit = self.unit(show, block, &layer)?;
                let input = self.input(show, block, &layer, unit)?;
                Some(Focus::Link {
                    layer: layer.id,
                    unit,
                    input,
                })
            }
            "class" => self.class(show, block),
            "hyperparameters" => self.sizes(show, block),
            other => {
                let message = format!("\"{other}\" cannot be shown; there are: {}", choices(SHOWS));
                self.fault(show, message);
                None
            }
        }
    }

    fn layer(
        &mut self,
        show: &Spanned<String>,
        block: &Block,
    ) -> Option<(LayerOutline, LayerFacts)> {
        let names = choices(
            self.facts
                .outline
                .layers
                .iter()
                .map(|layer| layer.id.as_str()),
        );
        let Some(name) = &block.layer else {
            self.fault(
                show,
                format!("`layer` is missing; this network has: {names}"),
            );
            return None;
        };
        let facts = self.facts;
        let found = facts.layer(&LayerId(name.get_ref().clone()));
        if found.is_none() {
            let message = format!(
                "layer \"{}\" does not exist; this network has: {names}",
                name.get_ref()
            );
            self.fault(name, message);
        }
        found.map(|(layer, facts)| (layer.clone(), facts))
    }

    fn unit(&mut self, show: &Spanned<String>, block: &Block, layer: &LayerOutline) -> Option<u32> {
        let Some(unit) = &block.unit else {
            self.fault(
                show,
                format!("`unit` is missing: a number from 1 to {}", layer.units),
            );
            return None;
        };
        let chosen = *unit.get_ref();
        if !(1..=layer.units).contains(&chosen) {
            let message = format!(
                "unit {chosen} does not exist; {} has units 1 to {}",
                layer.id, layer.units
            );
            self.fault(unit, message);
            return None;
        }
        Some(chosen - 1)
    }

    fn input(
        &mut self,
        show: &Spanned<String>,
        block: &Block,
        layer: &LayerOutline,
        unit: u32,
    ) -> Option<u32> {
        let Some(input) = &block.input else {
            self.fault(
                show,
                "`input` is missing: the unit of the layer before, counted from 1",
            );
            return None;
        };
        let chosen = *input.get_ref();
        let reads = match layer.wiring {
            Wiring::None => "nothing".to_owned(),
            Wiring::OneToOne => format!("input {} only", unit + 1),
            Wiring::AllToAll => format!("inputs 1 to {}", layer.sources),
        };
        let exists = match layer.wiring {
            Wiring::None => false,
            Wiring::OneToOne => chosen == unit + 1,
            Wiring::AllToAll => (1..=layer.sources).contains(&chosen),
        };
        if !exists {
            let message = format!(
                "unit {} of {} does not read input {chosen}; it reads {reads}",
                unit + 1,
                layer.id
            );
            self.fault(input, message);
            return None;
        }
        Some(chosen - 1)
    }

    fn class(&mut self, show: &Spanned<String>, block: &Block) -> Option<Focus> {
        let labels = choices(self.facts.labels.iter().map(String::as_str));
        let Some(label) = &block.class else {
            self.fault(
                show,
                format!("`class` is missing; this network has: {labels}"),
            );
            return None;
        };
        let place = self
            .facts
            .labels
            .iter()
            .position(|known| known == label.get_ref());
        let class = place.and_then(|place| u32::try_from(place).ok());
        if class.is_none() {
            let message = format!(
                "class \"{}\" does not exist; this network has: {labels}",
                label.get_ref()
            );
            self.fault(label, message);
        }
        class.map(|class| Focus::Class { class })
    }

    fn sizes(&mut self, show: &Spanned<String>, block: &Block) -> Option<Focus> {
        let Some(sizes) = &block.hyperparameters else {
            self.fault(
                show,
                "a table `[hyperparameters]` with input, padding, kernel, stride and dilation is missing",
            );
            return None;
        };
        let Sizes {
            input,
            padding,
            kernel,
            stride,
            dilation,
        } = *sizes.get_ref();
        let chosen = Hyperparameters {
            input,
            padding,
            kernel,
            stride,
            dilation,
        };
        if chosen.output().is_none() {
            self.fault(
                sizes,
                "nothing comes out with these sizes: input 1 to 16, padding to 8, kernel 1 to 11, stride 1 to 8, dilation 1 to 4, \
                 and the kernel must fit",
            );
            return None;
        }
        Some(Focus::Hyperparameters(chosen))
    }

    /// Where the kernel stands and whether it moves.
    fn playback(&mut self, block: &Block, view: &mut LessonView) {
        let steps = self.facts.outline.steps(&view.focus);
        let columns = match &view.focus {
            Focus::Hyperparameters(sizes) => sizes.output().unwrap_or(1),
            Focus::Unit { layer, .. } | Focus::Link { layer, .. } => self
                .facts
                .layer(layer)
                .map_or(1, |(_, facts)| facts.columns),
            _ => 1,
        };
        let Some(steps) = steps else {
            view.step = 0;
            for (key, name) in [
                (&block.row, "row"),
                (&block.column, "column"),
                (&block.play, "play"),
            ] {
                if let Some(key) = key {
                    self.fault(key, format!("`{name}` says nothing here: only a unit or link that is computed has steps"));
                }
            }
            return;
        };
        let rows = steps / columns.max(1);
        let mut coordinate = |key: &Option<Spanned<u32>>, name: &str, most: u32| match key {
            None => None,
            Some(key) if (1..=most).contains(key.get_ref()) => Some(key.get_ref() - 1),
            Some(key) => {
                let message = format!(
                    "{name} {} does not exist; there are {name}s 1 to {most}",
                    key.get_ref()
                );
                self.fault(key, message);
                None
            }
        };
        let row = coordinate(&block.row, "row", rows);
        let column = coordinate(&block.column, "column", columns);
        if row.is_some() || column.is_some() || block.show.is_some() {
            view.step = row.unwrap_or(0) * columns + column.unwrap_or(0);
        }
        if let Some(play) = &block.play {
            if RATES.contains(play.get_ref()) {
                view.rate = Some(*play.get_ref());
            } else {
                self.fault(play, format!("`play` is one of {RATES:?} steps per second"));
            }
        }
    }

    /// The kernel that is tried, by name or in numbers.
    fn kernel(&mut self, block: &Block, view: &mut LessonView) {
        let open = match &view.focus {
            Focus::Unit { layer, unit } | Focus::Link { layer, unit, .. } => {
                Some((layer.clone(), *unit))
            }
            _ => None,
        };
        if let Some(kernel) = &block.kernel {
            let name = kernel.get_ref().as_str();
            let facts = self.facts;
            let found = open
                .as_ref()
                .and_then(|(id, unit)| Some((facts.layer(id)?, *unit)));
            match found.filter(|((layer, _), _)| layer.kernel > 0) {
                _ if !PRESETS.contains(&name) => {
                    let message = format!(
                        "kernel \"{name}\" does not exist; there are: {}",
                        choices(PRESETS)
                    );
                    self.fault(kernel, message);
                }
                None => self.fault(
                    kernel,
                    "`kernel` needs `show = \"unit\"` with a convolution",
                ),
                Some(((layer, facts), unit)) => {
                    let inputs = Facts::inputs(layer, facts, unit);
                    view.edit = presets::edit(name, facts, (&layer.id, unit), inputs);
                    if view.edit.is_none() {
                        self.fault(kernel, format!("this unit has more than {EDITED_WEIGHTS} weights: too many to be edited"));
                    }
                }
            }
        }
        if let Some(edit) = &block.edit {
            if block.kernel.is_some() {
                self.fault(
                    edit,
                    "there are both `kernel` and `edit`: one of them is enough",
                );
            } else {
                view.edit = self.edit(edit, open);
            }
        }
    }

    fn edit(&mut self, edit: &Spanned<Edit>, open: Option<(LayerId, u32)>) -> Option<KernelEdit> {
        let written = edit.get_ref();
        let layer = written.layer.clone().map(LayerId);
        let layer = layer.or_else(|| open.as_ref().map(|(layer, _)| layer.clone()));
        let unit = written.unit.and_then(|unit| unit.checked_sub(1));
        let unit = unit.or_else(|| open.map(|(_, unit)| unit));
        let (Some(layer), Some(unit)) = (layer, unit) else {
            self.fault(
                edit,
                "`edit` needs `layer` and `unit` (from 1) where no unit is shown",
            );
            return None;
        };
        let facts = self.facts;
        let known = facts
            .layer(&layer)
            .filter(|(outline, _)| outline.kernel > 0);
        let Some((outline, facts)) = known.filter(|(outline, _)| unit < outline.units) else {
            self.fault(
                edit,
                format!("{layer} has no unit {} with kernels", unit + 1),
            );
            return None;
        };
        let inputs = Facts::inputs(outline, facts, unit);
        let size = outline.kernel;
        let made = KernelEdit {
            layer,
            unit,
            kernels: written
                .kernels
                .iter()
                .map(|kernel| KernelWeights {
                    input: kernel.input.wrapping_sub(1),
                    weights: kernel.weights.iter().copied().map(thousandths).collect(),
                })
                .collect(),
            bias: written.bias.map(thousandths),
        };
        let reads = made
            .kernels
            .iter()
            .all(|kernel| inputs.contains(&kernel.input));
        if reads && made.is_sound(size) {
            return Some(made);
        }
        let [rows, columns] = facts.kernel;
        let message = format!(
            "this edit does not fit: kernels by ascending `input` from {} to {}, each with {rows} × {columns} = {size} `weights`, at most \
             {EDITED_WEIGHTS} in total, within ±{}",
            inputs.start + 1,
            inputs.end,
            EDITED_MOST / 1000
        );
        self.fault(edit, message);
        None
    }
}
