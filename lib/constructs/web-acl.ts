import { isIPv4, isIPv6 } from 'node:net';
import { ArnFormat, type Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { LogGroup, type RetentionDays } from 'aws-cdk-lib/aws-logs';
import { CfnIPSet, CfnLoggingConfiguration, CfnWebACL } from 'aws-cdk-lib/aws-wafv2';
import { Construct } from 'constructs';
import type { Waf } from '../config.ts';
import { ANSWERS, rulesOf, seenAs } from './web-acl-rules.ts';

export interface WebAclProps {
  readonly waf: Exclude<Waf, 'off'>;
  /** How long refused requests are kept in a log; they hold addresses. One of the periods of CloudWatch Logs. */
  readonly logs: Duration | 'off';
}

/**
 * How long a solved puzzle counts. Challenge: a page that was opened an hour before the sale can still begin a session.
 * CAPTCHA: as long as a challenge of the gate; whoever asks for a ticket later solves another.
 */
const IMMUNITY_SECONDS = { challenge: 3600, captcha: 300 };

/** What a log must not hold: each is worth a session or a place in the queue. */
const SECRET_HEADERS = ['cookie', 'authorization', 'x-ticket', 'x-solution', 'x-code'];

/** The web ACL of a CloudFront distribution: in us-east-1, wherever the rest is. */
export class WebAcl extends Construct {
  readonly acl: CfnWebACL;

  /** @throws {RangeError} naming the setting that AWS WAF would refuse */
  constructor(scope: Construct, id: string, { waf, logs }: WebAclProps) {
    super(scope, id);
    this.acl = new CfnWebACL(this, 'Acl', {
      scope: 'CLOUDFRONT',
      defaultAction: { allow: {} },
      customResponseBodies: ANSWERS,
      challengeConfig: { immunityTimeProperty: { immunityTime: IMMUNITY_SECONDS.challenge } },
      captchaConfig: { immunityTimeProperty: { immunityTime: IMMUNITY_SECONDS.captcha } },
      visibilityConfig: seenAs('All'),
      rules: rulesOf(waf, {
        allow: this.addressSets('Allowed', waf.allow),
        block: this.addressSets('Blocked', waf.block),
      }),
    });
    if (logs !== 'off') this.writeLogs(logs);
  }

  /** A set for each version of IP, empty or not: in an attack an operator fills it by hand, without a deployment. */
  private addressSets(name: string, blocks: readonly string[]) {
    for (const block of blocks) check(block);
    const isV6 = (block: string) => block.includes(':');
    const set = (ipAddressVersion: 'IPV4' | 'IPV6', addresses: string[]) => ({
      arn: new CfnIPSet(this, `${name}${ipAddressVersion}`, {
        scope: 'CLOUDFRONT',
        ipAddressVersion,
        addresses,
      }).attrArn,
    });
    return [
      set(
        'IPV4',
        blocks.filter((block) => !isV6(block)),
      ),
      set('IPV6', blocks.filter(isV6)),
    ];
  }

  /** Refused requests alone: what passes is in CloudFront's log. */
  private writeLogs(retention: Duration) {
    const group = new LogGroup(this, 'Logs', {
      // AWS WAF writes to groups of this prefix alone.
      logGroupName: `aws-waf-logs-${Stack.of(this).stackName}`,
      retention: retention.toDays() as RetentionDays,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    const destination = Stack.of(this).formatArn({
      service: 'logs',
      resource: 'log-group',
      // The group's own attribute ends with `:*`, which AWS WAF refuses.
      resourceName: group.logGroupName,
      arnFormat: ArnFormat.COLON_RESOURCE_NAME,
    });
    new CfnLoggingConfiguration(this, 'Logging', {
      resourceArn: this.acl.attrArn,
      logDestinationConfigs: [destination],
      redactedFields: SECRET_HEADERS.map((Name) => ({ singleHeader: { Name } })),
      loggingFilter: {
        DefaultBehavior: 'DROP',
        Filters: [
          {
            Behavior: 'KEEP',
            Requirement: 'MEETS_ANY',
            Conditions: ['BLOCK', 'CAPTCHA', 'CHALLENGE'].map((Action) => ({
              ActionCondition: { Action },
            })),
          },
        ],
      },
    });
  }
}

function check(block: string) {
  const [address = '', bits, ...more] = block.split('/');
  const most = isIPv4(address) ? 32 : isIPv6(address) ? 128 : 0;
  const isWhole = /^[1-9]\d*$/.test(bits ?? '') && Number(bits) <= most;
  if (more.length > 0 || !isWhole) {
    throw new RangeError(
      `Cannot list "${block}": it is no block of addresses such as "203.0.113.0/24" or "2001:db8::/32"`,
    );
  }
}
