//! Compression of what is embedded in the program.

use std::io::{self, Read as _};

use brotli::enc::{BrotliEncoderParams, StandardAlloc};
use brotli::{
    BrotliCompressCustomIoCustomDict, Decompressor, InputPair, InputReferenceMut, IoReaderWrapper, IoWriterWrapper,
    interface,
};

/// The brotli quality, from 0 to 11. With 11 a release takes half a minute longer, and 15 % less space than with 5.
const QUALITY: i32 = if cfg!(debug_assertions) { 5 } else { 11 };
/// The size of the buffers, in bytes.
const BUFFER: usize = 4_096;

/// Compresses `bytes` with brotli. What stands in `known`, too, takes little space.
///
/// # Errors
/// None that is known: it writes to memory.
pub fn compress(bytes: &[u8], known: &[u8]) -> io::Result<Vec<u8>> {
    let mut compressed = Vec::new();
    let parameters = BrotliEncoderParams {
        quality: QUALITY,
        ..Default::default()
    };
    let mut ignore = |_: &mut interface::PredictionModeContextMap<InputReferenceMut>,
                      _: &mut [interface::StaticCommand],
                      _: InputPair,
                      _: &mut StandardAlloc| ();
    BrotliCompressCustomIoCustomDict(
        &mut IoReaderWrapper(&mut &*bytes),
        &mut IoWriterWrapper(&mut compressed),
        &mut [0; BUFFER],
        &mut [0; BUFFER],
        &parameters,
        StandardAlloc::default(),
        &mut ignore,
        known,
        io::Error::from(io::ErrorKind::UnexpectedEof),
    )?;
    Ok(compressed)
}

/// Decompresses what [`compress`] made with the same `known`.
///
/// # Panics
/// When `bytes` are not so compressed: the build compressed them.
pub fn decompress(bytes: &[u8], known: Vec<u8>) -> Vec<u8> {
    let mut decompressed = Vec::new();
    let mut reader = Decompressor::new_with_custom_dict(bytes, BUFFER, known.into());
    reader
        .read_to_end(&mut decompressed)
        .expect("the build compressed the bytes");
    decompressed
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_known_takes_little_space_and_comes_back() {
        let known: Vec<u8> = (0..50_000_u32)
            .flat_map(|number| number.wrapping_mul(2_654_435_761).to_le_bytes())
            .collect();
        let bytes = [&known[1_000..150_000], b"and something else"].concat();
        let compressed = compress(&bytes, &known).unwrap();
        assert!(compressed.len() < bytes.len() / 100, "{} bytes", compressed.len());
        assert_eq!(decompress(&compressed, known), bytes);
        assert_eq!(decompress(&compress(&bytes, &[]).unwrap(), Vec::new()), bytes);
    }
}
