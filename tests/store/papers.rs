//! Files of papers: whole, once, never half.

use super::Place;
use super::ledger_kit::NOW;
use ratssaal::adapters::store::SqlPapers;
use ratssaal::app::ports::papers::PaperStore as _;
use ratssaal::domain::ledger::Digest;

/// A megabyte and a bit, nothing of it text.
fn file(seed: u32) -> Vec<u8> {
    (0..1_100_000_u32)
        .map(|n| (n.wrapping_mul(2_654_435_761) ^ seed.wrapping_mul(0x9E37_79B9)).to_be_bytes()[0])
        .collect()
}

pub async fn a_paper_comes_back_as_it_was(place: Place) {
    let papers = SqlPapers(place.db().await);
    for bytes in [file(1), file(2), b"%PDF-1.7 kurz".to_vec(), Vec::new()] {
        let digest = Digest::sha256(&bytes);
        assert_eq!(papers.fetch(digest).await.unwrap(), None);
        papers.keep(digest, bytes.clone(), NOW).await.unwrap();
        papers.keep(digest, bytes.clone(), NOW).await.unwrap();
        assert!(papers.fetch(digest).await.unwrap() == Some(bytes), "as it was");
    }
    assert_eq!(place.change("DELETE FROM paper_file").await, 4, "each lies there once");
}

pub async fn a_paper_that_was_changed_is_not_handed_out(place: Place) {
    let papers = SqlPapers(place.db().await);
    let digest = Digest::sha256(&file(3));
    papers.keep(digest, file(3), NOW).await.unwrap();
    place
        .tamper("UPDATE paper_piece SET content = (SELECT content FROM paper_piece WHERE place = 1) WHERE place = 2")
        .await;
    assert!(papers.fetch(digest).await.is_err());
    place.tamper("DELETE FROM paper_piece WHERE place = 2").await;
    assert!(papers.fetch(digest).await.is_err());
}
