//! The widget's token, as an attribute of somebody else's page carries it.

/// Whether `token` may stand behind `Bearer` in a header: the `token68` form of RFC 9110, section 11.2.
///
/// Anything else (an empty attribute, a template that was not filled in, a line break) would make the browser throw
/// instead of answering.
pub fn is_bearer_token(token: &str) -> bool {
    let body = token.trim_end_matches('=');
    !body.is_empty() && body.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-._~+/".contains(&byte))
}

#[cfg(test)]
mod tests {
    use super::is_bearer_token;

    #[test]
    fn only_what_a_header_can_carry_is_a_token() {
        for (token, accepted) in [
            ("eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.AbC-_123", true),
            ("c2FsZG8=", true),
            ("", false),
            ("=", false),
            ("two words", false),
            ("line\nbreak", false),
            ("{{ token }}", false),
            ("señal", false),
        ] {
            assert_eq!(is_bearer_token(token), accepted, "{token:?}");
        }
    }
}
