use super::*;
use crate::app::planning::body_of;
use crate::domain::council::Function;

const SOUND: &str = r#"
[server]
listen = "127.0.0.1:8080"
public_url = "https://rat.example.org/"
trusted_proxies = ["127.0.0.1"]
[database]
sqlite = "ratssaal.sqlite"
[media]
bind = "0.0.0.0"
announced = "203.0.113.5"
port = 3478
[mail]
from = "Ratssaal <ratssaal@example.org>"
host = "mail.example.org"
[town]
file = "town.toml"
[data]
directory = "data"
"#;

/// A folder that goes with the test.
struct Folder(PathBuf);

impl Folder {
    fn new() -> Self {
        let path = std::env::temp_dir().join(format!("ratssaal-config-{}", uuid::Uuid::now_v7()));
        std::fs::create_dir(&path).expect("a folder");
        Self(path)
    }

    fn write(&self, name: &str, text: &str) -> PathBuf {
        let path = self.0.join(name);
        std::fs::write(&path, text).expect("a file");
        path
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

fn load(text: &str, environment: &[(&str, &str)]) -> Result<Config, ConfigError> {
    let folder = Folder::new();
    let file = folder.write("ratssaal.toml", text);
    folder.write("secret", "geheim\n");
    folder.write("empty", "\n");
    Config::from_parts(&file, environment.iter().map(|(k, v)| ((*k).to_owned(), (*v).to_owned())))
}

#[test]
fn a_sound_file_is_a_configuration_and_paths_are_meant_from_where_it_lies() {
    let config = load(SOUND, &[]).expect("a configuration");
    assert_eq!(config.server.public_url, "https://rat.example.org");
    assert!(config.town.is_absolute() && config.town.ends_with("town.toml"));
    assert!(matches!(config.database, Database::Sqlite(path) if path.is_absolute()));
    let Some(Mail { to: MailTarget::Smtp { port: 587, tls: MailTls::StartTls, login: None, .. }, .. }) = config.mail
    else {
        panic!("STARTTLS on the submission port unless told otherwise");
    };
}

#[test]
fn a_seal_is_two_files_meant_from_where_the_configuration_lies() {
    assert_eq!(load(SOUND, &[]).expect("a configuration").seal, None);
    let text = SOUND.replace("[town]", "[seal]\ncertificate = \"siegel.pem\"\nkey = \"/etc/siegel.key\"\n[town]");
    let seal = load(&text, &[]).expect("a configuration").seal.expect("a seal");
    assert!(seal.certificate.is_absolute() && seal.certificate.ends_with("siegel.pem"));
    assert_eq!(seal.key, PathBuf::from("/etc/siegel.key"));
}

#[test]
fn the_environment_overrides_the_file() {
    let environment = [
        ("RATSSAAL_SERVER__LISTEN", "127.0.0.1:9000"),
        ("RATSSAAL_MEDIA__PORT", "4000"),
        ("RATSSAAL_SERVER__TRUSTED_PROXIES", "[\"127.0.0.2\"]"),
        ("RATSSAAL_TEST_POSTGRES", "not ours"),
        ("PATH", "/bin"),
    ];
    let config = load(SOUND, &environment).expect("a configuration");
    assert_eq!((config.server.listen.port(), config.media.port), (9000, 4000));
    assert_eq!(config.server.trusted_proxies, ["127.0.0.2".parse::<IpAddr>().expect("an address")]);
}

#[test]
fn a_mistake_in_the_environment_names_the_variable() {
    for (name, value, needle) in [
        ("RATSSAAL_SERVER__LISSTEN", "127.0.0.1:9000", "unbekannter Schlüssel „server.lissten“"),
        ("RATSSAAL_SERVER__LISTEN", "nowhere", "„server.listen“"),
        ("RATSSAAL_SERVER_LISTEN", "127.0.0.1:9000", "zwei Unterstrichen"),
        ("RATSSAAL_SERWER__LISTEN", "127.0.0.1:9000", "unbekannter Schlüssel „serwer“"),
    ] {
        let said = load(SOUND, &[(name, value)]).expect_err("a mistake").to_string();
        assert!(said.starts_with("Umgebungsvariable RATSSAAL_SER") && said.contains(needle), "{said}");
    }
}

#[test]
fn every_mistake_in_the_file_names_key_and_file() {
    for (old, new, needle) in [
        ("listen =", "lissten =", "unbekannter Schlüssel „server.lissten“; bekannt sind listen, public_url"),
        ("[media]", "[video]", "unbekannter Schlüssel „video“"),
        ("port = 3478", "", "der Schlüssel „media.port“ fehlt"),
        ("port = 3478", "port = \"x\"", "„media.port“"),
        ("port = 3478", "port = 70000", "„media.port“"),
        ("listen = \"127.0.0.1:8080\"", "listen = \"8080\"", "„server.listen“"),
        ("[server]", "[server", "kein lesbares TOML"),
        ("https://rat.example.org/", "http://rat.example.org", "offen durchs Netz"),
        ("https://rat.example.org/", "https://rat.example.org/rat", "server.public_url"),
        ("https://rat.example.org/", "ftp://rat.example.org", "server.public_url"),
        ("https://rat.example.org/", "rat.example.org", "server.public_url"),
        ("https://rat.example.org/", "https://a:b@rat.example.org", "server.public_url"),
        (
            "listen = \"127.0.0.1:8080\"\npublic_url = \"https://rat.example.org/\"",
            "listen = \"0.0.0.0:8080\"\npublic_url = \"http://127.0.0.1:8080\"",
            "„server.listen“ ist von außen erreichbar",
        ),
        ("announced = \"203.0.113.5\"", "announced = \"0.0.0.0\"", "media.announced"),
        ("sqlite = \"ratssaal.sqlite\"", "", "genau einen der Schlüssel"),
        ("sqlite =", "postgres = \"postgres://localhost/x\"\nsqlite =", "genau einen der Schlüssel"),
        ("sqlite = \"ratssaal.sqlite\"", "postgres = \"postgres://u@db.example.org/x\"", "sslmode=verify-full"),
        ("sqlite = \"ratssaal.sqlite\"", "postgres_file = \"nowhere\"", "nicht lesbar"),
        ("host = \"mail.example.org\"", "host = \"mail.example.org\"\ntls = \"none\"", "nur zu diesem Rechner"),
        (
            "host = \"mail.example.org\"",
            "host = \"127.0.0.1\"\ntls = \"none\"\nauthority = \"ca.pem\"",
            "„mail.authority“",
        ),
        ("host = \"mail.example.org\"", "host = \"mail.example.org\"\ntls = \"ssl\"", "kennt den Wert „ssl“ nicht"),
        ("host = \"mail.example.org\"", "host = \"mail.example.org\"\nuser = \"x\"", "gehören zusammen"),
        (
            "host = \"mail.example.org\"",
            "host = \"mail.example.org\"\nuser = \"x\"\npassword_file = \"empty\"",
            "ist leer",
        ),
        ("host = \"mail.example.org\"", "", "genau einen der Schlüssel „host“ und „folder“"),
        ("host = \"mail.example.org\"", "folder = \"post\"\nport = 25", "verträgt sich nicht"),
        ("Ratssaal <ratssaal@example.org>", "niemand", "„mail.from“"),
        ("[town]", "[seal]\ncertificate = \"siegel.pem\"\n[town]", "der Schlüssel „seal.key“ fehlt"),
        (
            "[town]",
            "[seal]\ncertificate = \"a\"\nkey = \"b\"\npassword = \"c\"\n[town]",
            "unbekannter Schlüssel „seal.password“",
        ),
    ] {
        assert!(SOUND.contains(old), "{old}");
        let said = load(&SOUND.replacen(old, new, 1), &[]).expect_err("a mistake").to_string();
        assert!(said.contains(needle) && said.contains("ratssaal.toml: "), "„{new}“ gave: {said}");
    }
}

#[test]
fn loopback_may_do_without_tls_and_secrets_come_from_files_and_stay_out_of_logs() {
    let text = SOUND
        .replace("https://rat.example.org/", "http://localhost:8080")
        .replace(
            "host = \"mail.example.org\"",
            "host = \"127.0.0.1\"\ntls = \"none\"\nport = 2525\nuser = \"u\"\npassword_file = \"secret\"",
        )
        .replace("sqlite = \"ratssaal.sqlite\"", "postgres = \"postgres://u:wort@localhost/x\"");
    let config = load(&text, &[]).expect("a configuration");
    let shown = format!("{config:?}");
    assert!(!shown.contains("geheim") && !shown.contains("wort"), "{shown}");
    let Some(Mail { to: MailTarget::Smtp { login: Some((_, password)), .. }, .. }) = config.mail else {
        panic!("a mail server with a login");
    };
    assert_eq!(password.reveal(), "geheim");
}

#[test]
fn a_missing_file_is_said() {
    let said = Config::from_parts(Path::new("nowhere.toml"), []).expect_err("no file").to_string();
    assert_eq!(said, "nowhere.toml: die Konfigurationsdatei gibt es nicht");
}

#[test]
fn the_demonstration_town_is_a_town() {
    let town = parse_town("musterstadt.toml", include_str!("../demo/musterstadt.toml")).expect("a town");
    let council = &town.bodies()[0];
    assert_eq!((council.seats.len(), council.statutory_seats), (13, 12));
    assert!(town.people().iter().all(|person| person.email.ends_with("@example.org")));
}

#[test]
fn mistakes_in_a_town_file_name_line_or_name() {
    let sound = include_str!("../demo/musterstadt.toml");
    for (old, new, needle) in [
        ("statutory_seats", "statutory_seatz", "unbekannter Schlüssel „statutory_seatz“"),
        (
            "land = \"bw\"",
            "land = \"xx\"",
            "Zeile 3: nicht lesbar: für das Land „xx“ gibt es kein Regelwerk; möglich: bw, he",
        ),
        (
            "land = \"bw\"",
            "land = \"he\"",
            "den Vorsitz hat in diesem Land ein Sitz mit function = \"chair\" (§ 57 Abs. 1 HGO)",
        ),
        ("name = \"Anton Apfelkern\"\n", "", "der Schlüssel „name“ fehlt"),
        ("sitz-02", "sitz-01", "town.toml: der Sitz „sitz-01“ steht zweimal in der Datei"),
        ("decided_on = \"2025-10-14\"", "decided_on = \"2025-02-30\"", "kein Datum"),
        ("land = \"bw\"", "land = \"bw\"\nland = \"bw\"", "ein Schlüssel steht zweimal da"),
        ("land = \"bw\"", "land = ", "nicht lesbar"),
        ("statutory_seats = 12", "statutory_seats = -1", "ein Wert passt nicht"),
    ] {
        assert!(sound.contains(old), "{old}");
        let said = parse_town("town.toml", &sound.replacen(old, new, 1)).expect_err("a mistake").to_string();
        assert!(said.contains(needle) && said.starts_with("town.toml"), "„{new}“ gave: {said}");
    }
}

/// In Hessen whoever leads is one of those elected; the mayor has no seat (§§ 57 (1), 65 (2) HGO).
#[test]
fn a_town_in_another_land_is_a_town_with_its_own_chair() {
    let file = include_str!("../demo/musterstadt.toml")
        .replacen("land = \"bw\"", "land = \"he\"", 1)
        .replacen("function = \"mayor\"", "function = \"chair\"", 1)
        .replacen("statutory_seats = 12", "statutory_seats = 15", 1);
    let town = parse_town("town.toml", &file).expect("a town");
    let (council, day) = (&town.bodies()[0], "2026-11-26".parse().expect("a day"));
    let now = body_of(&town, &council.id, day).expect("a body");
    assert_eq!((now.seats.len(), now.statutory), (13, Some(15)));
    assert_eq!(Some(&now.chair), council.chair_on(day).map(|seat| &seat.id));
    assert!(now.seats.iter().all(|seat| seat.function == Function::Councillor), "nobody sits by the mayor's office");
    let crowded = file.replacen("statutory_seats = 15", "statutory_seats = 12", 1);
    let said = parse_town("town.toml", &crowded).expect_err("too many").to_string();
    assert!(said.contains("13 Ratssitze besetzt"), "{said}");
}

/// A Geschäftsordnung that asks for ten days of notice, in the words of `legal/README.md`.
const LOCAL: &str = "\n[[local]]\nbody = \"gemeinderat\"\nkey = \"notice.days\"\nvalue = 10\ninstrument = \"geschaeftsordnung\"\n\
                     reference = \"§ 9 Abs. 1 Geschäftsordnung\"\ndecided_on = 2026-03-12\nfrom = 2026-04-01\n";

#[test]
fn local_law_beyond_the_law_is_refused_with_file_line_and_reason() {
    let sound = include_str!("../demo/musterstadt.toml");
    let town = |local: &str| parse_town("town.toml", &format!("{sound}{local}"));
    assert_eq!(town(LOCAL).expect("a town").local().len(), 1);
    assert_eq!(town(&LOCAL.replace("2026-04-01", "\"2026-04-01\"")).expect("a town"), town(LOCAL).expect("a town"));
    let line = sound.matches('\n').count() + 2;
    for (old, new, place, needle) in [
        ("value = 10", "value = 6", format!("Zeile {line}"), "nur 7 oder mehr"),
        ("notice.days", "quorum.share", format!("Zeile {line}"), "nichts offen"),
        ("2026-04-01", "2026-03-01", format!("Zeile {line}"), "vor ihrem Beschluss"),
        ("\"geschaeftsordnung\"", "\"hauptsatzung\"", format!("Zeile {line}"), "„yes“ fehlt"),
        ("\"gemeinderat\"", "\"rat\"", "town.toml".into(), "nennt das Gremium „rat“"),
        ("value = 10", "value = 10\nfarbe = 1", "Zeile".into(), "unbekannter Schlüssel „farbe“"),
        ("2026-04-01", "2026-02-30", "Zeile".into(), ""),
    ] {
        let said = town(&LOCAL.replacen(old, new, 1)).expect_err("a mistake").to_string();
        assert!(
            said.starts_with("town.toml") && said.contains(&place) && said.contains(needle),
            "„{new}“ gave: {said}"
        );
    }
}
