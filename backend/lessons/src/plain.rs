//! Plain text in Markdown: what is left of a block when its formatting is taken away, and text written so that nothing of it is taken
//! for formatting.

use pulldown_cmark::{Event, Tag, TagEnd};

/// Collects the text of blocks. Lines that the author wrapped become one again, paragraphs stay apart.
#[derive(Default)]
pub(crate) struct Plain {
    text: String,
    /// What goes before the next text: the end of the paragraph before, or the mark of an item.
    pending: String,
    depth: usize,
}

impl Plain {
    pub(crate) fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    pub(crate) fn push(&mut self, event: &Event) {
        match event {
            Event::Text(text) | Event::Code(text) | Event::InlineHtml(text) | Event::Html(text) => {
                self.write(text);
            }
            Event::SoftBreak => self.wrap(),
            Event::HardBreak => self.text.push('\n'),
            Event::Start(Tag::List(_)) => self.depth += 1,
            Event::End(TagEnd::List(_)) => {
                self.depth -= 1;
                if self.depth == 0 {
                    self.end_block("\n\n");
                }
            }
            Event::Start(Tag::Item) => {
                self.end_block("\n");
                self.pending.push_str("- ");
            }
            Event::End(TagEnd::Paragraph | TagEnd::Heading(_) | TagEnd::CodeBlock) => {
                self.end_block(if self.depth == 0 { "\n\n" } else { "\n" });
            }
            _ => {}
        }
    }

    /// The text, without space around its lines.
    pub(crate) fn finish(self) -> String {
        tidy(&self.text)
    }

    fn write(&mut self, text: &str) {
        if !self.pending.is_empty() {
            let pending = std::mem::take(&mut self.pending);
            let is_first = self.text.is_empty();
            self.text.push_str(if is_first {
                pending.trim_start()
            } else {
                &pending
            });
        }
        self.text.push_str(text);
    }

    fn end_block(&mut self, with: &str) {
        if self.pending.trim().is_empty() && self.pending.len() < with.len() {
            self.pending = with.to_owned();
        }
    }

    /// The end of a line that goes on: a space, except between characters that are written without.
    fn wrap(&mut self) {
        if !self.text.ends_with(is_ideographic) {
            self.text.push(' ');
        }
    }
}

/// Lines without space around them, at most one empty line between two.
pub(crate) fn tidy(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut blank = false;
    for line in text.lines().map(str::trim) {
        if line.is_empty() {
            blank = true;
            continue;
        }
        if !out.is_empty() {
            out.push_str(if blank { "\n\n" } else { "\n" });
        }
        out.push_str(line);
        blank = false;
    }
    out
}

/// Scripts that are written without spaces: Chinese and Japanese characters and their punctuation.
fn is_ideographic(c: char) -> bool {
    matches!(c, '\u{3000}'..='\u{30FF}' | '\u{3400}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{FF00}'..='\u{FFEF}')
}

/// Text as Markdown: paragraphs and line breaks stay, everything else stands for itself.
pub(crate) fn escaped(text: &str) -> String {
    let paragraphs = text.split("\n\n").map(|paragraph| {
        let lines: Vec<String> = paragraph.lines().map(escaped_line).collect();
        lines.join("\\\n")
    });
    paragraphs.collect::<Vec<_>>().join("\n\n")
}

fn escaped_line(line: &str) -> String {
    let mut out = String::with_capacity(line.len());
    // A number with a point begins a list; any other mark that begins a block is punctuation in the first place.
    let digits = line.chars().take_while(char::is_ascii_digit).count();
    for (place, c) in line.chars().enumerate() {
        let begins = place == 0 && "#+-=~:|".contains(c);
        let numbers = digits > 0 && place == digits && ".)".contains(c);
        if begins || numbers || "\\`*_[]<>&".contains(c) {
            out.push('\\');
        }
        out.push(c);
    }
    out
}
