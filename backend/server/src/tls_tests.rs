use std::{fs, time::Duration};

use rcgen::{CertificateParams, KeyPair, date_time_ymd};
use tempfile::TempDir;

use super::*;

/// A certificate of one's own for some names, valid from one year to another, in a folder.
fn make(folder: &TempDir, names: &[&str], years: [i32; 2]) -> Files {
    let key = KeyPair::generate().unwrap();
    let names: Vec<String> = names.iter().map(|&name| name.to_owned()).collect();
    let mut params = CertificateParams::new(names).unwrap();
    [params.not_before, params.not_after] = years.map(|year| date_time_ymd(year, 1, 1));
    let certificate = params.self_signed(&key).unwrap();
    let files = Files {
        certificate: folder.path().join("certificate.pem"),
        key: folder.path().join("key.pem"),
    };
    fs::write(&files.certificate, certificate.pem()).unwrap();
    fs::write(&files.key, key.serialize_pem()).unwrap();
    files
}

const LONG: [i32; 2] = [2000, 4000];

#[test]
fn a_certificate_says_what_it_is_for() {
    let folder = tempfile::tempdir().unwrap();
    let names = ["class.example.org", "*.rooms.example.org", "192.168.1.5"];
    let certificate = Certificate::read(make(&folder, &names, LONG)).unwrap();
    assert_eq!(
        certificate.names(),
        ["class.example.org", "*.rooms.example.org"]
    );
    for (host, is_for) in [
        ("class.example.org", true),
        ("CLASS.example.org", true),
        ("b12.rooms.example.org", true),
        ("192.168.1.5", true),
        ("192.168.1.6", false),
        ("[::1]", false),
        ("example.org", false),
        ("not a name", false),
    ] {
        assert_eq!(certificate.is_for(host), is_for, "{host}");
    }
}

#[test]
fn its_days_are_known() {
    let folder = tempfile::tempdir().unwrap();
    let certificate = Certificate::read(make(&folder, &["a.example"], [2020, 2030])).unwrap();
    let year = |year: u64| UNIX_EPOCH + Duration::from_secs((year - 1970) * 31_556_952);
    assert_eq!(certificate.validity(year(2019)), Validity::NotYet);
    assert_eq!(certificate.validity(year(2025)), Validity::Now);
    assert_eq!(certificate.validity(year(2031)), Validity::Over);
}

#[test]
fn each_mistake_names_its_flag_and_its_file() {
    let folder = tempfile::tempdir().unwrap();
    let other = tempfile::tempdir().unwrap();
    let good = make(&folder, &["a.example"], LONG);
    let elsewhere = make(&other, &["b.example"], LONG);
    let broken = folder.path().join("broken.pem");
    let text = "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n";
    fs::write(&broken, text).unwrap();
    let empty = folder.path().join("empty.pem");
    fs::write(&empty, "").unwrap();
    let nowhere = folder.path().join("nowhere.pem");
    for (certificate, key, flag, words) in [
        (&nowhere, &good.key, "--tls-certificate", "nowhere.pem"),
        (&empty, &good.key, "--tls-certificate", "no certificate"),
        (&good.key, &good.key, "--tls-certificate", "no certificate"),
        (&broken, &good.key, "--tls-certificate", "cannot be read"),
        (&good.certificate, &nowhere, "--tls-key", "nowhere.pem"),
        (&good.certificate, &empty, "--tls-key", "no private key"),
        (
            &good.certificate,
            &good.certificate,
            "--tls-key",
            "no private key",
        ),
        (
            &good.certificate,
            &elsewhere.key,
            "--tls-key",
            "is not that of",
        ),
    ] {
        let error = Certificate::read(Files {
            certificate: certificate.clone(),
            key: key.clone(),
        })
        .unwrap_err();
        let text = format!("{error:#}");
        assert!(text.contains(flag) && text.contains(words), "{text}");
    }
}

/// Clocks of files may stand still for as long as a test takes: this file was written so many seconds later.
fn age(path: &Path, seconds: u64) {
    let file = fs::File::options().append(true).open(path).unwrap();
    let time = file.metadata().unwrap().modified().unwrap();
    file.set_modified(time + Duration::from_secs(seconds))
        .unwrap();
}

#[test]
fn a_renewed_certificate_takes_the_place_of_the_old_one_and_a_broken_one_does_not() {
    let folder = tempfile::tempdir().unwrap();
    let certificate = Certificate::read(make(&folder, &["old.example"], LONG)).unwrap();
    assert!(!certificate.renew().unwrap());
    let renewed = make(&folder, &["new.example"], LONG);
    age(&renewed.certificate, 1);
    assert!(certificate.renew().unwrap());
    assert_eq!(certificate.names(), ["new.example"]);
    fs::write(&renewed.certificate, "").unwrap();
    age(&renewed.certificate, 2);
    certificate.renew().unwrap_err();
    assert_eq!(certificate.names(), ["new.example"]);
    // It is complained about once.
    assert!(!certificate.renew().unwrap());
    fs::remove_file(&renewed.key).unwrap();
    certificate.renew().unwrap_err();
    make(&folder, &["newer.example"], LONG);
    age(&renewed.certificate, 3);
    assert!(certificate.renew().unwrap());
    assert_eq!(certificate.names(), ["newer.example"]);
}
