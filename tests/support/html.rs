//! Just enough HTML to read what a page says.

/// Each piece of `text` between `start` and the next `end`.
pub fn between<'a>(text: &'a str, start: &'a str, end: &'a str) -> impl Iterator<Item = &'a str> {
    text.split(start).skip(1).filter_map(move |rest| rest.split(end).next())
}

/// The visible text: without head, style sheet, script and tags, character references resolved, white space collapsed.
pub fn text(html: &str) -> String {
    let mut html = html.to_owned();
    for element in ["head", "style", "script"] {
        html = without(&html, element);
    }
    let mut text = String::new();
    let mut rest = html.as_str();
    while let Some((before, after)) = rest.split_once('<') {
        text.push_str(before);
        rest = after.split_once('>').map_or("", |(_, after)| after);
    }
    text.push_str(rest);
    unescape(&text).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// `html` without the elements of this name and what is in them.
pub fn without(html: &str, element: &str) -> String {
    let (start, end) = (format!("<{element}"), format!("</{element}>"));
    let mut kept = String::new();
    let mut rest = html;
    while let Some(at) = rest.find(&start) {
        // Not `<header` where `<head` is meant.
        let after = &rest[at + start.len()..];
        let (before, inside) = rest.split_at(at + start.len());
        if after.starts_with(['>', ' ', '\n']) {
            kept.push_str(&rest[..at]);
            rest = inside.split_once(&end).map_or("", |(_, after)| after);
        } else {
            kept.push_str(before);
            rest = inside;
        }
    }
    kept.push_str(rest);
    kept
}

/// Resolves the character references that the templates write.
pub fn unescape(text: &str) -> String {
    [
        ("&#60;", "<"),
        ("&#62;", ">"),
        ("&#34;", "\""),
        ("&#39;", "'"),
        ("&#38;", "&"),
        ("&quot;", "\""),
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&amp;", "&"),
    ]
    .iter()
    .fold(text.to_owned(), |text, (reference, letter)| {
        text.replace(reference, letter)
    })
}
