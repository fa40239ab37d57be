//! What protects every page: headers, cross-site requests, limits of size, time and rate, and who is asking.

use axum::Router;
use axum::body::Body;
use axum::extract::{ConnectInfo, DefaultBodyLimit, FromRequestParts, Request};
use axum::http::header::{self, HeaderMap, HeaderName, HeaderValue};
use axum::http::request::Parts;
use axum::http::{Extensions, Method, StatusCode, Uri};
use axum::middleware::{Next, from_fn};
use axum::response::{IntoResponse, Response};
use std::convert::Infallible;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;
use tower_governor::governor::GovernorConfigBuilder;
use tower_governor::key_extractor::KeyExtractor;
use tower_governor::{GovernorError, GovernorLayer};
use tower_http::csrf::{CsrfLayer, ProtectionError};
use tower_http::set_header::SetResponseHeaderLayer;

/// Largest body taken anywhere, in bytes: a session description of the chamber and some wrapping.
const BODY_BYTES_MAX: usize = 512 * 1024;
/// Longest time until an answer begins. Streams and sockets begin at once and are not concerned.
const ANSWER_TIMEOUT: Duration = Duration::from_secs(30);
/// Longest time until a paper has arrived: fifty megabytes on a slow line.
const UPLOAD_TIMEOUT: Duration = Duration::from_mins(10);
/// Attempts at sign-in or enrolment one address has in stock: a whole council behind the town hall's one address.
const RATE_BURST: u32 = 120;
/// How often one more is added to the stock.
const RATE_PERIOD: Duration = Duration::from_millis(500);
/// Addresses remembered before those at rest are forgotten.
const RATE_ADDRESSES: usize = 10_000;

/// What the protection must know of the installation.
#[derive(Debug, Clone)]
pub struct Protection {
    /// Scheme, host and port the public sees, for instance `https://rat.example.org`.
    pub public_url: String,
    /// Reverse proxies whose `X-Forwarded-For` is believed.
    pub trusted_proxies: Vec<IpAddr>,
}

/// Puts the protection around all routes. It must be the outermost layer.
pub fn protect<S: Clone + Send + Sync + 'static>(router: Router<S>, protection: &Protection) -> Router<S> {
    let csrf = CsrfLayer::new().with_rejection_response(cross_site);
    let mut router = router.layer(DefaultBodyLimit::max(BODY_BYTES_MAX)).layer(from_fn(in_time)).layer(csrf);
    for (name, value) in headers(&protection.public_url) {
        router = router.layer(SetResponseHeaderLayer::if_not_present(name, value));
    }
    let proxies: Arc<[IpAddr]> = protection.trusted_proxies.clone().into();
    router.layer(from_fn(move |mut request: Request, next: Next| {
        let address = client_address(request.extensions(), request.headers(), &proxies);
        request.extensions_mut().insert(ClientAddress(address));
        next.run(request)
    }))
}

/// Ends what takes too long. Only a paper on its way up may take longer, on a slow line.
async fn in_time(request: Request, next: Next) -> Response {
    let upload = request.method() == Method::POST && request.uri().path().ends_with("/unterlage");
    let patience = if upload { UPLOAD_TIMEOUT } else { ANSWER_TIMEOUT };
    match tokio::time::timeout(patience, next.run(request)).await {
        Ok(answer) => answer,
        Err(_) => StatusCode::SERVICE_UNAVAILABLE.into_response(),
    }
}

