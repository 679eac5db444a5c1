//! Letters as HTML that e-mail programs can show: inline styles, no images, no
//! scripts, one column. Outlook renders with Word, so it gets a fixed-width table
//! around it.

use crate::model::direction;

use super::letter::{
    Letter, LetterPaper, MAX_AUTHORS, MAX_SUMMARY, MAX_TITLE, MAX_TOPICS, address, cut, fit,
    paragraphs,
};

/// When opened in a browser, the letter must not load or run anything. E-mail
/// programs ignore this.
const POLICY: &str =
    "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";
const SANS: &str = "font-family:Helvetica,Arial,sans-serif";
const INK: &str = "color:#1b1a17";
const GREY: &str = "color:#595650";
const ACCENT: &str = "color:#8a1c1c";

/// The letter as an HTML document of at most
/// [`MAX_LETTER_BYTES`](super::MAX_LETTER_BYTES) bytes.
pub fn email_html(letter: &Letter<'_>) -> String {
    fit(head(letter), &letter.papers, paper, |left_out| {
        foot(letter, left_out)
    })
}

fn head(letter: &Letter<'_>) -> String {
    let title = escape(&cut(letter.title, MAX_TITLE));
    let site = escape(&cut(letter.site, MAX_TITLE));
    let language = escape(&cut(letter.language, 40));
    let direction = direction(letter.language);
    let preview = letter
        .papers
        .first()
        .map(|paper| escape(&cut(paper.title, 120)))
        .unwrap_or_default();
    let mut html = format!(
        "<!doctype html>\n<html lang=\"{language}\" dir=\"{direction}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"{POLICY}\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <title>{title}</title>\n</head>\n\
         <body style=\"margin:0;padding:24px 16px;background:#ffffff;{INK};\
         font:16px/1.5 Georgia,'Times New Roman',serif\">\n\
         <div style=\"display:none;max-height:0;overflow:hidden\">{preview}</div>\n\
         <!--[if mso]><table role=\"presentation\" width=\"600\"><tr><td><![endif]-->\n\
         <div style=\"max-width:600px;margin:0 auto\">\n\
         <p style=\"margin:0 0 20px;padding:0 0 8px;border-bottom:1px solid #1b1a17;{SANS};\
         font-size:13px;letter-spacing:1px\">{site}</p>\n\
         <h1 style=\"margin:0 0 4px;font-size:28px;line-height:1.2;font-weight:normal\">{title}</h1>\n"
    );
    let day = escape(&cut(letter.day, 100));
    if !day.is_empty() {
        html.push_str(&format!(
            "<p style=\"margin:0 0 20px;{GREY};font-style:italic\">{day}</p>\n"
        ));
    }
    for paragraph in paragraphs(letter.note) {
        html.push_str(&format!(
            "<p style=\"margin:0 0 16px\">{}</p>\n",
            escape(&paragraph)
        ));
    }
    html
}

fn paper(paper: &LetterPaper<'_>) -> String {
    let title = linked(&cut(paper.title, MAX_TITLE), paper.url, INK);
    let mut html = format!(
        "<h2 style=\"margin:24px 0 4px;padding:16px 0 0;border-top:1px solid #d6d2c9;\
         font-size:19px;line-height:1.3;font-weight:bold\">{title}</h2>\n"
    );
    let by: Vec<String> = [paper.authors, paper.venue]
        .iter()
        .map(|text| escape(&cut(text, MAX_AUTHORS)))
        .filter(|text| !text.is_empty())
        .collect();
    if !by.is_empty() {
        html.push_str(&format!(
            "<p style=\"margin:0 0 8px;{GREY};font-size:14px;font-style:italic\">{}</p>\n",
            by.join(" · ")
        ));
    }
    let summary = escape(&cut(paper.summary, MAX_SUMMARY));
    if !summary.is_empty() {
        html.push_str(&format!("<p style=\"margin:0 0 8px\">{summary}</p>\n"));
    }
    let topics: Vec<String> = paper
        .topics
        .iter()
        .take(MAX_TOPICS)
        .map(|topic| linked(&cut(topic.label, 100), topic.url, ACCENT))
        .collect();
    if !topics.is_empty() {
        html.push_str(&format!(
            "<p style=\"margin:0;{SANS};font-size:13px\">{}</p>\n",
            topics.join(" · ")
        ));
    }
    html
}

fn foot(letter: &Letter<'_>, left_out: usize) -> String {
    let mut html = String::new();
    if left_out > 0 {
        let more = linked(&letter.words.more(left_out), letter.url, ACCENT);
        html.push_str(&format!(
            "<p style=\"margin:24px 0 0;padding:16px 0 0;border-top:1px solid #d6d2c9;\
             font-size:19px\">{more}</p>\n"
        ));
    }
    if address(letter.url).is_some() {
        let link = linked(&cut(&letter.words.on_the_web, 200), letter.url, ACCENT);
        html.push_str(&format!(
            "<p style=\"margin:32px 0 0;padding:8px 0 0;border-top:1px solid #1b1a17;{SANS};\
             font-size:13px\">{link}</p>\n"
        ));
    }
    html.push_str("</div>\n<!--[if mso]></td></tr></table><![endif]-->\n</body>\n</html>\n");
    html
}

/// The text as a link to its page, or plain if there is no URL.
fn linked(text: &str, url: Option<&str>, color: &str) -> String {
    let text = escape(text);
    match address(url) {
        Some(url) => format!("<a href=\"{}\" style=\"{color}\">{text}</a>", escape(&url)),
        None => text,
    }
}

fn escape(text: &str) -> String {
    html_escape::encode_quoted_attribute(text).into_owned()
}
