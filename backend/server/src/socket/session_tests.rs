//! Time in a session: peers that say nothing, and peers that are heard. Everything else is tested on the real binary.

use actix_http::ws::Message;
use actix_web::{
    dev::Payload,
    error::PayloadError,
    web::{Bytes, BytesMut},
};
use convocation_classroom::{
    asks::{Asks, OwnAsks},
    ids::{ClassTime, SeatId, Version},
    pace::{Pace, Roaming},
    pointer::Pointer,
    seat::{Mode, Role, Seat},
    topics::{Audience, Room, Roster, TopicValue, Versions},
    views::Views,
};
use convocation_storage::UnixMs;
use tokio::sync::{mpsc, watch};
use tokio_util::codec::{Decoder, Encoder};

use super::{
    super::{inbox::Frames, seated::SILENCE},
    *,
};
use crate::class::{
    board::{Board, Boards, Frame},
    clock::ClassClock,
    handle::{Admission, Link, OwnSeat},
};

/// What keeps the other ends of an admission open.
struct Class {
    boards: Boards,
    _own: watch::Sender<OwnSeat>,
    departures: mpsc::UnboundedReceiver<SeatId>,
}

fn admission() -> (Class, Admission) {
    let seat = Seat {
        id: SeatId(3),
        role: Role::Student,
        name: "Ada".to_owned(),
        mode: Mode::Following,
        asks: OwnAsks::default(),
        answers: vec![],
        offered: None,
        cells: vec![],
    };
    let pace = Frame::new(
        Version(1),
        TopicValue::Pace(Pace {
            roaming: Roaming::Free,
            taught: 0,
            gathered: None,
            paused: false,
        }),
    );
    let room = Room {
        locked: false,
        own_pictures: true,
        driver: SeatId(0),
        ended: false,
        code_shown: false,
    };
    let roster = Roster {
        present: 1,
        following: 1,
        driver_present: false,
        seats: Vec::new(),
        whereabouts: Vec::new(),
    };
    let board = Board {
        stage: pace.clone(),
        pace,
        room: Frame::new(Version(1), TopicValue::Room(room)),
        lesson: Frame::new(Version(1), TopicValue::Lesson(None)),
        script: None,
        question: Frame::new(Version(1), TopicValue::Question(None)),
        roster: Frame::new(Version(1), TopicValue::Roster(roster)),
        asks: Frame::new(
            Version(1),
            TopicValue::Asks(Asks {
                muted: false,
                list: Vec::new(),
            }),
        ),
        lost: Frame::new(Version(1), TopicValue::Lost(None)),
        views: Frame::new(Version(1), TopicValue::Views(Views::default())),
        pointer: Frame::new(Version(1), TopicValue::Pointer(Pointer::default())),
        farewell: None,
    };
    let boards = Boards::new(board.clone(), board);
    let own = OwnSeat {
        frame: Frame::new(Version(1), TopicValue::Seat(seat.clone())),
        farewell: None,
    };
    let (own_sender, own) = watch::channel(own);
    let (calls, _) = mpsc::channel(1);
    let (sender, departures) = mpsc::unbounded_channel();
    let admission = Admission {
        token: None,
        clock: ClassClock::resume(UnixMs(0), ClassTime(0)),
        board: boards.subscribe(Audience::Room),
        own,
        link: Link::new(seat.id, calls, sender),
        seat,
    };
    (
        Class {
            boards,
            _own: own_sender,
            departures,
        },
        admission,
    )
}

type Peer = mpsc::UnboundedSender<Result<Bytes, PayloadError>>;

/// A session of someone who was let in, and the peer's end of it.
fn session(admission: Admission) -> (Session<Frames>, Peer) {
    let (peer, arriving) = mpsc::unbounded_channel();
    let arriving = futures_util::stream::unfold(arriving, |mut arriving| async move {
        Some((arriving.recv().await?, arriving))
    });
    let inbox = Frames::new(Payload::Stream {
        payload: Box::pin(arriving),
    });
    let mut outbox = VecDeque::new();
    let seated = Seated::welcome(admission, Versions::default(), &mut outbox);
    let phase = Phase::Seated(Box::new(seated));
    (
        Session {
            inbox,
            outbox,
            phase,
            _open: Counted::socket(),
        },
        peer,
    )
}