/// The headers every answer carries unless its handler set another value.
fn headers(public_url: &str) -> Vec<(HeaderName, HeaderValue)> {
    let socket = public_url.replacen("http", "ws", 1);
    let csp = format!(
        "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; \
         connect-src 'self' {socket}; media-src 'self' blob:; worker-src 'self' blob:; object-src 'none'; \
         frame-ancestors 'none'; base-uri 'none'; form-action 'self'"
    );
    let csp = HeaderValue::from_str(&csp).unwrap_or(HeaderValue::from_static("default-src 'self'; base-uri 'none'"));
    let mut headers = vec![
        (header::CONTENT_SECURITY_POLICY, csp),
        (
            HeaderName::from_static("permissions-policy"),
            HeaderValue::from_static(
                "camera=(self), microphone=(self), display-capture=(self), geolocation=(), payment=(), usb=()",
            ),
        ),
        (header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
        (header::X_FRAME_OPTIONS, HeaderValue::from_static("DENY")),
        // "no-referrer" would make browsers send "Origin: null" with our own forms.
        (header::REFERRER_POLICY, HeaderValue::from_static("same-origin")),
        (HeaderName::from_static("cross-origin-opener-policy"), HeaderValue::from_static("same-origin")),
        (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
    ];
    if public_url.starts_with("https://") {
        headers.push((header::STRICT_TRANSPORT_SECURITY, HeaderValue::from_static("max-age=31536000")));
    }
    headers
}

fn cross_site(_: ProtectionError) -> Response {
    (StatusCode::FORBIDDEN, "Diese Anfrage kam von einer fremden Seite und wurde abgelehnt.").into_response()
}

/// Whether a WebSocket may be opened: upgrades are GET requests, which the cross-site protection lets pass. Programs
/// that are no browser send no `Origin` and have no cookies of a person either.
#[must_use]
pub fn same_origin(headers: &HeaderMap) -> bool {
    if headers.get("sec-fetch-site").is_some_and(|site| site != "same-origin") {
        return false;
    }
    let Some(origin) = headers.get(header::ORIGIN) else { return true };
    let origin = origin.to_str().ok().and_then(|origin| origin.split_once("://"));
    let host = headers.get(header::HOST).and_then(|host| host.to_str().ok());
    origin.is_some_and(|(scheme, authority)| matches!(scheme, "http" | "https") && Some(authority) == host)
}

/// A path fit for a log: the token of an enrolment link is left out.
#[must_use]
pub fn loggable_path(uri: &Uri) -> &str {
    if uri.path().starts_with("/einladung/") { "/einladung/…" } else { uri.path() }
}

/// Where a request comes from, proxies believed or not as configured.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ClientAddress(pub IpAddr);

impl<S: Sync> FromRequestParts<S> for ClientAddress {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        Ok(Self(client_address(&parts.extensions, &parts.headers, &[])))
    }
}

/// The nearest address that is no trusted proxy. Without connection data (a test without sockets) everybody shares one
/// address, which only makes limits stricter.
fn client_address(extensions: &Extensions, headers: &HeaderMap, proxies: &[IpAddr]) -> IpAddr {
    if let Some(ClientAddress(known)) = extensions.get() {
        return *known;
    }
    let peer = extensions.get::<ConnectInfo<SocketAddr>>();
    let peer = peer.map_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED), |ConnectInfo(peer)| peer.ip().to_canonical());
    if !proxies.contains(&peer) {
        return peer;
    }
    let lists = headers.get_all("x-forwarded-for").iter().map(|list| list.to_str().unwrap_or_default());
    let hops: Vec<&str> = lists.flat_map(|list| list.split(',')).collect();
    for hop in hops.into_iter().rev() {
        match hop.trim().parse::<IpAddr>() {
            Ok(known) if proxies.contains(&known) => {}
            Ok(client) => return client,
            // What our own proxy wrote is not readable; what stands before it, anybody may have written.
            Err(_) => return peer,
        }
    }
    peer
}

/// Limits how often one address may try to sign in or enrol. Only POST is counted.
pub fn limit_attempts<S: Clone + Send + Sync + 'static>(router: Router<S>) -> Router<S> {
    let config = GovernorConfigBuilder::default()
        .methods(vec![Method::POST])
        .period(RATE_PERIOD)
        .burst_size(RATE_BURST)
        .key_extractor(ByClient)
        .finish();
    // `finish` gives nothing only for a burst or period of zero; ours are constants.
    let Some(config) = config else { return router };
    let limiter = Arc::clone(config.limiter());
    let forget = from_fn(move |request: Request, next: Next| {
        if limiter.len() > RATE_ADDRESSES {
            limiter.retain_recent();
        }
        next.run(request)
    });
    router.layer(GovernorLayer::new(config).error_handler(too_often)).layer(forget)
}

fn too_often(error: GovernorError) -> Response<Body> {
    let seconds = match error {
        GovernorError::TooManyRequests { wait_time, .. } => wait_time.max(1),
        GovernorError::UnableToExtractKey | GovernorError::Other { .. } => 1,
    };
    let text = format!("Zu viele Anfragen von dieser Adresse. Bitte in {seconds} Sekunden noch einmal.");
    (StatusCode::TOO_MANY_REQUESTS, [(header::RETRY_AFTER, seconds.to_string())], text).into_response()
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct ByClient;

impl KeyExtractor for ByClient {
    type Key = IpAddr;

    fn extract<T>(&self, request: &axum::http::Request<T>) -> Result<IpAddr, GovernorError> {
        Ok(client_address(request.extensions(), request.headers(), &[]))
    }
}

#[cfg(test)]
mod tests;
