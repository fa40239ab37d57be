use super::*;

fn mail() -> EnrolmentMail {
    EnrolmentMail {
        to_name: "Änne <b>Muster</b>".into(),
        to_address: "aenne@example.org".into(),
        municipality: "Musterstadt am Hang".into(),
        link: "https://rat.example.org/einladung/0123456789abcdef".into(),
        valid_minutes: 30,
    }
}

#[test]
fn a_name_is_text_in_html_and_the_link_stands_in_both_parts() {
    let letter = letter::enrolment(&mail()).expect("a letter");
    assert!(letter.text.contains(&mail().link) && letter.html.contains(&mail().link));
    assert!(letter.text.contains("Änne <b>Muster</b>"));
    assert!(!letter.html.contains("<b>Muster") && letter.html.contains("Muster"));
    assert!(!letter.subject.contains('\n') && letter.subject.contains("Musterstadt am Hang"));
}

#[tokio::test]
async fn a_letter_in_the_folder_is_whole_and_says_a_machine_wrote_it() {
    let folder = std::env::temp_dir().join(format!("ratssaal-mail-{}", uuid::Uuid::now_v7()));
    let letters = Letters::folder(&folder, "Ratssaal <ratssaal@example.org>").expect("letters");
    letters.send_enrolment(mail()).await.expect("a letter in the folder");
    let files: Vec<_> = std::fs::read_dir(&folder).expect("the folder").flatten().map(|entry| entry.path()).collect();
    let [file] = files.as_slice() else { panic!("one letter, not {files:?}") };
    let letter = std::fs::read_to_string(file).expect("the letter");
    std::fs::remove_dir_all(&folder).expect("the folder goes");
    assert!(letter.contains("Auto-Submitted: auto-generated"), "{letter}");
    assert!(letter.contains("@example.org>") && letter.contains("Message-ID: <"), "{letter}");
    assert!(letter.contains("multipart/alternative"), "{letter}");
}

#[test]
fn addresses_are_masked_in_logs() {
    assert_eq!(masked("rosalinde.blumenfeld@example.org"), "r***@example.org");
    assert_eq!(masked("no address"), "n***@");
}

#[test]
fn who_writes_must_be_an_address() {
    assert!(Letters::folder(Path::new("x"), "nobody").is_err());
}

#[tokio::test]
async fn the_head_stands_in_every_part_and_a_wrong_address_is_final() {
    let head = HeadMail {
        to_name: "Änne <b>Muster</b>".into(),
        to_address: "aenne@example.org".into(),
        municipality: "Musterstadt am Hang".into(),
        title: "7. Sitzung".into(),
        number: 41,
        digest: "0a".repeat(32).parse().expect("a digest"),
    };
    let letter = letter::head(&head).expect("a letter");
    let command = format!("ratssaal verify beweis.jsonl --head {}", head.digest);
    assert!(letter.text.contains(&command) && letter.html.contains(&command), "{}", letter.text);
    assert!(letter.subject.contains("7. Sitzung") && !letter.html.contains("<b>Muster"));
    let letters = Letters::folder(Path::new("/dev/null/nowhere"), "Ratssaal <ratssaal@example.org>").expect("letters");
    let unreachable = letters.send_head(head.clone()).await;
    assert!(matches!(unreachable, Err(MailTrouble::NotNow(_))), "{unreachable:?}");
    let refused = letters.send_head(HeadMail { to_address: "keine Adresse".into(), ..head }).await;
    assert!(matches!(refused, Err(MailTrouble::Refused(_))), "{refused:?}");
}
