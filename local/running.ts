/** @module A stack while it runs: its parts, started in order and stopped in reverse. */

import type { RestApi } from './api/rest-api.ts';
import { restApis } from './api/rest-apis.ts';
import { CallLog } from './calls.ts';
import { VirtualClock } from './clock.ts';
import { readAssembly } from './cloudformation/assembly.ts';
import { Stacks } from './cloudformation/stacks.ts';
import { Distribution } from './cloudfront/distribution.ts';
import { Front } from './cloudfront/front.ts';
import { VIEWER } from './cloudfront/viewer.ts';
import { countInvocations } from './cloudwatch/counted.ts';
import { Monitor } from './cloudwatch/monitor.ts';
import { createData } from './data.ts';
import { Engines } from './engines/engines.ts';
import { Faults } from './faults.ts';
import { Inventory } from './inventory.ts';
import { awsOverrides } from './lambda/aws-transport.ts';
import type { EventSource } from './lambda/event-source.ts';
import { eventSources } from './lambda/event-sources.ts';
import { Functions } from './lambda/functions.ts';
import { LambdaFunction } from './lambda/lambda-function.ts';
import { mapValues } from './map-values.ts';
import { Metrics } from './metrics.ts';
import { makeResource } from './resources/makers.ts';
import { AwsServer } from './services/aws-server.ts';
import { Delivery } from './services/delivery.ts';
import { type Dispatch, dispatcher } from './services/dispatcher.ts';
import { EventBuses } from './services/event-bus.ts';
import { keyValueStoreApi } from './services/key-value-store-api.ts';
import { wakeForQueueCalls } from './services/queue-clock.ts';
import { Scheduler } from './services/scheduler.ts';
import { secretsApi } from './services/secrets-api.ts';
import { settle } from './settle.ts';
import type { LocalStack, LocalStackOptions, RequestCounts } from './stack.ts';

export class Running implements LocalStack {
  siteUrl = '';
  awsUrl = '';
  outputs: Readonly<Record<string, string>> = {};
  readonly clock = new VirtualClock();
  readonly calls = new CallLog();
  readonly faults = new Faults();
  readonly metrics = new Metrics();
  apis: ReadonlyMap<string, RestApi> = new Map();
  private readonly options: LocalStackOptions;
  private readonly front = new Front();
  private readonly awsServer = new AwsServer();
  private sources: EventSource[] = [];
  private engines: Engines | undefined;
  private functions = new Functions([], this.clock);
  private buses: EventBuses | undefined;
  private dispatch: Dispatch | undefined;
  private monitor: Monitor | undefined;

  constructor(options: LocalStackOptions) {
    this.options = options;
  }

  get events() {
    return this.buses?.events ?? [];
  }

  get requests(): RequestCounts {
    return {
      front: this.front.distribution?.counts ?? {},
      waf: this.front.distribution?.refused ?? {},
      api: Object.fromEntries(
        [...this.apis].map(([id, { count }]) => [id, structuredClone(count)]),
      ),
      functions: this.functions.counts(),
    };
  }

  get clientOverrides(): object {
    const { dispatch } = this;
    if (dispatch === undefined) throw new Error('Cannot call: the stack is not running');
    const transport = { dispatch, calls: new CallLog(), faults: new Faults() };
    return awsOverrides(transport, {
      functionName: '',
      isDead: false,
      kill: () => {},
      sleep: async () => {},
    });
  }

  async start() {
    const stacks = readAssembly(this.options.assembly ?? 'cdk.out');
    const { port = 0, awsPort = 0 } = this.options;
    this.front.viewerAddressHeader = this.options.viewerAddressHeader?.toLowerCase();
    this.front.onError = (error) => this.options.log?.(`CloudFront: ${error.stack}`);
    this.siteUrl = await this.front.start(port);
    this.awsUrl = await this.awsServer.start(awsPort);
    const inventory = new Inventory(this, this.clock, this.options.keyValueStoreDelayMs ?? 0);
    const outputs = new Stacks({
      stacks,
      parameters: this.options.parameters ?? {},
      make: (resource) => makeResource(resource, inventory),
      dynamic: (reference) => inventory.secrets.resolve(reference),
    }).makeAll();
    // Templates write https:// before a distribution's domain; here there is no certificate.
    const secure = this.siteUrl.replace('http:', 'https:');
    this.outputs = mapValues(outputs, (value) => value.replaceAll(secure, this.siteUrl));
    const engines = await Engines.start(this.options.dynamodbEndpoint);
    this.engines = engines;
    this.clock.onJump.push((offset) => engines.follow(offset));
    this.clock.settle = () => this.settle();
    await createData(inventory, engines);
    this.startServices(inventory, engines);
    this.startFront(inventory, engines);
    this.sources = eventSources(inventory, {
      functions: this.functions,
      queues: engines.queues,
      clock: this.clock,
      faults: this.faults,
      deliverDue: () => engines.deliverDue(),
    });
    for (const source of this.sources) source.start();
  }

