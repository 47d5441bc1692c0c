//! Parsing: a file becomes a lesson, or everything that is wrong with it.

use convocation_classroom::{
    asked::Asked,
    lesson::{LESSON_STEPS, Lesson, LessonStep, LessonView, NOTES_CHARS},
    stage::CAPTION_CHARS,
};
use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag, TagEnd};

use crate::{
    FILE_BYTES,
    facts::Facts,
    fault::{Fault, line_at},
    front,
    plain::Plain,
    question, stage,
};

/// The word that notes begin with.
pub(crate) const NOTE: &str = "Note:";

/// Reads a lesson about the network that `facts` describes.
///
/// # Errors
/// Everything that is wrong, by line; never empty.
pub fn parse(text: &str, facts: &Facts) -> Result<Lesson, Vec<Fault>> {
    if text.len() > FILE_BYTES {
        return Err(vec![Fault::new(
            1,
            "the file is larger than a lesson can be",
        )]);
    }
    let text = text.trim_start_matches('\u{FEFF}').replace("\r\n", "\n");
    let mut faults = Vec::new();
    let Some(front) = front::read(&text, facts, &mut faults) else {
        return Err(faults);
    };
    let body: usize = text
        .split_inclusive('\n')
        .take(front.lines)
        .map(str::len)
        .sum();
    let mut reader = Reader {
        text: &text,
        body,
        facts,
        faults,
        steps: Vec::new(),
        draft: Draft::default(),
        before: None,
    };
    reader.read();
    let Reader {
        mut faults, steps, ..
    } = reader;
    if steps.len() > LESSON_STEPS {
        faults.push(Fault::new(
            1,
            format!(
                "a lesson has at most {LESSON_STEPS} steps; this has {}",
                steps.len()
            ),
        ));
    }
    if !faults.is_empty() {
        faults.sort();
        return Err(faults);
    }
    let (_, picture) = facts
        .gallery
        .first()
        .ok_or_else(|| vec![Fault::new(1, "the network has no pictures")])?;
    Ok(Lesson {
        title: front.title,
        minutes: front.minutes,
        language: front.language,
        network: facts.outline.network.clone(),
        picture: picture.clone(),
        steps,
    })
}

/// A step while it is read.
#[derive(Default)]
struct Draft {
    caption: Plain,
    notes: Option<Plain>,
    view: Option<LessonView>,
    has_stage: bool,
    question: Option<Asked>,
    has_question: bool,
    /// Line of the caption.
    line: Option<u32>,
}

struct Reader<'a> {
    text: &'a str,
    /// Where the steps begin, in bytes.
    body: usize,
    facts: &'a Facts,
    faults: Vec<Fault>,
    steps: Vec<LessonStep>,
    draft: Draft,
    /// What the step before shows.
    before: Option<LessonView>,
}

/// Where a top-level block goes.
#[derive(Clone, Copy, PartialEq)]
enum Target {
    Caption,
    Notes,
    Nothing,
}

