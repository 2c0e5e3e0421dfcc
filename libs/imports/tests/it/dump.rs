//! A dump of ZMS's database says the same as its API.

use calendar::FederalState;
use imports::{Bookings, ImportError, Imported, Whole, closed_times, read_zms};

use crate::{catalogue, date, today, told};

/// As `mysqldump` writes it, with made-up rows.
const DUMP: &str = r#"-- MySQL dump 10.13
CREATE TABLE `behoerde` (
  `BehoerdenID` int(5) NOT NULL,
  `OrganisationsID` int(5),
  `Name` varchar(200),
  PRIMARY KEY (`BehoerdenID`)
) ENGINE=InnoDB;
INSERT INTO `behoerde` VALUES (72,2,'Amt für Bürgerdienste');
INSERT INTO `standort` (`StandortID`,`BehoerdenID`,`InfoDienstleisterID`,`source`,`Hinweis`,`standortkuerzel`,`Termine_ab`,`Termine_bis`,`reservierungsdauer`,`loeschdauer`) VALUES (141,72,900001,'dldb','Eingang \'B\'; hinten','Nord',0,28,20,15);
INSERT INTO `oeffnungszeit` (`OeffnungszeitID`,`StandortID`,`Startdatum`,`Endedatum`,`allexWochen`,`jedexteWoche`,`Wochentag`,`Anfangszeit`,`Endzeit`,`Terminanfangszeit`,`Terminendzeit`,`Timeslot`,`Anzahlterminarbeitsplaetze`,`reduktionTermineImInternet`,`reduktionTermineCallcenter`,`erlaubemehrfachslots`,`Offen_ab`,`Offen_bis`,`kommentar`) VALUES
(700,141,'2027-01-04','2039-12-31',1,0,8,'00:00:00','00:00:00','08:00:00','12:50:00','00:10:00',3,1,0,1,1,0,'mittwochs'),
(701,141,'2027-01-04','2039-12-31',1,0,8,'13:00:00','15:00:00','00:00:00','00:00:00','00:10:00',0,0,0,1,0,0,NULL);
INSERT INTO `feiertage` (`FeiertagID`,`Datum`,`Feiertag`,`BehoerdenID`) VALUES (1,'2027-06-16','Personalversammlung',0);
INSERT INTO `closures` (`id`,`StandortID`,`year`,`month`,`day`) VALUES (1,141,2027,7,14);
INSERT INTO `provider` (`source`,`id`,`name`,`contact__street`,`contact__streetNumber`,`contact__postalCode`,`contact__city`,`data`) VALUES ('dldb','900001','Amt Nord','Am Hafen','3',1067,'Neustadt','{\"geo\":{\"lat\":51.5,\"lon\":13.5}}');
INSERT INTO `request` (`source`,`id`,`name`,`group`) VALUES ('dldb','900101','Wohnung anmelden','Melden'),('dldb','900102','Ohne Termine','Melden');
INSERT INTO `request_provider` (`source`,`request__id`,`provider__id`,`slots`,`bookable`) VALUES ('dldb','900101','900001',2,1),('dldb','900102','900001',1,0);
INSERT INTO `buerger` (`BuergerID`,`StandortID`,`Datum`,`Uhrzeit`,`Name`,`EMail`,`hatFolgetermine`,`istFolgeterminvon`) VALUES (1,141,'2027-01-06','08:00:00','Geheimnis','g@neustadt.de',1,NULL),(2,141,'2027-01-06','08:10:00','Geheimnis','',0,1),(3,141,'2027-01-06','00:00:00','Geheimnis','',0,0);

-- Dump completed on 2027-01-04 12:00:00
"#;

fn read(text: &str, whole: Whole) -> Result<Imported, ImportError> {
    let files = [("dump.sql", text)];
    read_zms(&files, None, today(), FederalState::Berlin, &Bookings::new(), whole)
}

#[test]
fn a_dump_becomes_a_catalogue_and_closed_time() {
    let imported = read(DUMP, Whole::Stated).unwrap();
    let catalogue = catalogue(&imported);
    let (id, place) = catalogue.locations().next().unwrap();
    assert_eq!((id.as_str(), &*place.address.postal_code), ("amt-nord", "01067"));
    assert_eq!(place.position.map(|at| at.lat()), Some(51.5));
    let plan = catalogue.day_plan(id, date("2027-01-06")).unwrap();
    let [session] = &plan.sessions[..] else { panic!("{:?}", plan.sessions) };
    let bits = (session.public.bits(), session.phone.bits(), session.staff.bits());
    assert_eq!(bits, (0b11, 0b111, 0b111));
    assert!(
        place.opening["zms-700"].bookable.is_none(),
        "from 1 and until 0 is the scope's window"
    );
    assert!(catalogue.day_plan(id, date("2027-06-16")).unwrap().is_closed());
    assert!(catalogue.day_plan(id, date("2027-07-14")).unwrap().is_closed());
    assert_eq!(
        catalogue.services().map(|(id, one)| (id.as_str(), one.slots)).collect::<Vec<_>>(),
        [("wohnung-anmelden", 2)]
    );
    assert!(told(&imported, "plain hours", "dump.sql: oeffnungszeit[1]"));
    let closed = closed_times(&imported.offer).unwrap();
    assert!(closed.contains("08:00-08:20") && !closed.contains("08:30"), "{closed}");
    for text in [crate::text(&imported), closed, imported.report.json()] {
        assert!(!text.contains("Geheimnis") && !text.contains("g@neustadt.de"), "{text}");
    }
}

#[test]
fn a_dump_that_was_cut_within_a_statement_is_refused_whatever_is_known_of_it() {
    let cut = DUMP.find("(2,141,'2027-01-06'").unwrap();
    for at in [cut, cut + 20, DUMP.find("\n-- Dump completed").unwrap() - 2] {
        for whole in [Whole::Stated, Whole::Known] {
            let error = read(&DUMP[..at], whole).unwrap_err().to_string();
            assert!(
                error.contains("dump.sql is no whole dump") && error.contains("buerger"),
                "{error}"
            );
        }
    }
}

#[test]
fn a_dump_without_its_last_line_is_refused_unless_it_is_known_to_be_whole() {
    let between = [
        DUMP.find("INSERT INTO `buerger`").unwrap(),
        DUMP.find("\n-- Dump completed").unwrap(),
        DUMP.find("-- Dump completed").unwrap() + 2,
    ];
    for at in between {
        let cut = &DUMP[..at];
        let error = read(cut, Whole::Stated).unwrap_err().to_string();
        assert!(error.contains("--dump-is-whole") && error.contains("dump.sql"), "{error}");
        let known = read(cut, Whole::Known).unwrap();
        assert!(told(&known, "no `-- Dump completed`", "dump.sql"));
    }
    assert!(!told(&read(DUMP, Whole::Known).unwrap(), "no `-- Dump completed`", "dump.sql"));
}

#[test]
fn a_dump_that_is_cut_off_anywhere_never_crashes() {
    for (at, _) in DUMP.char_indices() {
        for whole in [Whole::Stated, Whole::Known] {
            let _ = read(&DUMP[..at], whole);
            let _ = read(&DUMP[at..], whole);
        }
    }
}
