//! Compression of what is embedded in the program.

use std::io;

use brotli::enc::BrotliEncoderParams;

/// The brotli quality, from 0 to 11. With 11 a release takes half a minute longer, and 15 % less space than with 5.
const QUALITY: i32 = if cfg!(debug_assertions) { 5 } else { 11 };

/// Compresses `bytes` with brotli.
///
/// # Errors
/// None that is known: it writes to memory.
pub fn compress(bytes: &[u8]) -> io::Result<Vec<u8>> {
    let mut compressed = Vec::new();
    let parameters = BrotliEncoderParams {
        quality: QUALITY,
        ..Default::default()
    };
    brotli::BrotliCompress(&mut &*bytes, &mut compressed, &parameters)?;
    Ok(compressed)
}

/// Decompresses what was embedded.
///
/// # Panics
/// When `bytes` are not compressed with brotli: the build compressed them.
pub fn decompress(bytes: &[u8]) -> Vec<u8> {
    let mut decompressed = Vec::new();
    brotli::BrotliDecompress(&mut &*bytes, &mut decompressed).expect("the build compressed the bytes");
    decompressed
}
