//! A small council's evening: chair, two councillors, clerk and one citizen, each in their own browser.

use super::browser_kit::{Chromedriver, Page, chromedriver};
use super::house::{CLOSED_TITLE, House, Keys, MEETING};
use super::look_at;
use std::process::Command;
use std::time::{Duration, Instant};

/// `presence.grace_seconds` of the rules.
const GRACE: Duration = Duration::from_secs(15);

struct Council {
    chair: Page,
    ruth: Page,
    sven: Page,
    clerk: Page,
    citizen: Page,
    wrong: Vec<String>,
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn from_the_letter_to_the_closed_meeting() {
    let _machine = crate::MACHINE.lock().await;
    let Some(driver) = chromedriver().await else { return };
    let mut house = House::open().await;
    let (chair, ruth, sven, clerk, citizen) = tokio::join!(
        Page::new(&driver, "chair"),
        Page::new(&driver, "Ruth"),
        Page::new(&driver, "Sven"),
        Page::new(&driver, "clerk"),
        Page::new(&driver, "citizen"),
    );
    let mut council = Council { chair, ruth, sven, clerk, citizen, wrong: Vec::new() };
    let began = Instant::now();
    let told = |what: &str| eprintln!("{:>5.1} s  {what}", began.elapsed().as_secs_f32());
    let mut ruths_keys = council.sit_down(&house).await;
    told("everybody is enrolled, signed in and at their screen");
    council.convene().await;
    told("convened; picture and sound of three members arrive");
    council.roll_call().await;
    told("a roll call is declared");
    council.lose_a_camera().await;
    told("a camera was lost, noticed, and came back");
    council.change_device(&house, &driver, &mut ruths_keys).await;
    told("one member went on at another device");
    council.interrupt().await;
    told("interrupted and resumed");
    council.lose_the_server(&mut house).await;
    told("the server was killed, came back, and the sitting went on");
    council.recuse().await;
    told("one member was recused");
    council.behind_doors().await;
    told("the non-public part is over");
    council.close(&house).await;
    told("closed and verified");
    assert!(council.wrong.is_empty(), "{}", council.wrong.join("\n"));
    let Council { chair, ruth, sven, clerk, citizen, .. } = council;
    tokio::join!(chair.quit(), ruth.quit(), sven.quit(), clerk.quit(), citizen.quit());
    house.stop().await;
}

impl Council {
    async fn look(&mut self, state: &str) {
        let pages = [
            ("leitstand", &self.chair),
            ("platz", &self.sven),
            ("schriftfuehrung", &self.clerk),
            ("oeffentlich", &self.citizen),
        ];
        self.wrong.extend(look_at(state, &pages).await);
    }

    /// Everybody opens their screen before the meeting is convened, and nobody loads it again.
    async fn sit_down(&mut self, house: &House) -> Keys {
        let public = format!("{}/oeffentlich/{MEETING}", house.url);
        let (_, ruths_keys, ..) = tokio::join!(
            house.enrol(&self.chair, "vera.vorlage@example.org"),
            house.enrol(&self.ruth, "ruth.regenbogen@example.org"),
            house.enrol(&self.sven, "sven.sonnenschein@example.org"),
            house.enrol(&self.clerk, "paul.papier@example.org"),
            self.citizen.open(&public),
        );
        for (page, view) in
            [(&self.chair, "leitstand"), (&self.ruth, "platz"), (&self.sven, "platz"), (&self.clerk, "schriftfuehrung")]
        {
            page.press(&format!("a[href$='/{view}']")).await;
            page.until(&format!("location.pathname.endsWith('/{view}')")).await;
        }
        for page in [&self.chair, &self.ruth, &self.sven, &self.clerk, &self.citizen] {
            page.value("window.loadedOnce = true").await;
        }
        for page in [&self.chair, &self.ruth, &self.clerk] {
            let open = "const done = arguments[0]; Promise.all([...document.querySelectorAll('.views a')].map(({ href }) => \
                fetch(href).then(({ status }) => status))).then(done)";
            let doors = page.web.execute_async(open, vec![]).await.expect("they answer");
            let doors: Vec<u16> = doors.convert().expect("a list of numbers");
            assert!(doors.len() > 1 && doors.iter().all(|status| *status == 200), "{}: {doors:?}", page.name);
        }
        self.look("geplant").await;
        ruths_keys
    }

