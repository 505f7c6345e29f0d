import { RemovalPolicy, Validations } from 'aws-cdk-lib';
import { type IGrantable, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';

export interface SaleSecretsProps {
  /** `retained`: the secrets outlive their stack. Without them no session, ticket or open payment is valid. */
  readonly lifetime: 'stack' | 'retained';
}

/** 43 letters and digits carry 256 bits, as much as HMAC-SHA256 can use. */
const SIGNING_KEY_CHARACTERS = 43;

/** API Gateway takes API keys of 20 to 128 characters; 40 letters and digits carry 238 bits. */
const API_KEY_CHARACTERS = 40;

/** Keys that sign, and the keys by which CloudFront shows API Gateway who it is. Generated in AWS, never in a template. */
export class SaleSecrets extends Construct {
  /** `{"active":"k1","k1":"…"}`: signs sessions and tickets. Further key ids are added when keys rotate. */
  readonly signing: Secret;
  /** `{"key":"…"}`: shared with the payment provider. */
  readonly payment: Secret;
  readonly buyKey: Secret;
  readonly browseKey: Secret;
  readonly operateKey: Secret;

  constructor(scope: Construct, id: string, props: SaleSecretsProps) {
    super(scope, id);
    const secret = (
      name: string,
      characters: number,
      json?: { fixed: object; generated: string },
    ) => this.generate(name, characters, props, json);
    this.signing = secret('SigningKeys', SIGNING_KEY_CHARACTERS, {
      fixed: { active: 'k1' },
      generated: 'k1',
    });
    this.payment = secret('PaymentKeys', SIGNING_KEY_CHARACTERS, { fixed: {}, generated: 'key' });
    this.buyKey = secret('BuyKey', API_KEY_CHARACTERS);
    this.browseKey = secret('BrowseKey', API_KEY_CHARACTERS);
    this.operateKey = secret('OperateKey', API_KEY_CHARACTERS);
    Validations.of(this).acknowledge({
      id: 'AwsSolutions-SMG4',
      reason:
        'Keys rotate by key id (old and new valid together) from the command line, in step with the KeyValueStore: ' +
        'a timer of Secrets Manager would change a key in the middle of a sale.',
    });
  }

  /** Lets a function read the keys of sessions and tickets. */
  grantSigning(grantee: IGrantable) {
    allowRead(grantee, this.signing);
  }

  /** Lets a function read the key shared with the payment provider. */
  grantPayment(grantee: IGrantable) {
    allowRead(grantee, this.payment);
  }

  private generate(
    id: string,
    passwordLength: number,
    { lifetime }: SaleSecretsProps,
    json?: { fixed: object; generated: string },
  ): Secret {
    return new Secret(this, id, {
      removalPolicy: lifetime === 'retained' ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
      generateSecretString: {
        excludePunctuation: true,
        passwordLength,
        ...(json && {
          secretStringTemplate: JSON.stringify(json.fixed),
          generateStringKey: json.generated,
        }),
      },
    });
  }
}

function allowRead(grantee: IGrantable, secret: Secret) {
  grantee.grantPrincipal.addToPrincipalPolicy(
    new PolicyStatement({
      actions: ['secretsmanager:GetSecretValue'],
      resources: [secret.secretArn],
    }),
  );
}
