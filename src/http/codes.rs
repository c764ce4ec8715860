//! The service's error codes: what kind of failure each is, and what its reader can do.

/// The kind of a refusal; each is an exception of its own in Python.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// An argument is wrong.
    InvalidRequest,
    /// The token or signature was not accepted.
    Authentication,
    /// The caller may not do this.
    PermissionDenied,
    /// The account has not subscribed to the service.
    NotSubscribed,
    /// Something named in the request does not exist.
    NotFound,
    /// The state of an instance forbids it.
    Conflict,
    /// Too many requests.
    RateLimit,
    /// The service or its gateway broke.
    Server,
    /// None of these.
    Other,
}

use Kind::{
    Authentication, Conflict, InvalidRequest, NotFound, NotSubscribed, Other, PermissionDenied, RateLimit, Server,
};

const INSTANCE: &str = "Check the instance IDs: list_instances() shows those of this project.";
const REQUEST: &str = "Check the arguments of the call.";
const ORDER: &str = "Check the order's arguments against list_skus().";
const TOKEN: &str = "Check that the token is project-scoped, of this account, and not older than 24 hours.";

/// Family, number, kind and hint of every code whose meaning is known.
const CODES: &[(&str, &str, Kind, &str)] = &[
    ("KOOPHONE.API", "0000", NotFound, "Check that the account uses KooPhone."),
    ("KOOPHONE.API", "0001", InvalidRequest, REQUEST),
    ("KOOPHONE.API", "0002", InvalidRequest, REQUEST),
    ("KOOPHONE.API", "0004", NotFound, "Check the project that the token belongs to."),
    ("KOOPHONE.API", "0005", InvalidRequest, REQUEST),
    ("KOOPHONE.API", "1000", InvalidRequest, REQUEST),
    ("KOOPHONE.API", "1001", PermissionDenied, INSTANCE),
    ("KOOPHONE.API", "1002", InvalidRequest, "Send the instances of each region in a call of their own."),
    ("KOOPHONE.API", "1004", NotSubscribed, "Subscribe to KooPhone in the console first."),
    ("KOOPHONE.API", "1012", PermissionDenied, "Leave out the instances that belong to another account."),
    ("KOOPHONE.API", "2001", NotFound, "Check the cloud app."),
    ("KOOPHONE.API", "2002", PermissionDenied, "Authorise the cloud app first."),
    ("KOOPHONE.API", "2003", Conflict, "No instance is idle: try again later."),
    ("KOOPHONE.API", "2004", Conflict, "The instance is frozen: settle the account first."),
    ("KOOPHONE.API", "2005", Conflict, "The instance is being restored: wait until it is ready."),
    ("KOOPHONE.API", "2006", Conflict, "The instance is being backed up: try again when that is done."),
    ("KOOPHONE.API", "2210", Conflict, "The instance is not assigned to that user."),
    ("KPAPI", "2209", Conflict, "No device can be assigned: try again later."),
    ("KOOPHONE.API", "3002", InvalidRequest, ORDER),
    ("KOOPHONE.API", "3003", InvalidRequest, ORDER),
    ("KOOPHONE.API", "3006", InvalidRequest, ORDER),
    ("KOOPHONE.API", "3007", InvalidRequest, ORDER),
    ("KOOPHONE.API", "3008", InvalidRequest, REQUEST),
    ("KOOPHONE.API", "3009", InvalidRequest, REQUEST),
    ("KOOPHONE.API", "4001", NotFound, INSTANCE),
    ("KOOPHONE.API", "5001", Conflict, "Pay-per-use instances cannot be deleted this way."),
    ("KOOPHONE.API", "5002", InvalidRequest, REQUEST),
    ("KOOPHONE.API", "5004", InvalidRequest, "The end time must not be before the start time."),
    ("KOOPHONE.API", "5005", Conflict, "All instances must be running."),
    ("KOOPHONE.API", "9999", Server, "The service failed: look at the state before sending it again."),
    ("APIG", "0101", NotFound, "Check the endpoint and its path prefix."),
    ("APIG", "0301", Authentication, TOKEN),
    ("APIG", "0302", PermissionDenied, "The IAM user lacks the permission for this operation."),
    ("APIG", "0305", Authentication, TOKEN),
    ("APIG", "0307", Authentication, TOKEN),
    ("APIG", "0308", RateLimit, "Slow down and try again."),
    ("CPS", "0005", NotFound, INSTANCE),
];

/// The kind and hint of a refusal: a known code decides, otherwise the HTTP status.
pub fn classify(code: Option<&str>, status: u16) -> (Kind, &'static str) {
    code.and_then(known).unwrap_or(match status {
        401 => (Authentication, TOKEN),
        403 => (PermissionDenied, ""),
        404 => (NotFound, "Check the endpoint and its path prefix."),
        429 => (RateLimit, "Slow down and try again."),
        500.. => (Server, "The service failed: look at the state before sending it again."),
        _ => (Other, ""),
    })
}

/// Codes are compared by family and number, without regard to case.
fn known(code: &str) -> Option<(Kind, &'static str)> {
    let code = code.trim().to_ascii_uppercase();
    let digits = code.len() - code.bytes().rev().take_while(u8::is_ascii_digit).count();
    let (family, number) = code.split_at(digits);
    let family = match family.trim_end_matches('.') {
        "APIGW" => "APIG",
        "" => "KOOPHONE.API", // a bare number, as services send that type `error_code` as one
        other => other,
    };
    CODES.iter().find(|(f, n, ..)| *f == family && *n == number).map(|&(_, _, kind, hint)| (kind, hint))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_known_in_any_spelling() {
        for code in ["KOOPHONE.API.4001", "KooPhone.API.4001", "4001", "CPS0005", "cps.0005", "APIG.0101", "APIGW.0101"]
        {
            assert_eq!(classify(Some(code), 200).0, NotFound, "{code}");
        }
    }

    #[test]
    fn a_known_code_outranks_the_status_and_an_unknown_one_does_not() {
        assert_eq!(classify(Some("KOOPHONE.API.1000"), 500).0, InvalidRequest);
        assert_eq!(classify(Some("KOOPHONE.API.7777"), 503).0, Server);
        assert_eq!(classify(Some("KOOPHONE.API.7777"), 200).0, Other);
        assert_eq!(classify(None, 429).0, RateLimit);
    }
}