  settle(): Promise<void> {
    const { engines } = this;
    return engines === undefined
      ? Promise.resolve()
      : settle(this.functions, this.sources, engines.queues);
  }

  async invoke(functionName: string, event: unknown): Promise<unknown> {
    const outcome = await this.functions.find(functionName).invoke(event);
    if (outcome.kind === 'returned') return outcome.value;
    const reason = 'message' in outcome ? outcome.message : 'no environment is free';
    throw new Error(`Function "${functionName}" ${outcome.kind}: ${reason}`);
  }

  readonly alarms = async () => (await this.monitor?.alarms()) ?? [];

  skew(functionName: string, ms: number) {
    this.functions.find(functionName).skewMs = ms;
  }

  kill(functionName: string) {
    this.functions.find(functionName).killAll();
  }

  clearCache() {
    this.front.distribution?.cache.clear();
  }

  async stop() {
    await this.front.stop();
    await Promise.all(this.sources.map((source) => source.stop()));
    for (const fn of this.functions.all) fn.killAll();
    this.clock.stop();
    await this.awsServer.stop();
    await this.engines?.stop();
  }

  private startServices(inventory: Inventory, engines: Engines) {
    const { clock, calls, faults, metrics } = this;
    const { requestsPerEnvironment = 64, clients } = this.options;
    const endpoints = clients === 'network' ? engines.endpoints(this.awsUrl) : undefined;
    const dispatch: Dispatch = (...call) => dispatching(...call);
    this.functions = new Functions(
      inventory.functions.map(
        (spec) =>
          new LambdaFunction({
            spec,
            clock,
            requestsPerEnvironment,
            endpoints,
            transport: { dispatch, calls, faults },
            onInvocation: countInvocations(metrics, spec.physicalName),
            onLine: (name, line) => this.take(name, line),
          }),
      ),
      clock,
    );
    const delivery = new Delivery(this.functions, engines.queues);
    this.buses = new EventBuses(inventory, clock, delivery);
    const scheduler = new Scheduler(inventory, clock, delivery, faults);
    const monitor = new Monitor({ inventory, metrics, queues: engines.queues, clock, calls });
    this.monitor = monitor;
    const dispatching = dispatcher({
      tables: engines.tables,
      queues: engines.queues,
      services: {
        secretsmanager: secretsApi(inventory.secrets),
        events: this.buses.service,
        scheduler: scheduler.service,
        'cloudfront-keyvaluestore': keyValueStoreApi(inventory.stores),
        lambda: this.functions.service,
        monitoring: monitor.service,
      },
      objects: this.buses,
      onQueueCall: wakeForQueueCalls(clock, () => engines.deliverDue()),
    });
    this.dispatch = dispatch;
    this.awsServer.dispatch = dispatch;
  }

  private startFront(inventory: Inventory, engines: Engines) {
    const { clock, functions, metrics, options } = this;
    this.apis = restApis({ inventory, functions, clock, metrics, throttles: options.throttles });
    const { apis } = this;
    const [part] = inventory.edge.distributions;
    if (part === undefined) return;
    for (const name of part.webAcl?.managed ?? []) {
      options.log?.(`WAF: the managed rules "${name}" are AWS's own, and do nothing here`);
    }
    const viewer = { ...VIEWER, ...options.viewer };
    const buckets = engines.queues;
    this.front.distribution = new Distribution({ part, inventory, clock, viewer, apis, buckets });
  }

  private take(functionName: string, line: string) {
    if (!this.metrics.read(line)) this.options.log?.(`${functionName}: ${line}`);
  }
}
