//! What every journal promises, for every implementation: run [`holds_for`] with a way to open it.

use std::{collections::BTreeSet, sync::Arc};

use convocation_classroom::{
    command::Command,
    entry::{Entry, Event, Opening},
    ids::{ClassTime, PictureId, SeatId, SecretHash},
    outline::{LayerOutline, Outline, Wiring},
    seat::Role,
};
use convocation_storage::{
    Birth, ClassKey, Journal, KEPT_PICTURES, Record, Saved, StorageError, StoredPicture, UnixMs,
};
use uuid::Uuid;

/// A place where a journal keeps its data. Opening it again finds what was there.
pub trait Place {
    /// Opens the journal. At most one is open at a time.
    fn open(&self) -> Arc<dyn Journal>;
}

/// Checks every promise, each in a new place.
pub async fn holds_for<P: Place>(new_place: impl Fn() -> P) {
    what_was_written_is_loaded(&new_place()).await;
    entries_come_in_order_without_gaps(&new_place()).await;
    concurrent_writers_cannot_both_win(&new_place()).await;
    many_classes_write_at_once(&new_place()).await;
    calls_take_effect_in_order_even_if_nobody_waits(&new_place()).await;
    keys_and_codes_are_used_once(&new_place()).await;
    pictures_chosen_last_are_kept(&new_place()).await;
    the_last_connection_never_goes_back(&new_place()).await;
    a_deleted_class_is_gone(&new_place()).await;
}

pub fn key(number: u128) -> ClassKey {
    ClassKey(Uuid::from_u128(number))
}

pub fn opening(code: &str) -> Opening {
    let layer = LayerOutline {
        id: "input".into(),
        units: 3,
        steps: 9,
        sources: 0,
        wiring: Wiring::None,
        kernel: 0,
    };
    Opening {
        code: code.into(),
        host: SecretHash("host".to_owned()),
        assistant: SecretHash("assistant".to_owned()),
        outline: Outline {
            network: "small".into(),
            layers: vec![layer],
            classes: 2,
        },
        picture: "cat".into(),
        host_name: "Ada ’n’ 語 🧠".to_owned(),
    }
}

pub fn birth(class: ClassKey) -> Birth {
    let opening = opening(&format!("{:06}", class.0.as_u128()));
    Birth {
        class,
        opened_at: UnixMs(1000),
        opening,
        picture: None,
    }
}

pub fn record(class: ClassKey, sequence: u32) -> Record {
    let name = format!("Student \"{sequence}\"\n語");
    let token = SecretHash(format!("token {sequence}"));
    let event = Event::Admit {
        role: Role::Student,
        name,
        token,
    };
    Record {
        class,
        sequence,
        entry: Entry {
            at: ClassTime(sequence),
            event,
        },
        picture: None,
    }
}

fn choose(class: ClassKey, sequence: u32, picture: &StoredPicture) -> Record {
    let command = Command::ChoosePicture {
        picture: picture.id.clone(),
    };
    let entry = Entry {
        at: ClassTime(0),
        event: Event::Command {
            seat: SeatId(0),
            command,
        },
    };
    Record {
        class,
        sequence,
        entry,
        picture: Some(picture.clone()),
    }
}

fn picture(number: u32) -> StoredPicture {
    StoredPicture {
        id: PictureId(format!("{number:032x}")),
        bytes: number.to_le_bytes().repeat(100),
    }
}

async fn saved(journal: &dyn Journal) -> Vec<Saved> {
    let loaded = journal.load().await.unwrap();
    assert_eq!(loaded.unreadable, []);
    loaded.classes
}

async fn entries(journal: &dyn Journal, class: ClassKey) -> Vec<Entry> {
    let mut classes = saved(journal).await;
    let index = classes
        .iter()
        .position(|saved| saved.class == class)
        .unwrap();
    classes.swap_remove(index).entries
}

fn written(class: ClassKey, count: u32) -> Vec<Entry> {
    (1..=count)
        .map(|sequence| record(class, sequence).entry)
        .collect()
}