impl Reader<'_> {
    fn fault(&mut self, line: u32, message: impl Into<String>) {
        self.faults.push(Fault::new(line, message));
    }

    fn read(&mut self) {
        let text = self.text;
        let body = &text[self.body..];
        let mut depth = 0usize;
        let mut target = Target::Nothing;
        let mut fence: Option<(String, String, u32)> = None;
        for (event, range) in Parser::new_ext(body, Options::empty()).into_offset_iter() {
            let line = line_at(text, self.body + range.start);
            if let Event::Start(tag) = &event {
                if depth == 0 {
                    if let Tag::CodeBlock(CodeBlockKind::Fenced(info)) = tag {
                        fence = Some((info.trim().to_owned(), String::new(), line + 1));
                    } else {
                        target = self.target(tag, &body[range.clone()], line);
                    }
                }
                depth += 1;
            }
            match (&event, &mut fence) {
                (Event::Rule, _) if depth == 0 => self.end_step(),
                (Event::Text(text), Some((_, code, _))) => code.push_str(text),
                (Event::End(TagEnd::CodeBlock), Some(_)) if depth == 1 => {
                    if let Some((info, code, line)) = fence.take() {
                        self.block(&info, &code, line);
                    }
                }
                _ => match target {
                    Target::Caption => self.draft.caption.push(&event),
                    Target::Notes => {
                        if let Some(notes) = &mut self.draft.notes {
                            notes.push(&event);
                        }
                    }
                    Target::Nothing => {}
                },
            }
            if let Event::End(_) = event {
                depth -= 1;
                if depth == 0 {
                    target = Target::Nothing;
                }
            }
        }
        self.end_step();
    }

    fn target(&mut self, tag: &Tag, source: &str, line: u32) -> Target {
        if self.draft.notes.is_some() {
            return Target::Notes;
        }
        match tag {
            Tag::Paragraph if source.starts_with(NOTE) => {
                self.draft.notes = Some(Plain::default());
                Target::Notes
            }
            Tag::Paragraph => {
                self.draft.line.get_or_insert(line);
                Target::Caption
            }
            // Remarks for other authors.
            Tag::HtmlBlock if source.trim_start().starts_with("<!--") => Target::Nothing,
            Tag::Heading { .. } if source.trim_end().ends_with("---") => {
                self.fault(
                    line,
                    "put an empty line before `---`, or it makes the text above a heading",
                );
                Target::Nothing
            }
            _ => {
                self.fault(line, "a caption is plain text: no headings, lists, quotations or tables; those may stand in the notes");
                Target::Nothing
            }
        }
    }

    fn block(&mut self, info: &str, code: &str, line: u32) {
        match info {
            "stage" if self.draft.has_stage => {
                self.fault(
                    line - 1,
                    "a step has one `stage` block, and this is the second",
                );
            }
            "stage" => {
                self.draft.has_stage = true;
                match stage::read(code, line, self.facts, self.before.as_ref()) {
                    Ok(view) => self.draft.view = Some(view),
                    Err(faults) => self.faults.extend(faults),
                }
            }
            "question" if self.draft.has_question => {
                self.fault(
                    line - 1,
                    "a step has one `question` block, and this is the second",
                );
            }
            "question" => {
                self.draft.has_question = true;
                match question::read(code, line, self.facts) {
                    Ok(question) => self.draft.question = Some(question),
                    Err(faults) => self.faults.extend(faults),
                }
            }
            other => {
                self.fault(
                    line - 1,
                    format!("a block is a `stage` or a `question`, not '{other}'"),
                );
            }
        }
    }

    /// What was read since the last `---` becomes a step; what has nothing in it is none.
    fn end_step(&mut self) {
        let draft = std::mem::take(&mut self.draft);
        if draft.caption.is_empty()
            && draft.notes.is_none()
            && !draft.has_stage
            && !draft.has_question
        {
            return;
        }
        let line = draft.line.unwrap_or(1);
        let caption = draft.caption.finish().replace('\n', " ");
        let characters = caption.chars().count();
        if characters > CAPTION_CHARS {
            self.fault(
                line,
                format!("a caption has at most {CAPTION_CHARS} characters; this has {characters}"),
            );
        }
        let notes = draft.notes.map(Plain::finish).unwrap_or_default();
        let notes = notes.strip_prefix(NOTE).unwrap_or(&notes).trim().to_owned();
        let characters = notes.chars().count();
        if characters > NOTES_CHARS {
            self.fault(
                line,
                format!("notes have at most {NOTES_CHARS} characters; these have {characters}"),
            );
        }
        if [&caption, &notes]
            .into_iter()
            .flat_map(|text| text.chars())
            .any(is_unfit)
        {
            self.fault(line, "the text has characters that cannot be shown, such as marks that turn its direction");
        }
        if draft.view.is_some() {
            self.before.clone_from(&draft.view);
        }
        self.steps.push(LessonStep {
            caption: Some(caption).filter(|caption| !caption.trim().is_empty()),
            view: draft.view,
            question: draft.question,
            notes,
        });
    }
}

/// Characters that the rules refuse in texts of several lines.
fn is_unfit(c: char) -> bool {
    c != '\n' && c != '\t' && is_unfit_in_line(c)
}

/// Characters that the rules refuse in a line.
pub(crate) fn is_unfit_in_line(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{2028}' | '\u{2029}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}
