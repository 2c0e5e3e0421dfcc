//! A dump of ZMS's database says the same as its API.

use imports::{Bookings, closed_times, read_zms};

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
"#;

#[test]
fn a_dump_becomes_a_catalogue_and_closed_time() {
    let imported = read_zms(&[("dump.sql", DUMP)], None, today(), &Bookings::new()).unwrap();
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
fn a_dump_that_was_cut_off_is_refused_and_one_without_its_last_line_is_told() {
    let read = |text: &str| read_zms(&[("dump.sql", text)], None, today(), &Bookings::new());
    let cut = DUMP.find("(2,141,'2027-01-06'").unwrap();
    for at in [cut, cut + 20, DUMP.trim_end().len() - 1] {
        let error = read(&DUMP[..at]).unwrap_err().to_string();
        assert!(
            error.contains("dump.sql is no whole dump") && error.contains("buerger"),
            "{error}"
        );
    }
    assert!(told(&read(DUMP).unwrap(), "no `-- Dump completed`", "dump.sql"));
    let whole = format!("{DUMP}\n-- Dump completed on 2027-01-04 12:00:00\n");
    assert!(!told(&read(&whole).unwrap(), "no `-- Dump completed`", "dump.sql"));
}

#[test]
fn a_dump_that_is_cut_off_anywhere_never_crashes() {
    for (at, _) in DUMP.char_indices() {
        let _ = read_zms(&[("dump.sql", &DUMP[..at])], None, today(), &Bookings::new());
        let _ = read_zms(&[("dump.sql", &DUMP[at..])], None, today(), &Bookings::new());
    }
}