async fn what_was_written_is_loaded(place: &impl Place) {
    let journal = place.open();
    assert_eq!(saved(&*journal).await, []);
    let later = Birth {
        opened_at: UnixMs(2000),
        ..birth(key(1))
    };
    journal.open(later).await.unwrap();
    journal.open(birth(key(2))).await.unwrap();
    for sequence in 1..=3 {
        journal.append(record(key(1), sequence)).await.unwrap();
    }
    let expected = |class, ms, count| Saved {
        class,
        opened_at: UnixMs(ms),
        last_seen: UnixMs(ms),
        opening: birth(class).opening,
        entries: written(class, count),
    };
    let expected = [expected(key(2), 1000, 0), expected(key(1), 2000, 3)];
    assert_eq!(saved(&*journal).await, expected);
    for class in &expected {
        let read = journal.read(class.class).await.unwrap();
        assert_eq!(read.as_ref(), Some(class));
    }
    assert_eq!(journal.read(key(3)).await.unwrap(), None);
    journal.flush().await.unwrap();
    drop(journal);
    assert_eq!(saved(&*place.open()).await, expected);
}

async fn entries_come_in_order_without_gaps(place: &impl Place) {
    let journal = place.open();
    let class = key(1);
    journal.open(birth(class)).await.unwrap();
    let check = async |offered, last| {
        let outcome = journal.append(record(class, offered)).await;
        let Err(StorageError::Conflict {
            offered: said_offered,
            last: said_last,
            ..
        }) = outcome
        else {
            panic!("{offered} after {last}: {outcome:?}");
        };
        assert_eq!((said_offered, said_last), (offered, last));
    };
    check(0, 0).await;
    check(2, 0).await;
    journal.append(record(class, 1)).await.unwrap();
    check(1, 1).await;
    check(3, 1).await;
    check(u32::MAX, 1).await;
    assert!(matches!(
        journal.append(record(key(9), 1)).await,
        Err(StorageError::UnknownClass(class)) if class == key(9)
    ));
    assert_eq!(entries(&*journal, class).await, written(class, 1));
}

async fn concurrent_writers_cannot_both_win(place: &impl Place) {
    let journal = place.open();
    let class = key(1);
    journal.open(birth(class)).await.unwrap();
    for sequence in 1..=20 {
        let rivals: Vec<_> = (0..8)
            .map(|_| journal.append(record(class, sequence)))
            .collect();
        let mut winners = 0;
        for rival in rivals {
            winners += u32::from(rival.await.is_ok());
        }
        assert_eq!(winners, 1);
    }
    assert_eq!(entries(&*journal, class).await, written(class, 20));
}

async fn many_classes_write_at_once(place: &impl Place) {
    let journal = place.open();
    let classes: Vec<_> = (0..40).map(key).collect();
    let tasks: Vec<_> = classes
        .iter()
        .map(|class| {
            let (journal, class) = (Arc::clone(&journal), *class);
            tokio::spawn(async move {
                journal.open(birth(class)).await.unwrap();
                for sequence in 1..=25 {
                    journal.append(record(class, sequence)).await.unwrap();
                }
            })
        })
        .collect();
    for task in tasks {
        task.await.unwrap();
    }
    let saved = saved(&*journal).await;
    let found: BTreeSet<_> = saved.iter().map(|saved| saved.class).collect();
    assert_eq!(found, classes.into_iter().collect());
    for saved in saved {
        assert_eq!(saved.entries, written(saved.class, 25));
    }
}

async fn calls_take_effect_in_order_even_if_nobody_waits(place: &impl Place) {
    let journal = place.open();
    let class = key(1);
    drop(journal.open(birth(class)));
    for sequence in 1..=50 {
        drop(journal.append(record(class, sequence)));
    }
    journal.flush().await.unwrap();
    assert_eq!(entries(&*journal, class).await, written(class, 50));
}

