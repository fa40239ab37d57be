//! How an object is spelled in a PDF (ISO 32000-1, 7.3). The library that reads them spells whole files only.

use lopdf::{Object, StringFormat};

/// Spells `object` at the end of `file`. A stream is never an object within another: there it is `null`.
pub fn spell(file: &mut Vec<u8>, object: &Object) {
    match object {
        Object::Null | Object::Stream(_) => file.extend_from_slice(b"null"),
        Object::Boolean(value) => file.extend_from_slice(value.to_string().as_bytes()),
        Object::Integer(value) => file.extend_from_slice(value.to_string().as_bytes()),
        Object::Real(value) => file.extend_from_slice(value.to_string().as_bytes()),
        Object::Name(name) => spell_name(file, name),
        Object::String(text, StringFormat::Literal) => {
            file.push(b'(');
            for byte in text {
                match byte {
                    b'(' | b')' | b'\\' => file.extend_from_slice(&[b'\\', *byte]),
                    b'\r' => file.extend_from_slice(b"\\r"),
                    _ => file.push(*byte),
                }
            }
            file.push(b')');
        }
        Object::String(text, StringFormat::Hexadecimal) => {
            file.push(b'<');
            for byte in text {
                file.extend_from_slice(format!("{byte:02x}").as_bytes());
            }
            file.push(b'>');
        }
        Object::Array(parts) => {
            file.push(b'[');
            for (place, part) in parts.iter().enumerate() {
                if place > 0 {
                    file.push(b' ');
                }
                spell(file, part);
            }
            file.push(b']');
        }
        Object::Dictionary(entries) => {
            file.extend_from_slice(b"<<");
            for (key, value) in entries {
                spell_name(file, key);
                file.push(b' ');
                spell(file, value);
            }
            file.extend_from_slice(b">>");
        }
        Object::Reference((number, generation)) => {
            file.extend_from_slice(format!("{number} {generation} R").as_bytes());
        }
    }
}

/// Whatever could end a name is written by its number.
fn spell_name(file: &mut Vec<u8>, name: &[u8]) {
    file.push(b'/');
    for byte in name {
        if byte.is_ascii_graphic() && !b"()<>[]{}/%#".contains(byte) {
            file.push(*byte);
        } else {
            file.extend_from_slice(format!("#{byte:02X}").as_bytes());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::spell;
    use lopdf::{Document, Object, StringFormat, dictionary};

    #[test]
    fn what_is_spelled_is_read_back() {
        let whole = Object::Dictionary(dictionary! {
            "Plain" => "Name",
            "A b#(/" => Object::Name(b"c d\xff%".to_vec()),
            "Numbers" => vec![Object::Integer(-7), Object::Real(0.25), Object::Boolean(true), Object::Null],
            "Text" => Object::String(b"a (b) \\ c)\r".to_vec(), StringFormat::Literal),
            "Hex" => Object::String(vec![0, 254, 255], StringFormat::Hexadecimal),
            "There" => Object::Reference((12, 0)),
        });
        let mut file = b"%PDF-1.7\n1 0 obj\n".to_vec();
        spell(&mut file, &whole);
        let table = file.len() + 8;
        file.extend_from_slice(
            b"\nendobj\nxref\n0 2\n0000000000 65535 f \n0000000009 00000 n \ntrailer\n<</Size 2/Root 1 0 R>>\n",
        );
        file.extend_from_slice(format!("startxref\n{table}\n%%EOF\n").as_bytes());
        let read = Document::load_mem(&file).unwrap();
        assert_eq!(read.get_object((1, 0)).unwrap(), &whole);
    }
}
