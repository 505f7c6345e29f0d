"""What is wrong with an answer, and the request as a command that sends it again."""

import json
import shlex
from urllib.parse import unquote

from schemathesis import Response
from schemathesis.core.failures import FailureGroup
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    negative_data_rejection,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

DOCUMENTED = [
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]

# What the desk between this and the stack found: it reads the document with another library, and knows the secrets.
COMPLAINT = "x-fuzz-complaint"


def judge(case, answer, prepared, is_plain, is_negative):
    """Everything that is wrong, as lines.

    `answer` has status, headers (list of pairs) and content; `is_plain`: not broken on the wire;
    `is_negative`: meant to break the document, which a success must not answer.
    """
    headers = {}
    for name, value in answer["headers"]:
        headers.setdefault(name.lower(), []).append(value)
    complaints = [unquote(one) for one in headers.pop(COMPLAINT, [])]
    if answer["status"] >= 500 and not is_paused(answer):
        complaints.append(f"{answer['status']}: {answer['content'][:300].decode(errors='replace')}")
    if is_plain and case is not None:
        checks = [*DOCUMENTED, negative_data_rejection] if is_negative else DOCUMENTED
        response = Response(answer["status"], headers, answer["content"], prepared, 0.0, False)
        complaints += schemathesis_says(case, response, checks)
    return complaints


def schemathesis_says(case, response, checks):
    try:
        case.validate_response(response, checks=checks)
    except FailureGroup as failures:
        return [f"{one.title}: {one.message}" for one in failures.exceptions]
    return []


def is_paused(answer):
    """The one 503 that is no failure: somebody has paused the sale."""
    try:
        return answer["status"] == 503 and json.loads(answer["content"]).get("code") == "paused"
    except ValueError:
        return False


def curl(base, wire):
    """The request as a command. Bytes that a shell has no letters for are written as escapes."""
    parts = ["curl", "-sS", "-i", "--path-as-is", "-X", wire["method"]]
    for name, value in wire["headers"]:
        # Without a value curl would take the header out; with a semicolon it sends it empty.
        parts += ["-H", f"{name}: {value}" if value else f"{name};"]
    if wire["body"]:
        parts += ["--data-binary", wire["body"][:2000].decode("latin-1")]
    parts.append(f"http://{base}{wire['target']}")
    return " ".join(map(word, parts))


def word(text):
    if text.isascii() and text.isprintable():
        return shlex.quote(text)
    escaped = text.encode("latin-1", "replace")
    return "$'" + "".join(letter(byte) for byte in escaped) + "'"


def letter(byte):
    char = chr(byte)
    return char if 0x20 <= byte < 0x7F and char not in "\\'" else f"\\x{byte:02x}"