async fn keys_and_codes_are_used_once(place: &impl Place) {
    let journal = place.open();
    journal.open(birth(key(1))).await.unwrap();
    let same_key = Birth {
        opening: opening("OTHER0"),
        ..birth(key(1))
    };
    assert!(
        matches!(journal.open(same_key).await, Err(StorageError::KnownClass(class)) if class == key(1))
    );
    let same_code = Birth {
        opening: birth(key(1)).opening,
        ..birth(key(2))
    };
    assert!(matches!(
        journal.open(same_code.clone()).await,
        Err(StorageError::CodeTaken)
    ));
    assert_eq!(saved(&*journal).await.len(), 1);
    journal.delete(key(1)).await.unwrap();
    journal.open(same_code).await.unwrap();
}

async fn pictures_chosen_last_are_kept(place: &impl Place) {
    let journal = place.open();
    let (class, other) = (key(1), key(2));
    let first = StoredPicture {
        id: "cat".into(),
        bytes: vec![7; 300_000],
    };
    journal
        .open(Birth {
            picture: Some(first.clone()),
            ..birth(class)
        })
        .await
        .unwrap();
    journal.open(birth(other)).await.unwrap();
    let kept = async |class, id: &PictureId| journal.picture(class, id.clone()).await.unwrap();
    assert_eq!(kept(class, &first.id).await, Some(first.bytes.clone()));
    assert_eq!(kept(other, &first.id).await, None);

    let mut sequence = 0;
    let mut next = || {
        sequence += 1;
        sequence
    };
    for number in 1..KEPT_PICTURES {
        journal
            .append(choose(class, next(), &picture(number)))
            .await
            .unwrap();
    }
    assert_eq!(kept(class, &first.id).await, Some(first.bytes.clone()));
    // Chosen again, without its bytes: it is young again, and the second is the oldest.
    let again = Record {
        picture: None,
        ..choose(class, next(), &first)
    };
    journal.append(again).await.unwrap();
    journal
        .append(choose(class, next(), &picture(1000)))
        .await
        .unwrap();
    assert_eq!(kept(class, &picture(1).id).await, None);
    for still_there in [&first, &picture(2), &picture(1000)] {
        assert_eq!(
            kept(class, &still_there.id).await.as_ref(),
            Some(&still_there.bytes)
        );
    }
}

async fn the_last_connection_never_goes_back(place: &impl Place) {
    let journal = place.open();
    journal.open(birth(key(1))).await.unwrap();
    for at in [5000, 3000] {
        journal.touch(key(1), UnixMs(at)).await.unwrap();
    }
    journal.touch(key(9), UnixMs(5000)).await.unwrap();
    let saved = saved(&*journal).await;
    assert_eq!(
        saved
            .iter()
            .map(|s| (s.opened_at, s.last_seen))
            .collect::<Vec<_>>(),
        [(UnixMs(1000), UnixMs(5000))]
    );
}

async fn a_deleted_class_is_gone(place: &impl Place) {
    let journal = place.open();
    for class in [key(1), key(2)] {
        journal
            .open(Birth {
                picture: Some(picture(5)),
                ..birth(class)
            })
            .await
            .unwrap();
        journal.append(record(class, 1)).await.unwrap();
    }
    journal.delete(key(1)).await.unwrap();
    journal.delete(key(1)).await.unwrap();
    assert!(matches!(
        journal.append(record(key(1), 2)).await,
        Err(StorageError::UnknownClass(_))
    ));
    assert_eq!(journal.picture(key(1), picture(5).id).await.unwrap(), None);
    assert_eq!(
        journal.picture(key(2), picture(5).id).await.unwrap(),
        Some(picture(5).bytes)
    );
    drop(journal);
    let journal = place.open();
    assert_eq!(
        saved(&*journal)
            .await
            .iter()
            .map(|s| s.class)
            .collect::<Vec<_>>(),
        [key(2)]
    );
    // A class with the same key begins anew.
    journal.open(birth(key(1))).await.unwrap();
    assert_eq!(entries(&*journal, key(1)).await, []);
}
