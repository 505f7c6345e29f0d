"""Sends requests that schemathesis generates from docs/openapi.yaml, and says what is wrong with the answers.

Reads its brief from standard input (see brief.ts) and writes JSON lines: findings as they come, then one count.
"""

import http.client
import json
import random
import sys
from collections import Counter

import requests
import schemathesis
from dress import TO_SIGN, dress, identify
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st
from judge import curl, judge
from schemathesis import GenerationMode
from shop import Shop
from twist import quoted, twist

# Of 100 requests of an operation so many break the document's own rules, as schemathesis does it.
NEGATIVE = 25

# Of these so many say who they are from.
IDENTIFIED = 0.6

# The rest: as generated, with good values, and with good values and one thing broken on the wire.
AS_GENERATED, TWISTED = 0.12, 0.35

# Operations that decide most get most of the requests.
WEIGHTS = {
    "POST /api/sales/{sale}/{doorKey}/orders": 4,
    "POST /api/sales/{sale}/ticket": 2,
    "POST /api/payments/events": 3,
    "DELETE /api/orders/{orderId}": 2,
    "POST /api/orders/{orderId}/checkout": 2,
    "GET /": 0.3,
    "GET /api/time": 0.3,
}


class Run:
    """One pass over the operations of one side of the gate."""

    def __init__(self, brief):
        self.brief = brief
        self.shop = Shop(brief)
        self.connection = http.client.HTTPConnection(brief["base"], timeout=60)
        self.seen = Counter()
        self.twists = Counter()
        self.sent = 0

    def operations(self):
        schema = schemathesis.openapi.from_path(self.brief["document"])
        every = [found.ok() for found in schema.get_all_operations()]
        return [one for one in every if one.label in self.brief["operations"]]

    def go(self):
        operations = self.operations()
        # Of all of them, so that an operation is sent the same requests whether or not the others are tried too.
        total = sum(WEIGHTS.get(one.label, 1) for one in operations)
        # Twice, so that what one operation needs of another is there: orders to look at, payments to repeat.
        for half in range(2):
            for operation in operations:
                share = WEIGHTS.get(operation.label, 1) / total
                if self.brief["only"] in operation.label:
                    self.try_operation(operation, half, round(self.brief["requests"] * share / 2))

    def try_operation(self, operation, half, quota):
        negative = quota * NEGATIVE // 100 if can_be_negated(operation) else 0
        name = f"{self.brief['seed']} {self.brief['side']} {operation.label} {half}"
        self.generate(operation, GenerationMode.POSITIVE, quota - negative, name)
        if negative:
            self.generate(operation, GenerationMode.NEGATIVE, negative, name)

    def generate(self, operation, mode, count, name):
        numbers = iter(range(count))
        failed = []

        # The second value makes each example another one where the operation has nothing to vary.
        @seed(random.Random(f"{name} {mode}").getrandbits(64))
        @settings(
            max_examples=count,
            phases=[Phase.generate],
            deadline=None,
            database=None,
            suppress_health_check=list(HealthCheck),
        )
        @given(operation.as_strategy(generation_mode=mode), st.integers(0, 2**64))
        def each(case, _):
            number = None if failed else next(numbers, None)
            if number is None:
                return
            try:
                self.one(case, mode, f"{name} {mode} {number}")
            except Exception as error:
                # Hypothesis would try the example again, and tell of that.
                failed.append(error)

        each()
        for error in failed:
            raise error

    def one(self, case, mode, name):
        """Generated, dressed, twisted, sent, judged.

        What is drawn for one request, and for each step of it, depends on no other: not all is the same in every run.
        """
        plan, good, bad = (random.Random(f"{name} {step}") for step in ("plan", "dress", "twist"))
        is_negative = mode is GenerationMode.NEGATIVE
        is_raw = is_negative or plan.random() < AS_GENERATED
        is_twisted = not is_raw and plan.random() < TWISTED
        shopper = None if is_raw else dress(self.shop, good, case)
        if is_negative and plan.random() < IDENTIFIED:
            identify(self.shop, good, case)
        prepared = requests.Request(**transport(case, self.brief["base"])).prepare()
        wire = wire_of(prepared)
        twisted = twist(bad, wire) if is_twisted else None
        self.sign(bad, wire, twisted)
        answer = self.send(wire)
        if answer is None:
            return
        self.note(case, answer, twisted, shopper)
        for what in judge(case, answer, prepared, twisted is None, is_negative):
            self.tell(case, wire, what, twisted)

    def sign(self, rnd, wire, twisted):
        """A body that was to be signed is signed as it is sent; one that was exchanged, half of the time."""
        for index, (name, value) in enumerate(wire["headers"]):
            if value == TO_SIGN and (twisted != "other body" or rnd.random() < 0.5):
                wire["headers"][index] = (name, self.shop.signature(wire["body"]))

    def send(self, wire):
        """The answer; nothing where no HTTP client can write such a request."""
        try:
            self.connection.putrequest(wire["method"], wire["target"], skip_accept_encoding=True)
            for name, value in wire["headers"]:
                self.connection.putheader(name, value.encode("latin-1", "replace"))
            if wire["body"] or wire["method"] in ("POST", "PUT", "PATCH"):
                self.connection.putheader("content-length", str(len(wire["body"])))
            self.connection.endheaders(wire["body"] or None)
            answer = self.connection.getresponse()
            content = answer.read()
            return {"status": answer.status, "headers": answer.getheaders(), "content": content}
        except ValueError:
            self.connection.close()
            return None
        except (OSError, http.client.HTTPException) as error:
            self.connection.close()
            return {"status": 0, "headers": [("x-fuzz-complaint", f"no answer: {error!r}")], "content": b""}

    def note(self, case, answer, twisted, shopper):
        self.sent += 1
        if twisted:
            self.twists[twisted] += 1
        # A request with another method or path is another operation's, or nobody's.
        label = "elsewhere" if twisted in ("other method", "other path") else case.operation.label
        self.seen[f"{label} {answer['status']}"] += 1
        is_receipt = label.endswith("/orders") and answer["status"] in (200, 201)
        if is_receipt and shopper and twisted is None:
            self.shop.remember(shopper.cookie, json.loads(answer["content"]))

    def tell(self, case, wire, what, twisted):
        say(
            {
                "kind": "finding",
                "side": self.brief["side"],
                "operation": case.operation.label,
                "twist": twisted,
                "what": what,
                "curl": curl(self.brief["base"], wire),
            }
        )


