"""Puts values that are good into a generated request, so that it gets further than the first refusal."""

from shop import BROWSER

# Of the values that are good so many stay as generated: each must be missed by itself, too.
KEPT = 0.07

# Stands for the signature until the body is known as it is sent.
TO_SIGN = "to be signed"


def dress(shop, rnd, case):
    """Changes the case in place. Answers the shopper whose session it carries, or nothing."""
    case.headers["user-agent"] = BROWSER
    label = case.operation.label
    if label == "POST /api/payments/events":
        return paid(shop, rnd, case)
    if label == "POST /api/session":
        if shop.id_tokens and rnd.random() < 0.5:
            case.headers["authorization"] = f"Bearer {rnd.choice(shop.id_tokens)}"
        return None
    shopper = None
    if "{orderId}" in case.path or "{sale}/" in case.path:
        shopper = shop.shopper(rnd)
        case.cookies["fs_session"] = shopper.cookie
    if "{orderId}" in case.path:
        order = shop.order(rnd, shopper)
        if order and rnd.random() >= KEPT:
            case.path_parameters["orderId"] = order["orderId"]
            if rnd.random() < 0.9:
                case.cookies["fs_session"] = order["cookie"]
    elif "{sale}" in case.path:
        admitted(shop, rnd, case, shopper)
    return shopper


def identify(shop, rnd, case):
    """Gives a request that breaks the document who it is from, and nothing else: so it gets past 401."""
    if case.operation.label == "POST /api/payments/events":
        case.headers["x-payment-signature"] = TO_SIGN
    else:
        case.cookies["fs_session"] = shop.shopper(rnd).cookie


def admitted(shop, rnd, case, shopper):
    """Of the sales the first is open to everybody; the others are each shut in their own way."""
    is_buy = case.path.endswith("/orders")
    sale = shop.sales[0] if is_buy and rnd.random() < 0.5 else rnd.choice(shop.sales)
    if rnd.random() >= KEPT:
        case.path_parameters["sale"] = sale["id"]
    if case.path.endswith("/ticket"):
        case.headers.update(shop.proofs(shopper, sale))
    if not is_buy:
        return
    if rnd.random() >= KEPT:
        case.path_parameters["doorKey"] = sale["doorKey"]
    ticket = shop.ticket(shopper, sale)
    if ticket and rnd.random() >= KEPT:
        case.headers["x-ticket"] = ticket
    if rnd.random() >= KEPT:
        case.query["sku"] = rnd.choice(sale["skus"])
    if rnd.random() < 0.7:
        case.query["quantity"] = rnd.choice([1, 1, 1, 2, 3, 4])


def paid(shop, rnd, case):
    """Has the body signed: as generated, or about an order that there is, with the right amount or a wrong one."""
    order = shop.order(rnd, shop.shopper(rnd))
    if order and rnd.random() < 0.7 and isinstance(case.body, dict):
        payment = shop.payment(rnd, order)
        if rnd.random() < 0.2:
            payment = altered(rnd, payment, case.body.get("payment", {}))
        case.body = {**case.body, "payment": payment}
    case.headers["x-payment-signature"] = TO_SIGN
    return None


def altered(rnd, payment, generated):
    """The payment with one member as generated.

    It is another payment then: of one that is told of for a second order, while it has paid a first, the shop knows no
    answer but 503, for good (domain/payment.ts, `decided`). A provider that contradicts itself is not tried here.
    """
    name = rnd.choice(sorted(payment))
    value = generated.get(name, payment[name])
    reference = value if name == "reference" else payment["reference"]
    return {**payment, name: value, "reference": f"{str(reference)[:100]}{rnd.getrandbits(64):x}"}