fn from_client(message: Message) -> Bytes {
    let mut bytes = BytesMut::new();
    actix_http::ws::Codec::new()
        .client_mode()
        .encode(message, &mut bytes)
        .unwrap();
    bytes.freeze()
}

fn read(bytes: Bytes) -> actix_http::ws::Frame {
    let mut codec = actix_http::ws::Codec::new().client_mode();
    codec
        .decode(&mut BytesMut::from(&bytes[..]))
        .unwrap()
        .unwrap()
}

/// Everything that is said until the end, and when the goodbye came.
async fn listen(mut session: Session<Frames>) -> (Vec<actix_http::ws::Frame>, Duration) {
    let began = Instant::now();
    let mut said = Vec::new();
    let mut goodbye = Duration::ZERO;
    while let Some(outgoing) = session.next().await {
        let frame = read(outgoing.into_frame());
        if matches!(&frame, actix_http::ws::Frame::Text(text) if text.starts_with(b"{\"type\":\"bye\""))
        {
            goodbye = began.elapsed();
        }
        said.push(frame);
    }
    (said, goodbye)
}

#[tokio::test(start_paused = true)]
async fn a_silent_peer_is_pinged_and_then_gone() {
    let (mut class, admission) = admission();
    let (session, _peer) = session(admission);
    let (said, goodbye) = listen(session).await;
    assert_eq!(goodbye, SILENCE);
    let pings = said
        .iter()
        .filter(|frame| matches!(frame, actix_http::ws::Frame::Ping(_)))
        .count();
    assert_eq!(pings, 2);
    assert!(said.iter().any(
        |frame| matches!(frame, actix_http::ws::Frame::Text(text) if text.ends_with(b"\"silent\"}"))
    ));
    assert!(matches!(
        said.last(),
        Some(actix_http::ws::Frame::Close(Some(_)))
    ));
    assert_eq!(
        class.departures.recv().await,
        Some(SeatId(3)),
        "the class knows"
    );
}

#[tokio::test(start_paused = true)]
async fn a_peer_that_answers_pings_stays() {
    const MINUTE: Duration = Duration::from_secs(60);
    let (class, admission) = admission();
    let (mut session, peer) = session(admission);
    let until = Instant::now() + MINUTE;
    while let Ok(outgoing) = timeout_at(until, session.next()).await {
        let outgoing = outgoing.expect("the connection stays");
        if let actix_http::ws::Frame::Ping(payload) = read(outgoing.into_frame()) {
            peer.send(Ok(from_client(Message::Pong(payload)))).unwrap();
        }
    }
    class
        .boards
        .show_all(|board| board.farewell = Some(Farewell::Ended));
    drop(peer);
    let (said, _) = listen(session).await;
    assert!(matches!(
        said.last(),
        Some(actix_http::ws::Frame::Close(Some(_)))
    ));
}

#[tokio::test(start_paused = true)]
async fn a_peer_that_closes_is_answered_and_not_waited_for() {
    let (_class, admission) = admission();
    let (session, peer) = session(admission);
    peer.send(Ok(from_client(Message::Close(None)))).unwrap();
    let began = Instant::now();
    let (said, _) = listen(session).await;
    assert_eq!(said.last(), Some(&actix_http::ws::Frame::Close(None)));
    assert_eq!(began.elapsed(), Duration::ZERO);
}

#[tokio::test(start_paused = true)]
async fn a_receiver_who_was_away_gets_the_newest_only() {
    let (class, admission) = admission();
    let (session, peer) = session(admission);
    for version in 2..=100 {
        let room = Room {
            locked: version % 2 == 0,
            own_pictures: true,
            driver: SeatId(0),
            ended: false,
            code_shown: false,
        };
        let frame = Frame::new(Version(version), TopicValue::Room(room));
        class.boards.show_all(|board| board.room = frame.clone());
    }
    drop(peer);
    let (said, _) = listen(session).await;
    let rooms: Vec<_> = said
        .iter()
        .filter_map(|frame| match frame {
            actix_http::ws::Frame::Text(text)
                if text.windows(14).any(|part| part == b"\"topic\":\"room\"") =>
            {
                Some(text)
            }
            _ => None,
        })
        .collect();
    assert_eq!(rooms.len(), 1);
    assert!(rooms[0].starts_with(b"{\"type\":\"frame\",\"version\":100,"));
}
