//! QR codes, read as a camera does: from a picture of the shapes that are drawn.

use scraper::ElementRef;

use super::page::within;

/// The text of the code that is drawn by an `svg` element.
pub fn read(svg: ElementRef<'_>) -> String {
    let size: usize = number(svg.attr("viewBox").and_then(|size| size.rsplit(' ').next()));
    let paths = within(svg, "path[stroke]");
    let strokes = paths[0].attr("d").expect("strokes");
    let mut dark = vec![false; size * size];
    for stroke in strokes.split('M').skip(1) {
        let mut parts = stroke.split([' ', 'h']);
        let [x, y, length] = std::array::from_fn(|_| number(parts.next()));
        dark[y * size + x..y * size + x + length].fill(true);
    }
    let scale = 4;
    let pixel = |x: usize, y: usize| if dark[y / scale * size + x / scale] { 0 } else { 255 };
    let mut image = rqrr::PreparedImage::prepare_from_greyscale(size * scale, size * scale, pixel);
    let codes = image.detect_grids();
    let code = codes.first().expect("a QR code is drawn");
    code.decode().expect("the QR code is readable").1
}

fn number(text: Option<&str>) -> usize {
    text.and_then(|text| text.parse().ok()).expect("a number")
}
