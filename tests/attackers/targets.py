"""What the attackers of tests/attack are told, and what they tell: addresses, requests, reports."""

import html.parser
import json
import re
import sys
import urllib.error
import urllib.parse
import urllib.request


class NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_):
        return None


def demo(text):
    """The addresses that the demo prints."""
    link = re.search(r"statement +(\S+)", text)[1]
    console = re.search(r"console +(\S+)", text)[1]
    shop = re.search(r"example +(\S+)", text)[1]
    return {"link": link, "console": console, "shop": shop, "key": re.search(r"saldo_key_\S+", text)[0]}


def cookie(url):
    """Presses the one button of a link; answers the session's cookie."""
    opener = urllib.request.build_opener(NoRedirect)
    try:
        headers = opener.open(urllib.request.Request(url, data=b"", method="POST")).headers
    except urllib.error.HTTPError as answer:
        headers = answer.headers
    return "; ".join(one.split(";")[0] for one in headers.get_all("set-cookie") or [])


def resolve(schemas, schema):
    while "$ref" in schema:
        schema = schemas[schema["$ref"].rsplit("/", 1)[1]]
    return schema


ABSENT = "018f0000-0000-7000-8000-000000000001"
# What a text must be, so that the request goes on to the others.
KNOWN = {
    "brand_colour": "#1f5f4a",
    "channel": "email",
    "country": "MX",
    "currency": "MXN",
    "debtor_reference": "C-1001",
    "email": "ana@example.com",
    "kind": "discount",
    "language": "es",
    "origin": "https://shop.example",
    "outcome": "rejected",
    "paper": "a4",
    "phone": "+525512345678",
    "reason": "other",
    "reference": "C-1001",
    "reply_to": "ana@example.com",
    "state": "open",
    "time_zone": "America/Mexico_City",
}


def sample(schemas, schema, depth=0, name=""):
    """A value that a schema takes; sqlmap puts its own words in the place of each text."""
    schema = resolve(schemas, schema)
    if "example" in schema:
        return schema["example"]
    for word in ("oneOf", "anyOf", "allOf"):
        if word in schema:
            parts = [sample(schemas, part, depth + 1, name) for part in schema[word][: None if word == "allOf" else 1]]
            if all(isinstance(part, dict) for part in parts):
                return {name: value for part in parts for name, value in part.items()}
            return parts[0]
    kinds = schema.get("type", "string")
    kind = next(one for one in ([kinds] if isinstance(kinds, str) else kinds) if one != "null")
    if kind == "object":
        return {} if depth > 6 else {
            part: sample(schemas, one, depth + 1, part) for part, one in schema.get("properties", {}).items()
        }
    if kind == "array":
        return [sample(schemas, schema["items"], depth + 1, name)]
    formats = {"uuid": ABSENT, "date": "2026-12-01", "date-time": "2026-12-01T10:00:00Z"}
    words = schema.get("enum", [formats.get(schema.get("format"), KNOWN.get(name, "x"))])
    return {"string": words[0], "integer": max(1, schema.get("minimum", 1)), "number": 1, "boolean": True}[kind]


def known_ids(base, headers):
    """Ids of rows that are there, by the name of the parameter."""
    ids = {}
    for name, path in {"debtor_id": "debtors", "invoice_id": "invoices", "policy_id": "policies"}.items():
        request = urllib.request.Request(f"{base}/v1/{path}?limit=1", headers=headers)
        rows = json.load(urllib.request.urlopen(request))["items"]
        ids[name] = rows[0]["id"] if rows else ABSENT
    return ids


def raw(method, target, headers, body=""):
    lines = [f"{method.upper()} {target} HTTP/1.1"] + [f"{name}: {value}" for name, value in headers.items()]
    return "\r\n".join(lines) + "\r\n\r\n" + body


def requests(document, base, headers):
    """Every operation of the API as raw HTTP requests: one for each parameter of its address, one for its body."""
    schemas = document["components"]["schemas"]
    ids = known_ids(base, headers)
    headers = {"Host": urllib.parse.urlsplit(base).netloc, **headers}
    for path, operations in document["paths"].items():
        for method, operation in operations.items():
            if path.startswith(("/v1/webhooks", "/v1/widget/events")):
                continue
            query, target, extra = {}, path, {}
            for parameter in operation.get("parameters", []):
                name = parameter["name"]
                value = ids.get(name, sample(schemas, parameter["schema"], 0, name))
                if parameter["in"] == "path":
                    target = target.replace("{%s}" % name, str(value))
                elif parameter["in"] == "query":
                    query[name] = value
                elif name == "idempotency-key":
                    extra["Idempotency-Key"] = "attack"
            for name, value in query.items():
                yield f"{method}{path}-{name}", raw(method, f"{target}?{urllib.parse.urlencode({name: value})}", headers)
            content = operation.get("requestBody", {}).get("content", {})
            if "application/json" in content:
                value = sample(schemas, content["application/json"]["schema"])
                if isinstance(value, dict):
                    value.update({name: one for name, one in ids.items() if name in value})
                extra["Content-Type"] = "application/json"
                yield f"{method}{path}", raw(method, target, {**headers, **extra}, json.dumps(value))
            elif "{" in path:
                # An asterisk is where sqlmap writes.
                yield f"{method}{path}", raw(method, target.rstrip("/") + "*", {**headers, **extra})


