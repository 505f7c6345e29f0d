import { describe, expect, test } from '@jest/globals';
import { startLocalStack } from '../../local/stack.ts';

const PLACES = { PaymentProviderUrl: 'https://payments.invalid' };

/** What the site's pages may talk to. */
async function connectSources(parameters: Readonly<Record<string, string>>): Promise<string> {
  const stack = await startLocalStack({ parameters: { ...PLACES, ...parameters } });
  try {
    const { headers } = await fetch(stack.siteUrl);
    const policy = headers.get('content-security-policy') ?? '';
    return /connect-src ([^;]*)/.exec(policy)?.[1] ?? '';
  } finally {
    await stack.stop();
  }
}

describe('the content security policy of the site', () => {
  test.each([
    ['', "'self'"],
    ['https://id.example.com', "'self' https://id.example.com"],
    ['https://id.example.com/tenant/v2', "'self' https://id.example.com"],
    ['http://127.0.0.1:4711', "'self' http://127.0.0.1:4711"],
  ])(
    'lets scripts talk to the issuer "%s": %s',
    async (OidcIssuer, sources) => {
      expect(await connectSources({ OidcIssuer })).toBe(sources);
    },
    30_000,
  );

  test("lets them talk to the issuer's token endpoint where that is elsewhere", async () => {
    const OidcTokenOrigin = 'https://shop.auth.example.com';
    const OidcIssuer = 'https://id.example.com/pool';
    const sources = await connectSources({ OidcIssuer, OidcTokenOrigin });
    expect(sources).toBe(`'self' https://id.example.com ${OidcTokenOrigin}`);
    expect(await connectSources({ OidcTokenOrigin })).toBe("'self'");
  }, 30_000);
});