    async fn convene(&mut self) {
        self.chair.press("#more-einberufen-natural-disaster").await;
        self.citizen.reads(".phase", "inberufen").await;
        let asks = self.chair.value("document.querySelector('#next-eroeffnen').getAttribute('aria-disabled')").await;
        assert_eq!(asks, "true", "nothing is measured and nothing attested yet");
        self.clerk.press("#attendance-oeffentlichkeit").await;
        self.look("zustimmung").await;
        for page in [&self.chair, &self.ruth, &self.sven] {
            page.reads("#chamber-consent", "Ich stimme zu").await;
            page.press("#chamber-consent").await;
        }
        for seat in ["sitz-1", "sitz-2"] {
            self.chair.reads(&format!("[data-seat={seat}] [data-word]"), "Bild und Ton treffen ein").await;
        }
        for page in [&self.ruth, &self.sven] {
            page.reads("#own-title", "Ihr Bild und Ihr Ton treffen ein").await;
        }
        self.chair.until("document.querySelector('.figure dd').textContent === '3'").await;
        tokio::join!(self.chair.sees_moving(2), self.ruth.sees_moving(2), self.sven.sees_moving(2));
        let protections = self.sven.statistics("transport", "srtpCipher").await;
        let gcm = protections.iter().all(|one| one.as_str().is_some_and(|name| name.contains("GCM")));
        assert!(protections.len() == 2 && gcm, "a browser gets AES-GCM both ways: {protections:?}");
        self.look("einberufen").await;
    }

    async fn roll_call(&mut self) {
        self.chair.press("#next-eroeffnen").await;
        self.complain().await;
        self.chair.press("#next-aufrufen").await;
        self.citizen.reads("#item-title", "Bank am Dorfbrunnen").await;
        self.chair.press("#next-namentlich").await;
        self.ruth.press("#vote-ja").await;
        self.ruth.reads("#vote-receipt", "Ihre Stimme ist gezählt: Ja").await;
        self.sven.press("#vote-ja").await;
        self.sven.reads("#vote-receipt", "gezählt: Ja").await;
        self.sven.press("#vote-nein").await;
        self.sven.reads("#vote-receipt", "gezählt: Nein").await;
        self.chair.reads("[data-part=next]", "Es fehlt noch 1 Stimme: Vera Vorlage.").await;
        self.citizen.reads("[data-part=ballot]", "Zahlen und Namen folgen mit dem Ergebnis").await;
        self.look("abstimmung").await;
        self.chair.press("#vote-ja").await;
        self.chair.reads("[data-part=next]", "Alle Stimmberechtigten haben abgestimmt.").await;
        self.chair.press("#next-schluss").await;
        self.chair.press("#next-ergebnis").await;
        self.citizen.reads(".verdict", "Angenommen").await;
        let tally = "[...document.querySelectorAll('.tally dd')].map((number) => number.textContent).join()";
        assert_eq!(self.citizen.value(tally).await, "2,1,0");
        self.citizen.reads(".votes", "Sven Sonnenschein").await;
        self.citizen.reads("#durchsage", "2 Ja, 1 Nein, 0 Enthaltungen").await;
        assert_eq!(self.citizen.value("window.loadedOnce").await, true, "the citizen has not loaded the page again");
    }

    /// Ruth reports a disturbance; the chair reads it, the public does not.
    async fn complain(&self) {
        self.ruth.press("#own-complain summary").await;
        self.ruth.press("#own-complain-kind option[value=beides]").await;
        self.ruth.press("#own-complain-send").await;
        self.chair.reads("[data-part=faults]", "Ruth Regenbogen: gemeldet: „Sieht und hört die anderen nicht“").await;
        assert_eq!(self.citizen.value("document.body.textContent.includes('Sieht und hört')").await, false);
    }