class Forms(html.parser.HTMLParser):
    """The links and the forms of a page."""

    def __init__(self):
        super().__init__()
        self.links, self.forms = set(), []

    def handle_starttag(self, tag, attributes):
        known = dict(attributes)
        if tag == "a" and known.get("href", "").startswith("/"):
            self.links.add(known["href"].split("#")[0])
        elif tag == "form":
            self.forms.append((known.get("method", "get"), known.get("action", ""), {}))
        elif tag in ("input", "textarea", "select") and self.forms and known.get("name"):
            self.forms[-1][2][known["name"]] = known.get("value") or "1"


def of_pages(base, start, session):
    """Every form and every address with a query that a session finds, once for each kind."""
    headers = {"Host": urllib.parse.urlsplit(base).netloc, "Cookie": session, "Sec-Fetch-Site": "same-origin"}
    open_paths, seen, kinds = [start], {start}, set()
    while open_paths and len(kinds) < 200:
        path = open_paths.pop(0)
        kind = re.sub(r"[0-9a-f-]{36}", "*", path.split("?")[0])
        if kind in kinds or re.search(r"\.(csv|pdf)|attachments|sign-out|leave", kind):
            continue
        kinds.add(kind)
        try:
            answer = urllib.request.urlopen(urllib.request.Request(base + path, headers=headers))
        except urllib.error.HTTPError:
            continue
        if "html" not in answer.headers["content-type"]:
            continue
        page = Forms()
        page.feed(answer.read().decode())
        for link in sorted(page.links):
            if "?" in link and (shape := re.sub(r"=[^&]*", "", link)) not in kinds:
                kinds.add(shape)
                yield f"get{shape}", raw("get", link, headers)
            if link not in seen:
                seen.add(link)
                open_paths.append(link)
        for method, action, fields in page.forms:
            shape = f"{method}{re.sub(r'[0-9a-f-]{36}', '*', action)}"
            if not fields or shape in kinds or "sign-out" in shape or "leave" in shape or "security" in shape:
                continue
            kinds.add(shape)
            words = urllib.parse.urlencode(fields)
            if method == "get":
                yield shape, raw(method, f"{action}?{words}", headers)
            else:
                form = {**headers, "Content-Type": "application/x-www-form-urlencoded"}
                yield shape, raw(method, action, form, words)


def write(folder, prefix, all_requests):
    for at, (name, text) in enumerate(all_requests):
        with open(f"{folder}/{prefix}{at:03}{re.sub('[^a-z0-9]+', '-', name.lower())[:60]}.txt", "w") as file:
            file.write(text)


def wapiti(files):
    """What wapiti's reports say, in lines, and their sum."""
    pages, found = 0, []
    for file in files:
        report = json.load(open(file))
        pages += report["infos"].get("crawled_pages_nbr", 0)
        for kind in ("vulnerabilities", "anomalies"):
            for name, rows in report[kind].items():
                found += [f"{name}: {row['method']} {row['path']} {row['info']}" for row in rows]
    print("\n".join(found))
    print(f"{pages} pages and forms, {len(found)} findings")


# The certificate is made for the test, and the proxy on loopback staples nothing.
OWN_CERTIFICATE = ("cert_", "OCSP_", "DNS_CAA", "certificate_transparency", "cert", "overall_grade")


def testssl(file):
    rows = [row for row in json.load(open(file)) if not row["id"].startswith(OWN_CERTIFICATE)]
    found = [row for row in rows if row["severity"] in ("LOW", "MEDIUM", "HIGH", "CRITICAL", "FATAL")]
    for row in found:
        print(row["severity"], row["id"], row["finding"])
    print(f"{len(rows)} checks, {len(found)} findings")


def sbom(file):
    from cyclonedx.schema import SchemaVersion
    from cyclonedx.validation.json import JsonStrictValidator

    text = open(file).read()
    if error := JsonStrictValidator(SchemaVersion.V1_6).validate_str(text):
        raise SystemExit(str(error))
    document = json.loads(text)
    print(f"{len(document['components'])} components, CycloneDX {document['specVersion']}")


if __name__ == "__main__":
    what, *rest = sys.argv[1:]
    if what == "demo":
        print(json.dumps(demo(open(rest[0]).read())))
    elif what == "cookie":
        print(cookie(rest[0]))
    elif what == "requests":
        document_url, key, folder = rest
        document = json.load(urllib.request.urlopen(document_url))
        base = document_url.rsplit("/", 1)[0]
        write(folder, "api", requests(document, base, {"Authorization": f"Bearer {key}"}))
    elif what == "pages":
        base, link, console, folder = rest
        write(folder, "debtor", of_pages(base, "/statement", cookie(link)))
        write(folder, "console", of_pages(base, "/console", cookie(console)))
    elif what == "wapiti":
        wapiti(rest)
    elif what == "testssl":
        testssl(rest[0])
    elif what == "sbom":
        sbom(rest[0])
