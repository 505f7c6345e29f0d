/** @module What the rules of the web ACL look at. Paths are matched as they were sent: the gate answers no other form. */

import type { CfnWebACL } from 'aws-cdk-lib/aws-wafv2';

export type Statement = CfnWebACL.StatementProperty;

/** AWS wants at least one transformation; this one does nothing. */
const AS_SENT = [{ priority: 0, type: 'NONE' }];

const exactly = (
  fieldToMatch: CfnWebACL.FieldToMatchProperty,
  searchString: string,
): Statement => ({
  byteMatchStatement: {
    fieldToMatch,
    positionalConstraint: 'EXACTLY',
    searchString,
    textTransformations: AS_SENT,
  },
});

const method = (name: 'GET' | 'POST'): Statement => exactly({ method: {} }, name);

const path = (regexString: string): Statement => ({
  regexMatchStatement: {
    fieldToMatch: { uriPath: {} },
    regexString,
    textTransformations: AS_SENT,
  },
});

const both = (...statements: Statement[]): Statement => ({ andStatement: { statements } });

const either = (...statements: Statement[]): Statement => ({ orStatement: { statements } });

/** `POST /api/session`. */
export const SESSION: Statement = both(method('POST'), exactly({ uriPath: {} }, '/api/session'));

/** Challenge and ticket of any sale. */
export const TICKET: Statement = path('^/api/sales/[^/]+/(challenge|ticket)$');

/** Buying in any sale. */
export const BUY: Statement = path('^/api/sales/[^/]+/[^/]+/orders$');

const SALE_PAGE = '^/sales/[^/]+/$';

/** A sale's page and the session that it begins: browsers get their token with the page, for a script cannot. */
export const ENTRY: Statement = either(SESSION, both(method('GET'), path(SALE_PAGE)));

/** A ticket for which a CAPTCHA is wanted, and the page on which a shopper solves it. */
export const CAPTCHA: Statement = both(
  exactly({ singleQueryArgument: { Name: 'captcha' } }, '1'),
  either(path('^/api/sales/[^/]+/ticket$'), path(SALE_PAGE)),
);

/** The header that {@link CAPTCHA} adds, brought by the request itself. */
export const FORGED: Statement = {
  sizeConstraintStatement: {
    fieldToMatch: { singleHeader: { Name: 'x-amzn-waf-captcha' } },
    comparisonOperator: 'GT',
    size: 0,
    textTransformations: AS_SENT,
  },
};

/** Addresses of any of the sets. */
export const within = (sets: readonly CfnWebACL.IPSetReferenceStatementProperty[]): Statement => ({
  orStatement: { statements: sets.map((ipSetReferenceStatement) => ({ ipSetReferenceStatement })) },
});
