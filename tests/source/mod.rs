//! Step 1: files, archives, damage, encodings. The archives are built here, of invented news.

mod archives;
mod bad;
mod corpora;
mod damage;
mod decoding;
mod walking;

use std::io::{Cursor, Read, Write};
use std::ops::ControlFlow;

use morgue::source::{Found, Limits, open, reason_of};

/// Everything that comes out of a file `name` with these bytes, one line each: `name: text` for a member, `name: text…
/// reason` for one that breaks off after that text, `name = reason` for what is left out.
pub fn shown(name: &str, bytes: &[u8]) -> Vec<String> {
    shown_within(&Limits::default(), name, bytes)
}

/// The same, within limits.
pub fn shown_within(limits: &Limits, name: &str, bytes: &[u8]) -> Vec<String> {
    let mut lines = Vec::new();
    each(limits, name, bytes, &mut |line| {
        lines.push(line);
        ControlFlow::Continue(())
    });
    lines
}

/// Calls `take` with each of these lines.
pub fn each(
    limits: &Limits,
    name: &str,
    bytes: &[u8],
    take: &mut dyn FnMut(String) -> ControlFlow<()>,
) {
    let mut file = tempfile::NamedTempFile::new().unwrap();
    file.write_all(bytes).unwrap();
    let found = Found {
        path: file.path().to_owned(),
        file: name.to_owned(),
        size: bytes.len() as u64,
        modified: None,
        changed: None,
    };
    open(&found, limits, &mut |member| {
        take(match member {
            Ok(member) => {
                let mut bytes = Vec::new();
                let end = member.bytes.read_to_end(&mut bytes);
                let text = String::from_utf8_lossy(&bytes);
                let end = end.map_or_else(|e| format!("… {}", reason_of(&e)), |_| String::new());
                format!("{}: {text}{end}", member.file)
            }
            Err((file, rejection)) => format!("{file} = {}", rejection.reason),
        })
    });
}

pub fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

pub fn bzip2(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = ::bzip2::write::BzEncoder::new(Vec::new(), ::bzip2::Compression::fast());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

pub fn xz(bytes: &[u8]) -> Vec<u8> {
    let mut packed = Vec::new();
    let mut encoder = liblzma::read::XzEncoder::new(bytes, 1);
    encoder.read_to_end(&mut packed).unwrap();
    packed
}

pub fn zstd(bytes: &[u8]) -> Vec<u8> {
    ::zstd::encode_all(bytes, 1).unwrap()
}

pub fn tar(members: &[(&str, &[u8])]) -> Vec<u8> {
    let mut builder = ::tar::Builder::new(Vec::new());
    for (path, bytes) in members {
        let mut header = ::tar::Header::new_gnu();
        header.set_size(bytes.len() as u64);
        header.set_mode(0o644);
        // The builder refuses `..`; archives in the wild do not.
        let name = path.as_bytes();
        if name.len() < 100 {
            header.as_old_mut().name[..name.len()].copy_from_slice(name);
            header.set_cksum();
            builder.append(&header, *bytes).unwrap();
        } else {
            builder.append_data(&mut header, path, *bytes).unwrap();
        }
    }
    builder.into_inner().unwrap()
}

pub fn zip(members: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = ::zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (path, bytes) in members {
        let options = ::zip::write::SimpleFileOptions::default();
        writer.start_file(*path, options).unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

/// A zip written to a pipe: the sizes follow the bytes.
pub fn zip_stream(members: &[(&str, &[u8])]) -> Vec<u8> {
    let mut packed = Vec::new();
    let mut writer = ::zip::ZipWriter::new_stream(&mut packed);
    for (path, bytes) in members {
        let options = ::zip::write::SimpleFileOptions::default();
        writer.start_file(*path, options).unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.finish().unwrap();
    packed
}
