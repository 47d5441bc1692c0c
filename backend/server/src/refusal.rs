//! Refusals: why an HTTP request is not answered as asked. The only place where reasons become statuses.

use actix_web::{
    HttpResponse, ResponseError,
    http::{StatusCode, header::RETRY_AFTER},
};
use convocation_classroom::rejection::Rejection;
use serde::Serialize;
use utoipa::ToSchema;

/// The reason, with words for the person in `Display`.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// No page and no file there.
    #[error("there is nothing at this address")]
    NoSuchPage,
    /// The path is there, but not for this method.
    #[error("this address does not answer to this method")]
    WrongMethod,
    /// No class with this code.
    #[error("there is no class with this code: check it with the instructor")]
    NoSuchClass,
    /// The class with this code is over.
    #[error("this class is over")]
    ClassOver,
    /// The secret is not the host's.
    #[error("this is for the host of the class alone")]
    NotHost,
    /// The connection over server-sent events is over, or was never there.
    #[error("this connection is over: open another one")]
    NoSuchLine,
    /// No network with this id or digest.
    #[error("this server has no such network")]
    NoSuchNetwork,
    /// The network has no such layer.
    #[error("the network has no such layer")]
    NoSuchLayer,
    /// The layer has no such unit.
    #[error("the layer has no such unit")]
    NoSuchUnit,
    /// The layer has no weights.
    #[error("this layer has no weights")]
    NoWeights,
    /// The picture is not kept, or was never sent.
    #[error("the picture is not there any more: send it again")]
    NoSuchPicture,
    /// Something in the request cannot be read.
    #[error("{0}")]
    BadRequest(&'static str),
    /// The picture cannot be used; the code and words of the inference crate.
    #[error("{message}")]
    BadPicture {
        /// Machine-readable reason.
        code: &'static str,
        /// The reason in words.
        message: String,
    },
    /// The edited kernel does not fit the network; the code and words of the inference crate.
    #[error("{message}")]
    BadEdit {
        /// Machine-readable reason.
        code: &'static str,
        /// The reason in words.
        message: String,
    },
    /// The question cannot be asked; the words of the rules.
    #[error("{0}")]
    BadQuestion(Rejection),
    /// No lesson with this name.
    #[error("this network has no such lesson")]
    NoSuchLesson,
    /// The lesson cannot be read; one line for each fault.
    #[error("{message}")]
    BadLesson {
        /// What is wrong, by line of the file.
        message: String,
    },
    /// The body is larger than allowed.
    #[error("the file is larger than 12 MB: choose a smaller picture, or save it smaller")]
    TooLarge,
    /// The recording of the class does not fit into a file.
    #[error("the recording of this class is larger than 64 MB and cannot be given as one file")]
    RecordingTooLarge,
    /// The body took too long to arrive.
    #[error("the file took too long to arrive: try again")]
    TooSlow,
    /// A page of another site asks.
    #[error("this can only be asked from this server's own pages")]
    ForeignOrigin,
    /// Too many wrong codes from one address.
    #[error("too many wrong codes: wait a minute and try again")]
    TooManyWrongCodes,
    /// Too many requests on one connection or from one address.
    #[error("too many requests: wait a moment and try again")]
    TooManyRequests,
    /// All classes that the server may hold are there.
    #[error("this server holds all the classes it can: try again later")]
    TooManyClasses,
    /// All inference threads are busy and the queue is full.
    #[error("the server is busy: try again in a moment")]
    Busy,
    /// The server is going down.
    #[error("the server restarts: try again in a moment")]
    Restarting,
    /// A fault of the server, told in its log.
    #[error("something went wrong on the server")]
    Internal,
}

/// The body of every refusal.
#[derive(Debug, Serialize, ToSchema)]
pub struct Problem {
    /// Machine-readable reason.
    #[schema(example = "no_such_class")]
    code: &'static str,
    /// The reason as a sentence for people.
    message: String,
}

impl Refusal {
    fn code(&self) -> &'static str {
        match self {
            Self::NoSuchPage => "no_such_page",
            Self::WrongMethod => "wrong_method",
            Self::NoSuchClass => "no_such_class",
            Self::ClassOver => "class_over",
            Self::NotHost => "not_host",
            Self::NoSuchLine => "no_such_line",
            Self::NoSuchNetwork => "no_such_network",
            Self::NoSuchLayer => "no_such_layer",
            Self::NoSuchUnit => "no_such_unit",
            Self::NoWeights => "no_weights",
            Self::NoSuchPicture => "no_such_picture",
            Self::BadRequest(_) => "bad_request",
            Self::BadPicture { code, .. } | Self::BadEdit { code, .. } => code,
            Self::BadQuestion(Rejection::BadText) => "bad_text",
            Self::BadQuestion(Rejection::BadQuestion) => "bad_question",
            Self::BadQuestion(_) => "not_askable",
            Self::NoSuchLesson => "no_such_lesson",
            Self::BadLesson { .. } => "bad_lesson",
            Self::TooLarge => "too_large",
            Self::RecordingTooLarge => "recording_too_large",
            Self::TooSlow => "too_slow",
            Self::ForeignOrigin => "foreign_origin",
            Self::TooManyWrongCodes => "too_many_wrong_codes",
            Self::TooManyRequests => "too_many_requests",
            Self::TooManyClasses => "too_many_classes",
            Self::Busy => "busy",
            Self::Restarting => "restarting",
            Self::Internal => "internal",
        }
    }

    /// When it makes sense to try again, in seconds.
    fn retry_after_s(&self) -> Option<u32> {
        match self {
            Self::Busy | Self::TooManyRequests => Some(1),
            Self::Restarting => Some(5),
            Self::TooManyWrongCodes | Self::TooManyClasses => Some(60),
            _ => None,
        }
    }
}

impl ResponseError for Refusal {
    fn status_code(&self) -> StatusCode {
        match self {
            Self::NoSuchPage
            | Self::NoSuchClass
            | Self::NoSuchLine
            | Self::NoSuchNetwork
            | Self::NoSuchLayer
            | Self::NoSuchUnit
            | Self::NoWeights
            | Self::NoSuchPicture
            | Self::NoSuchLesson => StatusCode::NOT_FOUND,
            Self::WrongMethod => StatusCode::METHOD_NOT_ALLOWED,
            Self::BadRequest(_) => StatusCode::BAD_REQUEST,
            Self::BadPicture { .. }
            | Self::BadEdit { .. }
            | Self::BadQuestion(_)
            | Self::BadLesson { .. } => StatusCode::UNPROCESSABLE_ENTITY,
            Self::TooLarge | Self::RecordingTooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::TooSlow => StatusCode::REQUEST_TIMEOUT,
            Self::ClassOver => StatusCode::GONE,
            Self::ForeignOrigin | Self::NotHost => StatusCode::FORBIDDEN,
            Self::TooManyWrongCodes | Self::TooManyRequests => StatusCode::TOO_MANY_REQUESTS,
            Self::TooManyClasses | Self::Busy | Self::Restarting => StatusCode::SERVICE_UNAVAILABLE,
            Self::Internal => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    fn error_response(&self) -> HttpResponse {
        metrics::counter!("convocation_refusals_total", "code" => self.code()).increment(1);
        let mut response = HttpResponse::build(self.status_code());
        if let Some(seconds) = self.retry_after_s() {
            response.insert_header((RETRY_AFTER, seconds.to_string()));
        }
        response.json(Problem {
            code: self.code(),
            message: self.to_string(),
        })
    }
}