    /// Sven's camera stops sending during a ballot: said, barred, not counted; and the way back.
    async fn lose_a_camera(&mut self) {
        self.chair.press("#next-aufrufen").await;
        self.chair.press("#next-namentlich").await;
        self.sven.reads("#vote-title", "Bitte stimmen Sie ab").await;
        let stopped = Instant::now();
        self.sven
            .value("document.querySelector('[data-own-tile] video').srcObject.getTracks().map((track) => track.stop())")
            .await;
        self.sven.reads("#vote-barred-why", "Die Zuschaltung ist gestört (es fehlt: Bild).").await;
        self.sven.reads("#vote-barred-why .why__law", "§ 37a Abs. 1 Satz 3 GemO").await;
        self.chair.reads("#fault-sitz-2", "Sven Sonnenschein: kein Bild").await;
        let noticed = stopped.elapsed();
        eprintln!("noticed after {:.1} s", noticed.as_secs_f32());
        assert!(noticed < GRACE, "noticed after {noticed:?}");
        self.chair.until("document.querySelector('.figure dd').textContent === '2'").await;
        self.look("stoerung").await;
        self.sven.reads("[data-part=own]", "Sie gelten zurzeit als nicht anwesend").await;
        self.sven.reads("#vote-barred-why .why__law", "§ 37a").await;
        self.citizen.reads("[data-part=people]", "Nicht anwesend").await;
        // Off, sure, and on again.
        for _ in 0..2 {
            self.sven.press("#control-cam").await;
        }
        self.sven.reads("#control-cam", "Kamera einschalten").await;
        self.sven.press("#control-cam").await;
        self.sven.reads("#own-title", "Ihr Bild und Ihr Ton treffen ein").await;
        self.sven.press("#vote-ja").await;
        self.sven.reads("#vote-receipt", "gezählt: Ja").await;
        self.chair.sees_moving(2).await;
    }

    /// Ruth goes on at another device: her vote is there, and the old page says where she is.
    async fn change_device(&mut self, house: &House, driver: &Chromedriver, keys: &mut Keys) {
        self.ruth.press("#vote-nein").await;
        self.ruth.reads("#vote-receipt", "gezählt: Nein").await;
        let tablet = Page::new(driver, "Ruth's tablet").await;
        house.sign_in(&tablet, keys).await;
        tablet.press("a[href$='/platz']").await;
        tablet.until("location.pathname.endsWith('/platz')").await;
        tablet.value("window.loadedOnce = true").await;
        self.ruth.reads("#alarm", "auf einem anderen Gerät übernommen").await;
        tablet.reads("#vote-receipt", "gezählt: Nein").await;
        tablet.reads("#own-title", "Ihr Bild und Ihr Ton treffen ein").await;
        tokio::join!(tablet.sees_moving(2), self.sven.sees_moving(2));
        std::mem::replace(&mut self.ruth, tablet).quit().await;
    }

    /// The server is killed in the middle: the pages say so, the sitting stands still, and nobody has to do anything but the
    /// chair, who lets it go on when everybody is measured anew.
    async fn lose_the_server(&mut self, house: &mut House) {
        house.kill();
        for page in [&self.chair, &self.ruth, &self.sven, &self.clerk, &self.citizen] {
            page.reads("#alarm", "Die Verbindung ist unterbrochen").await;
        }
        self.look("getrennt").await;
        house.start().await;
        self.citizen.reads(".phase", "nterbrochen").await;
        for page in [&self.ruth, &self.sven] {
            page.reads("#own-title", "Ihr Bild und Ihr Ton treffen ein").await;
        }
        tokio::join!(self.chair.sees_moving(2), self.ruth.sees_moving(2), self.sven.sees_moving(2));
        self.chair.press("#next-fortsetzen").await;
        for page in [&self.chair, &self.ruth, &self.sven, &self.clerk, &self.citizen] {
            page.until("document.querySelector('#alarm').textContent === ''").await;
        }
    }

    async fn interrupt(&mut self) {
        self.chair.press("#more-unterbrechen-summary").await;
        self.chair.press("#more-unterbrechen").await;
        self.citizen.reads(".phase", "nterbrochen").await;
        self.look("unterbrochen").await;
        self.chair.press("#next-fortsetzen").await;
        self.ruth.press("#vote-ja").await;
        self.chair.press("#vote-enthaltung").await;
        self.chair.press("#next-schluss").await;
        self.chair.press("#next-ergebnis").await;
        self.citizen.reads("#durchsage", "2 Ja, 0 Nein, 1 Enthaltung.").await;
    }

