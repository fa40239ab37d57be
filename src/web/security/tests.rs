use super::*;

fn request(pairs: &[(&str, &str)]) -> HeaderMap {
    let pair = |(name, value): &(&str, &str)| {
        (name.parse::<HeaderName>().expect("a name"), HeaderValue::from_str(value).expect("a value"))
    };
    pairs.iter().map(pair).collect()
}

#[test]
fn a_socket_opens_for_our_own_pages_only() {
    let host = ("host", "rat.example.org");
    assert!(same_origin(&request(&[host, ("origin", "https://rat.example.org")])));
    assert!(same_origin(&request(&[host])), "a program without a browser");
    for foreign in
        ["https://böse.example", "https://rat.example.org:444", "null", "https://rat.example.org.evil.example", ""]
    {
        let Ok(value) = HeaderValue::from_bytes(foreign.as_bytes()) else { continue };
        let mut headers = request(&[host]);
        headers.insert("origin", value);
        assert!(!same_origin(&headers), "„{foreign}“");
    }
    assert!(!same_origin(&request(&[host, ("sec-fetch-site", "cross-site")])));
    assert!(!same_origin(&request(&[("origin", "https://rat.example.org")])), "no host");
}

#[test]
fn a_forwarded_address_counts_only_behind_our_own_proxy() {
    let proxy: IpAddr = "127.0.0.1".parse().expect("an address");
    let mut extensions = Extensions::new();
    extensions.insert(ConnectInfo(SocketAddr::new(proxy, 4711)));
    let headers = request(&[("x-forwarded-for", "198.51.100.9, 203.0.113.4, 127.0.0.1")]);
    assert_eq!(client_address(&extensions, &headers, &[]), proxy, "anybody can write such a header");
    let nearest: IpAddr = "203.0.113.4".parse().expect("an address");
    assert_eq!(client_address(&extensions, &headers, &[proxy]), nearest, "the nearest hop our proxy saw");
    assert_eq!(client_address(&extensions, &request(&[("x-forwarded-for", "x, ,")]), &[proxy]), proxy);
    assert_eq!(client_address(&Extensions::new(), &headers, &[proxy]), IpAddr::V4(Ipv4Addr::UNSPECIFIED));
}

#[test]
fn tokens_stay_out_of_logs() {
    assert_eq!(loggable_path(&Uri::from_static("https://x/einladung/abc?d=e")), "/einladung/…");
    assert_eq!(loggable_path(&Uri::from_static("/anmelden")), "/anmelden");
}

#[test]
fn only_a_site_with_tls_asks_for_tls_forever() {
    let has = |url: &str| headers(url).iter().any(|(name, _)| name == header::STRICT_TRANSPORT_SECURITY);
    assert!(has("https://rat.example.org") && !has("http://127.0.0.1:8080"));
    let csp = &headers("https://rat.example.org")[0].1;
    assert!(csp.to_str().expect("text").contains("connect-src 'self' wss://rat.example.org;"));
}
