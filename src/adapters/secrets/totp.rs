//! One-time codes (RFC 6238): SHA-1, six digits, thirty seconds; what every authenticator app can do.

use crate::app::ports::Fault;
use crate::app::ports::secrets::TotpSetup;
use crate::domain::time::Instant;
use totp_rs::{Builder, Secret, Totp};

/// Bytes of a secret (RFC 4226, 4: 160 bits recommended).
const SECRET_BYTES: usize = 20;
/// Steps a device's clock may be off, in either direction.
const DRIFT: u16 = 1;

pub fn secret() -> Result<String, Fault> {
    let mut bytes = [0; SECRET_BYTES];
    getrandom::fill(&mut bytes).map_err(Fault::new)?;
    Ok(Secret::from(bytes).to_base32())
}

pub fn step(secret: &str, code: &str, now: Instant) -> Option<i64> {
    // Apps show "123 456"; people type it so.
    let code: String = code.chars().filter(|c| !c.is_whitespace()).collect();
    if code.len() != 6 || !code.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let seconds = u64::try_from(now.0 / 1000).ok()?;
    let totp = totp(secret, "", None).ok()?;
    i64::try_from(totp.check(&code, seconds)?).ok()
}

pub fn setup(secret: &str, account: &str, issuer: &str) -> Result<TotpSetup, Fault> {
    let totp = totp(secret, account, Some(issuer))?;
    let url = totp.to_url().map_err(|why| Fault::new(why.to_string()))?;
    let qr_png_base64 = totp.to_qr_base64().map_err(|why| Fault::new(why.to_string()))?;
    Ok(TotpSetup { url, qr_png_base64 })
}

fn totp(secret: &str, account: &str, issuer: Option<&str>) -> Result<Totp, Fault> {
    let secret = Secret::try_from_base32(secret).map_err(|why| Fault::new(why.to_string()))?;
    let builder = Builder::new().with_secret(secret).with_skew(DRIFT).with_account_name(account).with_issuer(issuer);
    builder.build().map_err(|why| Fault::new(why.to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// "12345678901234567890", the secret of RFC 6238, appendix B; its codes, shortened to six digits.
    const RFC: &str = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";

    #[test]
    fn the_codes_are_those_of_the_rfc() {
        for (seconds, code) in [(59, "287082"), (1_111_111_109, "081804"), (20_000_000_000, "353130")] {
            assert_eq!(step(RFC, code, Instant(seconds * 1000)), Some(seconds / 30), "at {seconds} s");
        }
    }

    #[test]
    fn one_step_of_drift_is_forgiven_and_no_more() {
        let right = 1_111_111_109;
        for (off, expected) in [(-60, None), (-30, Some(right / 30)), (30, Some(right / 30)), (60, None)] {
            assert_eq!(step(RFC, "081804", Instant((right + off) * 1000)), expected, "{off} s off");
        }
    }

    #[test]
    fn codes_are_read_as_people_type_them_and_nothing_else_is_one() {
        let now = Instant(1_111_111_109_000);
        assert!(step(RFC, " 081 804 ", now).is_some());
        for wrong in ["", "81804", "0818040", "+81804", "08180a", "०८१८०४"] {
            assert_eq!(step(RFC, wrong, now), None, "„{wrong}“");
        }
        assert_eq!(step("not base 32!", "081804", now), None);
        assert_eq!(step(RFC, "081804", Instant(-1)), None);
    }

    #[test]
    fn a_fresh_secret_can_be_scanned() {
        let fresh = secret().expect("a secret");
        assert_eq!(fresh.len(), 32);
        let setup = setup(&fresh, "änne@example.org", "Ratssaal").expect("a setup");
        assert!(setup.url.starts_with("otpauth://totp/Ratssaal:") && setup.url.contains(&fresh), "{}", setup.url);
        assert!(setup.qr_png_base64.starts_with("iVBOR"), "a PNG");
    }
}
