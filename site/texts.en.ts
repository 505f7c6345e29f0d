/** @module Every sentence that the page says, in English. A language is a file like this one. */

/** What a sale asks of shoppers, where it asks for something. */
type Rules = {
  readonly memberships?: readonly string[];
  readonly accountAgeDays?: number;
};

export const texts = {
  /** Written into the page once. */
  fixed: {
    noScript: 'This page needs JavaScript to count down and to buy.',
    shop: 'Flash sales',
    salesTitle: 'Sales',
    salesLead: 'Few pieces, one moment, a fair place for everybody.',
    orders: 'Your orders',
    items: 'For sale',
    quantity: 'Quantity',
    pay: 'Pay now',
    cancel: 'Cancel order',
    dismiss: 'Dismiss',
    admission: 'Before you can take part',
    codeLabel: 'Your code',
    codeHint: 'The code that was announced for this sale. Capitals do not matter.',
    codeSend: 'Use this code',
    human: 'Show that you are human',
    signIn: 'Sign in',
    how: 'How this sale works',
    howPlace:
      'Everybody who is here before the opening gets a place by lot. Being faster or reloading wins nothing.',
    howReserve: 'One press of Buy is enough: it reserves your piece. Nobody is charged twice.',
    howReturn: 'What is not paid in time goes back on sale, and this page says so.',
    drawing: 'How the places were drawn',
  },
  loading: 'One moment …',
  unknown: 'There is no such sale. Look at the list of sales.',
  waiting: 'The sale opens soon. Keep this page open: it will be ready at the second.',
  drawing: 'Places are being drawn. Yours appears here before the opening; there is nothing to do.',
  opening: 'The sale is opening …',
  slot: 'The sale is open, and your place is safe. Your turn comes soon; there is no need to hurry.',
  open: 'The sale is open. It is your turn.',
  paused: 'The sale is paused for a moment. Keep this page open: it goes on by itself.',
  closed: 'The sale is over. Thank you for coming.',
  soldOut: 'Everything is sold.',
  soldOutNow: 'Everything is taken for now. Unpaid units may come back: keep this page open.',
  offline: 'No connection to the shop. This page goes on by itself as soon as there is one.',

  opensAt: (when: string) => `Opens ${when}`,
  openUntil: (when: string) => `Open until ${when}`,
  endedAt: (when: string) => `Ended ${when}`,
  placing: 'Finding your place …',
  yourTurn: (when: string) => `Your turn: ${when}`,
  afterOpening: (long: string) => `${long} after the opening`,
  atOpening: 'right at the opening',
  lot: (lot: string, of: string) => `Your lot: ${lot} of ${of}`,
  shopper: (id: string) => `Your number in the draw: ${id}`,
  days: (days: number) => `${days} d`,

  listEmpty: 'There are no sales at the moment. Come back soon.',
  listOpen: 'Open now',
  listOver: 'Over',
  listOpens: (left: string) => `Opens in ${left}`,
  away: (distance: string) => `about ${distance} from you`,
  atPlace: (place: string) => `Pick-up: ${place}`,

  limit: (limit: number) => (limit === 1 ? 'One per person' : `At most ${limit} per person`),
  buy: 'Buy',
  button: {
    buying: 'One moment …',
    'sold-out': 'Sold out',
    reserved: 'Reserved',
    complete: 'Yours',
  },
  lookAgain: 'Look for my order',
  left: (units: string) => `${units} left`,
  noneNow: 'None left right now',
  soldOutItem: 'Sold out',
  mayReturn: (units: string) => `Sold out for now. ${units} unpaid: some may come back.`,
  returned: 'Units came back.',
  unsure:
    'You pressed Buy, and the answer was lost. Press again: if your order is there you get that one, never a second.',

  buying: 'Reserving yours …',
  inLine: 'Many people are buying. You are in line; there is no need to press again …',
  otherTab: 'Another tab of yours is buying this at the moment …',
  reserved: (amount: string, quantity: number) =>
    `${quantity === 1 ? 'Reserved' : `${quantity} reserved`} for you. Pay ${amount} before the time is up.`,
  hurry: (amount: string) => `Less than a minute left. Pay ${amount} now, or it goes back on sale.`,
  timeToPay: 'Time left to pay',
  expiring: 'The time to pay is over. The order is being released …',
  checking: 'Your payment is being confirmed. This takes a few seconds …',
  unconfirmed: 'Your payment has not been confirmed yet. If you paid, this page will show it.',
  declined: 'The payment did not go through. Try again until the time is up.',
  redirecting: 'Taking you to the payment page …',
  cancelling: 'Cancelling …',
  paid: 'Paid. It is yours, thank you!',
  orderNumber: (id: string) => `Order ${id}`,
  released: {
    cancelled: 'You cancelled this order. Nothing was charged.',
    'payment-refunded': 'This order was released, and your money is on its way back.',
    expired:
      'This order was not paid in time and was released. If you did pay, the money goes back to you.',
  } as Readonly<Record<string, string>>,

  codeFirst: 'This sale asks for a code. Enter it now, so that your place is ready in time.',
  signInFirst: 'Please sign in to take part. Signing in now saves you the time at the opening.',
  notEligible: ({ memberships = [], accountAgeDays = 0 }: Rules) => {
    if (memberships.length > 0) {
      return `This sale is for members (${memberships.join(', ')}). Sign in with an account that is one.`;
    }
    return accountAgeDays > 0
      ? `This sale is for accounts that are at least ${accountAgeDays} days old at the opening. Sign in with an older one.`
      : 'You cannot buy in this sale: an order of yours expired unpaid, or it is for others. Look at the others.';
  },
  fewerLeft: (largest: number | undefined) =>
    largest
      ? `So many are not left together. You can still get ${largest}: choose that and press Buy.`
      : 'So many are not left together. Choose fewer and press Buy.',
  somethingElse: 'That did not work. Please reload the page and try again.',
  /** What each refusal means, and what can be done. */
  refused: {
    'bad-request': 'The shop did not understand this page. Please reload it.',
    'session-missing': 'Your visit has ended. Please sign in, or reload the page.',
    'not-open': 'The sale has not opened yet. Keep this page open.',
    'door-key-wrong': 'The sale has changed. Please reload the page.',
    'ticket-invalid': 'Your place was not accepted. Reload the page to get it again.',
    'ticket-expired': 'Your turn has passed for a moment. Press Buy again.',
    'challenge-failed':
      'The check against robots failed. Please reload the page, or try another browser.',
    'code-wrong': 'This code does not fit. Check it for typing mistakes and send it again.',
    'captcha-required': 'This sale wants to see that you are human. It takes a few seconds.',
    blocked: 'The shop does not accept your connection or program. Try another network or browser.',
    'unknown-sale': 'There is no such sale. Look at the list of sales.',
    'unknown-item': 'This item is not part of the sale any more. Please reload the page.',
    'unknown-order':
      'We do not know this order. If it belongs to another account, sign in with that one.',
    'sold-out': 'Sold out: someone else was quicker. If units come back, this page says so.',
    'limit-reached': 'You have as many of these as one person may buy. See your orders.',
    'order-state':
      'This order cannot be changed any more: it is paid, or its time is over. Reload the page.',
    closed: 'The sale is over. Look at the others.',
    'not-your-turn': 'Your turn has not come yet. Press Buy again when it does.',
    busy: 'Too many people at once, and nothing is left for you yet. Press Buy again.',
    'too-many-requests': 'Too many requests. Wait a moment and press Buy again.',
    paused: 'The sale is paused. Press Buy again when it goes on.',
    unavailable: 'The shop does not answer. Try again in a moment; nobody is charged twice.',
    unreachable: 'We cannot reach the shop. Check your connection; nobody is charged twice.',
    'sign-in-cancelled': 'You did not sign in. To take part, please do.',
    'sign-in-stale': 'That sign-in is too old. Please sign in again.',
    'sign-in-unavailable': 'The sign-in page does not answer. Try again in a moment.',
    'sign-in-refused': 'The sign-in was not accepted. Try again, perhaps with another account.',
  } as Readonly<Record<string, string>>,
};
