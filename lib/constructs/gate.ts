import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import {
  Function as EdgeFunction,
  type FunctionAssociation,
  FunctionCode,
  FunctionEventType,
  FunctionRuntime,
  type IKeyValueStore,
} from 'aws-cdk-lib/aws-cloudfront';
import { Construct } from 'constructs';

/**
 * Bytes of a CloudFront Function, not adjustable.
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/cloudfront-limits.html
 */
export const MAX_GATE_BYTES = 10_240;

const BUILT = fileURLToPath(new URL('../../dist/gate.js', import.meta.url));

export interface GateProps {
  /** Sales, settings and signing keys, as the gate knows them at every edge. */
  readonly store: IKeyValueStore;
  /**
   * The function's source: imports at the top, a top-level `handler`, no exports.
   *
   * @default - `dist/gate.js`, which the build makes of `edge/gate.ts`
   */
  readonly code?: string;
}

/** The CloudFront Function in front of everything. It decides by path, so every behaviour has the same one. */
export class Gate extends Construct {
  /** What each behaviour of the distribution takes. */
  readonly associations: FunctionAssociation[];

  /** @throws {RangeError} when the function is larger than CloudFront takes */
  constructor(scope: Construct, id: string, { store, code }: GateProps) {
    super(scope, id);
    const source = code ?? readFileSync(BUILT, 'utf8');
    const bytes = Buffer.byteLength(source);
    if (bytes > MAX_GATE_BYTES) {
      throw new RangeError(
        `Cannot deploy the gate: ${bytes} bytes is above the ${MAX_GATE_BYTES} that CloudFront takes`,
      );
    }
    const gate = new EdgeFunction(this, 'Function', {
      code: FunctionCode.fromInline(source),
      runtime: FunctionRuntime.JS_2_0,
      keyValueStore: store,
      comment: 'The gate: answers or refuses what need not reach the API',
    });
    this.associations = [{ function: gate, eventType: FunctionEventType.VIEWER_REQUEST }];
  }
}
