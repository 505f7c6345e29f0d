"""Breaks one thing of a request as it goes over the wire: what no schema generates."""

# Names and values that have broken programs before.
NASTY = [
    "",
    "__proto__",
    "constructor",
    "prototype",
    "toString",
    "hasOwnProperty",
    "null",
    "undefined",
    "NaN",
    "-0",
    "1e309",
    "9007199254740993",
    "%00",
    "%ff",
    "%c3%28",
    "%F0%9F%8E%89",
    "%u0041",
    "%",
    "..%2f..%2f",
    "${jndi:ldap://x}",
    "<script>",
    "';--",
    "a" * 4000,
    "[]",
    "{}",
    "a[b]=c",
    "\xff\xfe",
]

METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "PROPFIND"]

# Headers that somebody on the way sets, and a shopper must not.
SMUGGLED = [
    ("x-api-key", "stolen"),
    ("x-transaction-id", "A" * 22),
    ("x-site-origin", "https://evil.example"),
    ("x-forwarded-for", "203.0.113.7"),
    ("x-amzn-waf-captcha", "solved"),
    ("cloudfront-viewer-country", "XX"),
    ("x-http-method-override", "DELETE"),
    ("x-amz-invocation-type", "Event"),
    ("user-agent", "fuzzbot/1.0"),
    ("accept", "text/html"),
    ("accept-encoding", "br, gzip, \xff"),
    ("content-type", "application/x-www-form-urlencoded"),
    ("content-type", "text/plain; charset=utf-16"),
    ("if-none-match", "*"),
    ("range", "bytes=0-1,5-"),
    ("origin", "https://evil.example"),
    ("authorization", "Bearer " + "e30." * 3),
    ("authorization", "Basic Og=="),
]

# Headers that somebody behind the gate reads, and two that are names of something else.
READ = [
    "x-device",
    "x-code",
    "x-solution",
    "x-ticket",
    "x-payment-signature",
    "authorization",
    "constructor",
    "__proto__",
]

BODIES = [
    b"{}",
    b"null",
    b"[" * 5000,
    b'{"__proto__":{"x":1}}',
    b"\xff\xfe\x00",
    b"sku=lamp",
    b"A" * 300_000,
    b'"\\ud800"',
]


def twist(rnd, wire):
    """Changes `wire`, a dict of method, target, headers (list of pairs) and body, and says what was done."""
    one = rnd.choice(list(TWISTS))
    TWISTS[one](rnd, wire)
    return one


def other_method(rnd, wire):
    wire["method"] = rnd.choice(METHODS)


def smuggled(rnd, wire):
    for name, value in rnd.sample(SMUGGLED, rnd.choice([1, 1, 2, 4])):
        wire["headers"] = [pair for pair in wire["headers"] if pair[0].lower() != name]
        wire["headers"].append((name, value))


def more_query(rnd, wire):
    pairs = [f"{quoted(rnd.choice(NASTY))}={quoted(rnd.choice(NASTY))}" for _ in range(rnd.choice([1, 2, 5]))]
    wire["target"] += ("&" if "?" in wire["target"] else "?") + "&".join(pairs)


def nasty_query_value(rnd, wire):
    path, _, query = wire["target"].partition("?")
    pairs = [pair for pair in query.split("&") if pair] or ["sku=lamp"]
    name = pairs.pop(rnd.randrange(len(pairs))).split("=")[0]
    pairs.append(f"{name}={quoted(rnd.choice(NASTY))}")
    wire["target"] = f"{path}?{'&'.join(pairs)}"


def repeated_query(rnd, wire):
    path, _, query = wire["target"].partition("?")
    wire["target"] = f"{path}?{query}&{query}" if query else f"{path}?&&="


def other_path(rnd, wire):
    path, mark, query = wire["target"].partition("?")
    parts = path.split("/")
    where = rnd.randrange(1, len(parts)) if len(parts) > 1 else 0
    how = rnd.choice(["nasty", "gone", "twice", "empty", "slash", "upper", "dots", "encoded", "longer"])
    if how == "nasty":
        parts[where] = quoted(rnd.choice(NASTY)).replace("?", "")
    elif how == "gone":
        del parts[where]
    elif how == "twice":
        parts.insert(where, parts[where])
    elif how == "empty":
        parts.insert(where, "")
    elif how == "slash":
        parts.append("")
    elif how == "upper":
        parts[where] = parts[where].upper()
    elif how == "dots":
        parts.insert(where, rnd.choice([".", "..", "%2e%2e"]))
    elif how == "encoded":
        parts[where] = "".join(f"%{byte:02x}" for byte in parts[where].encode())
    else:
        parts.append(rnd.choice(["orders", "checkout", "ticket", "x"]))
    path = "/".join(parts)
    wire["target"] = (path if path.startswith("/") else f"/{path}") + mark + query


def fewer_headers(rnd, wire):
    if wire["headers"]:
        wire["headers"].pop(rnd.randrange(len(wire["headers"])))


def tampered_header(rnd, wire):
    """One character of a cookie, a ticket, a solution or a signature is another one, is gone, or comes twice."""
    if not wire["headers"]:
        return
    index = rnd.randrange(len(wire["headers"]))
    name, value = wire["headers"][index]
    if name.lower() in ("host", "content-length", "transfer-encoding", "connection"):
        return
    at = rnd.randrange(len(value) + 1)
    how = rnd.choice(["change", "drop", "double", "nasty", "cut"])
    changed = {
        "change": value[:at] + rnd.choice("AQ.=;~\xe9") + value[at + 1 :],
        "drop": value[:at] + value[at + 1 :],
        "double": f"{value}{value}",
        "nasty": rnd.choice(NASTY),
        "cut": value[:at],
    }[how]
    wire["headers"][index] = (name, changed)


def more_cookies(rnd, wire):
    others = [f"{rnd.choice(NASTY)}={rnd.choice(NASTY)}" for _ in range(rnd.choice([1, 3]))]
    known = [value for name, value in wire["headers"] if name.lower() == "cookie"]
    both = [*known, *others]
    rnd.shuffle(both)
    wire["headers"] = [pair for pair in wire["headers"] if pair[0].lower() != "cookie"]
    wire["headers"].append(("cookie", "; ".join(both)))


def nasty_header(rnd, wire):
    wire["headers"].append((rnd.choice(READ), rnd.choice(NASTY)))


def other_body(rnd, wire):
    wire["body"] = rnd.choice(BODIES)
    if rnd.random() < 0.7:
        wire["headers"] = [pair for pair in wire["headers"] if pair[0].lower() != "content-type"]
        wire["headers"].append(("content-type", "application/json"))


TWISTS = {
    "other method": other_method,
    "smuggled headers": smuggled,
    "more query": more_query,
    "nasty query value": nasty_query_value,
    "repeated query": repeated_query,
    "other path": other_path,
    "fewer headers": fewer_headers,
    "tampered header": tampered_header,
    "more cookies": more_cookies,
    "nasty header": nasty_header,
    "other body": other_body,
}


def quoted(text):
    """Fit for a request line, and otherwise as it is: what is encoded stays so, and what is encoded badly too."""
    return "".join(char if "!" <= char <= "~" and char not in "#&" else encoded(char) for char in text)


def encoded(char):
    return "".join(f"%{byte:02X}" for byte in char.encode())
