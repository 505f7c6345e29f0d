import { CfnCondition, CfnOutput, CfnParameter, Fn, Stack, Validations } from 'aws-cdk-lib';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { CfnSubscription, Topic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';

/**
 * Where alarms go: an encrypted topic, with a subscription where the parameter `AlarmEmail` has an address. The key is
 * our own ($1 a month): with the one that AWS keeps for SNS, CloudWatch may not publish.
 */
export class AlarmTopic extends Construct {
  readonly topic: Topic;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    const stack = Stack.of(this);
    const cloudWatch = new ServicePrincipal('cloudwatch.amazonaws.com');
    // Without it, an alarm of any account could be sent through here.
    const ours = { StringEquals: { 'aws:SourceAccount': stack.account } };
    const key = new Key(this, 'Key', {
      description: 'Encrypts alarms on their way to whoever is on call',
      enableKeyRotation: true,
    });
    key.addToResourcePolicy(
      new PolicyStatement({
        principals: [cloudWatch],
        actions: ['kms:Decrypt', 'kms:GenerateDataKey*'],
        resources: ['*'],
        conditions: ours,
      }),
    );
    this.topic = new Topic(this, 'Topic', { masterKey: key, enforceSSL: true });
    this.topic.addToResourcePolicy(
      new PolicyStatement({
        principals: [cloudWatch],
        actions: ['sns:Publish'],
        resources: [this.topic.topicArn],
        conditions: ours,
      }),
    );
    this.subscribe(stack);
    new CfnOutput(stack, 'AlarmTopicArn', { value: this.topic.topicArn });
  }

  private subscribe(stack: Stack) {
    const email = new CfnParameter(stack, 'AlarmEmail', {
      description: 'Who hears of alarms; empty: nobody, until somebody subscribes to the topic',
      default: '',
    });
    const condition = new CfnCondition(stack, 'HasAlarmEmail', {
      expression: Fn.conditionNot(Fn.conditionEquals(email.valueAsString, '')),
    });
    const subscription = new CfnSubscription(this, 'Email', {
      topicArn: this.topic.topicArn,
      protocol: 'email',
      endpoint: email.valueAsString,
    });
    subscription.cfnOptions.condition = condition;
    Validations.of(subscription).acknowledge({
      id: 'Serverless-SNSRedrivePolicy',
      reason:
        'A mail that cannot be delivered would be found in a queue by nobody; the alarm itself stays in its state.',
    });
  }
}
