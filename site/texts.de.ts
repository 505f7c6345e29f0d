/** @module Every sentence that the page says, in German. */

import type { Texts } from './languages.ts';

export const texts: Texts = {
  fixed: {
    noScript: 'Diese Seite braucht JavaScript, um die Zeit anzuzeigen und zu verkaufen.',
    shop: 'Flash Sales',
    salesTitle: 'Verkäufe',
    salesLead: 'Wenige Stücke, ein Augenblick, ein fairer Platz für alle.',
    orders: 'Ihre Bestellungen',
    items: 'Im Angebot',
    quantity: 'Anzahl',
    pay: 'Jetzt bezahlen',
    cancel: 'Bestellung stornieren',
    dismiss: 'Ausblenden',
    admission: 'Bevor Sie teilnehmen können',
    codeLabel: 'Ihr Code',
    codeHint: 'Der Code, der für diesen Verkauf bekannt gegeben wurde. Groß oder klein ist gleich.',
    codeSend: 'Code verwenden',
    human: 'Zeigen, dass Sie ein Mensch sind',
    signIn: 'Anmelden',
    how: 'So läuft dieser Verkauf ab',
    howPlace:
      'Wer vor der Öffnung hier ist, bekommt einen ausgelosten Platz. Schneller zu sein oder neu zu laden bringt nichts.',
    howReserve: 'Einmal „Kaufen“ drücken genügt: Das reserviert Ihr Stück. Niemand zahlt doppelt.',
    howReturn:
      'Was nicht rechtzeitig bezahlt wird, geht zurück in den Verkauf, und diese Seite sagt es.',
    drawing: 'Wie die Plätze ausgelost wurden',
  },
  loading: 'Einen Moment …',
  unknown: 'Diesen Verkauf gibt es nicht. Sehen Sie in der Liste der Verkäufe nach.',
  waiting: 'Der Verkauf öffnet bald. Lassen Sie diese Seite offen: Sie ist auf die Sekunde bereit.',
  drawing: 'Die Plätze werden ausgelost. Ihrer erscheint hier vor der Öffnung; zu tun ist nichts.',
  opening: 'Der Verkauf öffnet …',
  slot: 'Der Verkauf ist offen, und Ihr Platz ist sicher. Sie sind gleich an der Reihe; es eilt nicht.',
  open: 'Der Verkauf ist offen. Sie sind an der Reihe.',
  paused:
    'Der Verkauf macht eine kurze Pause. Lassen Sie diese Seite offen: Es geht von selbst weiter.',
  closed: 'Der Verkauf ist zu Ende. Danke, dass Sie da waren.',
  soldOut: 'Alles ist verkauft.',
  soldOutNow:
    'Vorerst ist alles vergeben. Unbezahltes kommt vielleicht zurück: Lassen Sie diese Seite offen.',
  offline: 'Keine Verbindung zum Shop. Sobald es eine gibt, geht diese Seite von selbst weiter.',

  opensAt: (when) => `Öffnet am ${when}`,
  openUntil: (when) => `Offen bis ${when}`,
  endedAt: (when) => `Beendet am ${when}`,
  placing: 'Ihr Platz wird gesucht …',
  yourTurn: (when) => `Sie sind dran: ${when}`,
  afterOpening: (long) => `${long} nach der Öffnung`,
  atOpening: 'genau zur Öffnung',
  lot: (lot, of) => `Ihr Los: ${lot} von ${of}`,
  shopper: (id) => `Ihre Nummer in der Auslosung: ${id}`,
  days: (days) => `${days} T`,

  listEmpty: 'Zurzeit gibt es keine Verkäufe. Schauen Sie bald wieder vorbei.',
  listOpen: 'Jetzt offen',
  listOver: 'Beendet',
  listOpens: (left) => `Öffnet in ${left}`,
  away: (distance) => `etwa ${distance} von Ihnen`,
  atPlace: (place) => `Abholung: ${place}`,

  limit: (limit) => (limit === 1 ? 'Eins pro Person' : `Höchstens ${limit} pro Person`),
  buy: 'Kaufen',
  button: {
    buying: 'Einen Moment …',
    'sold-out': 'Ausverkauft',
    reserved: 'Reserviert',
    complete: 'Gehört Ihnen',
  },
  lookAgain: 'Meine Bestellung suchen',
  left: (units) => `Noch ${units}`,
  noneNow: 'Im Moment keins mehr',
  soldOutItem: 'Ausverkauft',
  mayReturn: (units) => `Vorerst ausverkauft. ${units} unbezahlt: Einige kommen vielleicht zurück.`,
  returned: 'Es sind Stücke zurückgekommen.',
  unsure:
    'Die Antwort auf Ihren Kauf ging verloren. Drücken Sie noch einmal: Ist Ihre Bestellung da, bekommen Sie diese, nie eine zweite.',

  buying: 'Ihr Stück wird reserviert …',
  inLine: 'Gerade kaufen viele. Sie stehen in der Reihe; noch einmal zu drücken ist nicht nötig …',
  otherTab: 'Ein anderer Tab von Ihnen kauft das gerade …',
  reserved: (amount, quantity) =>
    `${quantity === 1 ? 'Für Sie reserviert' : `${quantity} für Sie reserviert`}. Bezahlen Sie ${amount}, bevor die Zeit um ist.`,
  hurry: (amount) =>
    `Weniger als eine Minute. Bezahlen Sie jetzt ${amount}, sonst geht es zurück in den Verkauf.`,
  timeToPay: 'Verbleibende Zeit zum Bezahlen',
  expiring: 'Die Zeit zum Bezahlen ist um. Die Bestellung wird freigegeben …',
  checking: 'Ihre Zahlung wird bestätigt. Das dauert einige Sekunden …',
  unconfirmed: 'Ihre Zahlung ist noch nicht bestätigt. Wenn Sie bezahlt haben, erscheint es hier.',
  declined: 'Die Zahlung hat nicht geklappt. Versuchen Sie es wieder, bis die Zeit um ist.',
  redirecting: 'Sie werden zur Zahlungsseite gebracht …',
  cancelling: 'Wird storniert …',
  paid: 'Bezahlt. Es gehört Ihnen, vielen Dank!',
  orderNumber: (id) => `Bestellung ${id}`,
  released: {
    cancelled: 'Sie haben diese Bestellung storniert. Es wurde nichts abgebucht.',
    'payment-refunded': 'Diese Bestellung wurde freigegeben, und Ihr Geld kommt zurück.',
    expired:
      'Diese Bestellung wurde nicht rechtzeitig bezahlt und ist freigegeben. Haben Sie doch bezahlt, kommt das Geld zurück.',
  },

  codeFirst:
    'Dieser Verkauf verlangt einen Code. Geben Sie ihn jetzt ein, damit Ihr Platz rechtzeitig bereit ist.',
  signInFirst:
    'Bitte melden Sie sich an, um teilzunehmen. Wer sich jetzt anmeldet, spart die Zeit bei der Öffnung.',
  notEligible: ({ memberships = [], accountAgeDays = 0 }) => {
    if (memberships.length > 0) {
      return `Dieser Verkauf ist für Mitglieder (${memberships.join(', ')}). Melden Sie sich mit einem solchen Konto an.`;
    }
    return accountAgeDays > 0
      ? `Dieser Verkauf ist für Konten, die zur Öffnung mindestens ${accountAgeDays} Tage alt sind. Melden Sie sich mit einem älteren an.`
      : 'Sie können in diesem Verkauf nicht kaufen: Eine Bestellung von Ihnen blieb unbezahlt, oder er ist für andere. Sehen Sie sich andere an.';
  },
  fewerLeft: (largest) =>
    largest
      ? `So viele sind nicht mehr zusammen da. Sie können noch ${largest} bekommen: Wählen Sie das, und drücken Sie „Kaufen“.`
      : 'So viele sind nicht mehr zusammen da. Wählen Sie weniger, und drücken Sie „Kaufen“.',
  somethingElse:
    'Das hat nicht geklappt. Bitte laden Sie die Seite neu, und versuchen Sie es noch einmal.',
  refused: {
    'bad-request': 'Der Shop hat diese Seite nicht verstanden. Bitte laden Sie sie neu.',
    'session-missing':
      'Ihr Besuch ist abgelaufen. Bitte melden Sie sich an, oder laden Sie die Seite neu.',
    'not-open': 'Der Verkauf ist noch nicht offen. Lassen Sie diese Seite offen.',
    'door-key-wrong': 'Der Verkauf hat sich geändert. Bitte laden Sie die Seite neu.',
    'ticket-invalid':
      'Ihr Platz wurde nicht angenommen. Laden Sie die Seite neu, um ihn wieder zu bekommen.',
    'ticket-expired': 'Ihre Zeit ist verstrichen. Drücken Sie noch einmal „Kaufen“.',
    'challenge-failed':
      'Die Prüfung gegen Roboter ist misslungen. Laden Sie die Seite neu, oder nehmen Sie einen anderen Browser.',
    'code-wrong':
      'Dieser Code passt nicht. Prüfen Sie ihn auf Tippfehler, und senden Sie ihn noch einmal.',
    'captcha-required':
      'Dieser Verkauf möchte sehen, dass Sie ein Mensch sind. Das dauert einige Sekunden.',
    blocked:
      'Der Shop nimmt Ihre Verbindung oder Ihr Programm nicht an. Versuchen Sie ein anderes Netz oder einen anderen Browser.',
    'unknown-sale': 'Diesen Verkauf gibt es nicht. Sehen Sie in der Liste der Verkäufe nach.',
    'unknown-item': 'Dieses Stück gehört nicht mehr zum Verkauf. Bitte laden Sie die Seite neu.',
    'unknown-order':
      'Wir kennen diese Bestellung nicht. Gehört sie einem anderen Konto, melden Sie sich damit an.',
    'sold-out': 'Ausverkauft: Jemand war schneller. Wenn Stücke zurückkommen, sagt es diese Seite.',
    'limit-reached':
      'Sie haben so viele davon, wie eine Person kaufen darf. Sehen Sie Ihre Bestellungen an.',
    'order-state':
      'Diese Bestellung lässt sich nicht mehr ändern: Sie ist bezahlt, oder ihre Zeit ist um. Laden Sie die Seite neu.',
    closed: 'Der Verkauf ist zu Ende. Sehen Sie sich andere an.',
    'not-your-turn':
      'Sie sind noch nicht dran. Drücken Sie noch einmal „Kaufen“, wenn es so weit ist.',
    busy: 'Zu viele auf einmal, und für Sie ist noch nichts frei. Drücken Sie noch einmal „Kaufen“.',
    'too-many-requests':
      'Zu viele Anfragen. Warten Sie einen Moment, und drücken Sie noch einmal „Kaufen“.',
    paused: 'Der Verkauf macht Pause. Drücken Sie noch einmal „Kaufen“, wenn es weitergeht.',
    unavailable:
      'Der Shop antwortet nicht. Versuchen Sie es gleich noch einmal; niemand zahlt doppelt.',
    unreachable: 'Wir erreichen den Shop nicht. Prüfen Sie Ihre Verbindung; niemand zahlt doppelt.',
    'sign-in-cancelled': 'Sie haben sich nicht angemeldet. Um teilzunehmen, tun Sie es bitte.',
    'sign-in-stale': 'Diese Anmeldung ist zu alt. Bitte melden Sie sich noch einmal an.',
    'sign-in-unavailable': 'Die Anmeldeseite antwortet nicht. Versuchen Sie es gleich noch einmal.',
    'sign-in-refused':
      'Die Anmeldung wurde nicht angenommen. Versuchen Sie es noch einmal, vielleicht mit einem anderen Konto.',
  },
};