    async fn recuse(&mut self) {
        self.chair.press("#next-aufrufen").await;
        self.chair.press("#more-befangen-summary").await;
        self.chair.reads("#more-befangen-list", "Sven Sonnenschein").await;
        self.chair.press("#more-befangen-list option[value=sitz-2]").await;
        self.chair.press("#more-befangen").await;
        self.sven.reads("#own-recused-why", "Sie sind zu TOP 3 befangen").await;
        // Who is recused leaves the deliberation: the others are neither seen nor heard.
        self.sven.until("document.querySelectorAll('[data-seat] video').length === 0").await;
        self.chair.press("#next-namentlich").await;
        self.sven.reads("#vote-barred-why", "Befangenheit").await;
        self.sven.reads("#vote-barred-why .why__law", "§ 18").await;
        self.look("befangen").await;
        self.ruth.press("#vote-ja").await;
        self.chair.press("#vote-ja").await;
        self.chair.press("#next-schluss").await;
        self.chair.press("#next-ergebnis").await;
        self.citizen.reads(".votes", "befangen").await;
    }

    /// The non-public part: everybody declares to be alone, but Sven, who is cut off until it is over.
    async fn behind_doors(&mut self) {
        self.chair.reads("[data-part=next]", "Es folgt: 1 nichtöffentlicher Punkt.").await;
        self.chair.press("#next-ausschliessen").await;
        self.ruth.press("#own-allein").await;
        self.chair.press("#next-zugang-raum").await;
        self.chair.press("#next-allein").await;
        self.sven.until("document.querySelectorAll('[data-seat] video').length === 0").await;
        self.look("ausschluss").await;
        // The platform has confirmed by itself that Sven hears nothing.
        self.chair.press("#next-nichtoeffentlich").await;
        self.citizen.reads(".phase", "Nichtöffentlicher Teil").await;
        self.chair.press("#next-aufrufen").await;
        self.ruth.reads("[data-part=item]", CLOSED_TITLE).await;
        self.citizen.reads("[data-part=item]", "Sobald die Sitzung wieder öffentlich ist, geht es hier weiter.").await;
        self.sven.reads(".alone", "Ich bin allein und nehme teil").await;
        self.look("nichtoeffentlich").await;
        self.chair.press("#next-herstellen").await;
        self.chair.press("#next-zugang-raum").await;
        self.chair.press("#next-oeffentlich").await;
        self.citizen.reads(".phase", "Öffentliche Sitzung").await;
        self.sven.until("document.querySelectorAll('[data-seat] video').length > 0").await;
    }

    async fn close(&mut self, house: &House) {
        self.chair.press("#next-schliessen").await;
        self.citizen.reads(".phase", "eschlossen").await;
        for page in [&self.chair, &self.ruth, &self.sven] {
            page.reads("[data-trouble]", "Kamera und Mikrofon sind aus").await;
            page.reads("[data-own-tile]", "Ihre Kamera ist aus").await;
        }
        self.look("geschlossen").await;
        for page in [&self.chair, &self.ruth, &self.sven, &self.clerk, &self.citizen] {
            assert_eq!(page.value("window.loadedOnce").await, true, "{} has not loaded the page again", page.name);
        }
        let title = format!("document.documentElement.outerHTML.includes({CLOSED_TITLE:?})");
        assert_eq!(self.ruth.value(&title).await, true, "a member knows the title");
        assert_eq!(self.citizen.value(&title).await, false, "the public does not");
        self.verify(house).await;
    }

    /// What the clerk takes home is what another machine accepts.
    async fn verify(&self, house: &House) {
        let fetch = "const [name, done] = arguments; fetch(`${location.pathname.replace(/[^/]+$/, '')}${name}`) \
            .then((answer) => answer.text()).then(done, (why) => done(String(why)))";
        let fetched = async |name: &str| {
            let text = self.clerk.web.execute_async(fetch, vec![name.into()]).await.expect("it is fetched");
            text.json().as_str().expect("a text").to_owned()
        };
        assert!(fetched("niederschrift.pdf").await.starts_with("%PDF-"), "the minutes are a PDF");
        let bundle = house.keep("beweis.jsonl", &fetched("beweis.jsonl").await);
        let verified =
            Command::new(env!("CARGO_BIN_EXE_ratssaal")).arg("verify").arg(bundle).output().expect("it runs");
        assert!(verified.status.success(), "{}", String::from_utf8_lossy(&verified.stdout));
    }
}