def can_be_negated(operation):
    """Where there is nothing to break, schemathesis has nothing to generate."""
    return any(operation.iter_parameters()) or bool(operation.body)


def transport(case, base):
    kwargs = case.as_transport_kwargs(base_url=f"http://{base}")
    return {name: kwargs[name] for name in TRANSPORTED if name in kwargs}


TRANSPORTED = ("method", "url", "headers", "params", "cookies", "json", "data", "files")


# What the client that prepares a request adds on its own.
NOT_SENT = ("content-length", "accept-encoding", "connection", "x-schemathesis-testcaseid")


def wire_of(prepared):
    body = prepared.body or b""
    headers = [(name, text_of(value)) for name, value in prepared.headers.items() if name.lower() not in NOT_SENT]
    return {
        "method": prepared.method,
        "target": quoted(prepared.path_url) if not prepared.path_url.isascii() else prepared.path_url,
        "headers": headers,
        "body": body.encode() if isinstance(body, str) else bytes(body),
    }


def text_of(value):
    return value.decode("latin-1") if isinstance(value, bytes) else str(value)


def say(line):
    sys.stdout.write(json.dumps(line) + "\n")
    sys.stdout.flush()


def main():
    brief = json.load(sys.stdin)
    run = Run(brief)
    run.go()
    say({"kind": "count", "sent": run.sent, "seen": run.seen, "twists": run.twists})


main()
