"""What a request needs to get through: sessions, tickets, solutions, orders and signatures that are good.

Everything is got as a browser gets it, through the site, and is remembered, so that requests build on each other's
answers. Which of them a request takes is drawn; the same seed draws the same.
"""

import base64
import hashlib
import hmac
import http.client
import json
import time
from urllib.parse import urlencode

BROWSER = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36"

# Orders that are remembered: enough to meet the states, few enough that two requests meet the same one.
MOST_ORDERS = 60

# A ticket or a solution is not used in its last seconds: the request may wait in line.
SPARE_SECONDS = 20


class Shopper:
    """One session, and what it was given."""

    def __init__(self, cookie):
        self.cookie = cookie
        self.tickets = {}
        self.solutions = {}


class Shop:
    """The sales, the shoppers and the orders of one run.

    `brief` is what the scene says: `site` (host:port), `sales`, `paymentKey`, `idTokens`, `aheadMs`,
    `expired` (a cookie).
    """

    def __init__(self, brief):
        self.sales = brief["sales"]
        self.id_tokens = brief["idTokens"]
        self.payment_key = brief["paymentKey"].encode()
        self.connection = http.client.HTTPConnection(brief["site"], timeout=60)
        self.ahead = brief["aheadMs"] / 1000
        self.shoppers = [Shopper(brief["expired"])]
        self.orders = []
        self.payments = []

    def ask(self, method, path, headers=None):
        """Asks the site for something good, beside what is counted. Answers status, headers and JSON."""
        self.connection.request(method, path, headers={"user-agent": BROWSER, **(headers or {})})
        answer = self.connection.getresponse()
        text = answer.read()
        kind = answer.headers.get("content-type") or ""
        return answer.status, answer.headers, json.loads(text) if "json" in kind else {}

    def shopper(self, rnd):
        """One who has been here, or now and then somebody new: limits would end all buying otherwise."""
        if len(self.shoppers) < 6 or rnd.random() < 0.08:
            _, headers, _ = self.ask("POST", "/api/session")
            self.shoppers.append(Shopper(headers["set-cookie"].split(";")[0].partition("=")[2]))
        return rnd.choice(self.shoppers)

    def solution(self, shopper, sale):
        """A solved challenge for the header x-solution, or nothing where none is asked for."""
        kept = shopper.solutions.get(sale["id"])
        if kept and kept[1] > self.now() + SPARE_SECONDS:
            return kept[0]
        path = f"/api/sales/{sale['id']}/challenge"
        status, _, asked = self.ask("GET", path, {"cookie": f"fs_session={shopper.cookie}"})
        if status != 200:
            return None
        solved = solve(asked)
        expires = int(asked["salt"].split("expires=")[1].split("&")[0])
        shopper.solutions[sale["id"]] = (solved, expires)
        return solved

    def ticket(self, shopper, sale):
        """A ticket, or nothing where the sale gives none."""
        kept = shopper.tickets.get(sale["id"])
        if kept and kept[1] > self.now() + SPARE_SECONDS:
            return kept[0]
        headers = {"cookie": f"fs_session={shopper.cookie}", **self.proofs(shopper, sale)}
        status, _, given = self.ask("POST", f"/api/sales/{sale['id']}/ticket", headers)
        if status != 200:
            return None
        shopper.tickets[sale["id"]] = (given["ticket"], given["expiresEpochMs"] / 1000)
        return given["ticket"]

    def proofs(self, shopper, sale):
        """What the ticket route of a sale wants to see."""
        solution = self.solution(shopper, sale) if sale.get("puzzle") else None
        code = sale.get("code")
        return {
            **({"x-solution": solution} if solution else {}),
            **({"x-code": code} if code else {}),
        }

    def order(self, rnd, shopper):
        """An order of the shopper; where there is none yet, it is bought in the first sale."""
        own = [one for one in self.orders if one["cookie"] == shopper.cookie]
        if own and rnd.random() < 0.8:
            return rnd.choice(own)
        if rnd.random() < 0.5 and self.orders:
            return rnd.choice(self.orders)
        sale = self.sales[0]
        query = urlencode({"sku": rnd.choice(sale["skus"])})
        path = f"/api/sales/{sale['id']}/{sale['doorKey']}/orders?{query}"
        headers = {
            "cookie": f"fs_session={shopper.cookie}",
            "x-ticket": self.ticket(shopper, sale) or "",
        }
        status, _, receipt = self.ask("POST", path, headers)
        if status in (200, 201):
            return self.remember(shopper.cookie, receipt)
        return rnd.choice(self.orders) if self.orders else None

    def remember(self, cookie, receipt):
        """Takes down an order that somebody was given."""
        order = {"cookie": cookie, **receipt}
        self.orders = [one for one in self.orders if one["orderId"] != receipt["orderId"]]
        self.orders = [*self.orders, order][-MOST_ORDERS:]
        return order

    def payment(self, rnd, order):
        """A payment of an order as the provider tells of it: new, or one that it told of before."""
        if self.payments and rnd.random() < 0.25:
            return rnd.choice(self.payments)
        payment = {
            "reference": f"pay_{rnd.getrandbits(64):x}",
            "orderId": order["orderId"],
            "amountMinor": order["amountMinor"],
            "currency": order["currency"],
            "paidAtEpochMs": int(self.now() * 1000),
        }
        self.payments.append(payment)
        return payment

    def signature(self, body):
        """The header x-payment-signature for a body, given as bytes."""
        at = str(int(self.now() * 1000))
        mac = hmac.new(self.payment_key, b"webhook." + at.encode() + b"." + body, hashlib.sha256)
        signed = base64.urlsafe_b64encode(mac.digest()).decode().rstrip("=")
        return f"t={at},v1={signed}"

    def now(self):
        """Epoch seconds by the stack's clock: the scene has let virtual time pass before, and lets none pass now."""
        return time.time() + self.ahead


def solve(asked):
    """The number that a challenge looks for, as the header x-solution carries it."""
    for number in range(asked["maxnumber"] + 1):
        found = hashlib.sha256(f"{asked['salt']}{number}".encode()).hexdigest()
        if found == asked["challenge"]:
            kept = ("algorithm", "challenge", "salt", "signature")
            solution = {**{name: asked[name] for name in kept}, "number": number}
            return base64.b64encode(json.dumps(solution).encode()).decode()
    raise ValueError(f"Cannot solve challenge {asked['challenge']}: no number gives it")
