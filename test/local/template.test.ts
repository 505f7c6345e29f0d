import { describe, expect, test } from '@jest/globals';
import { startLocalStack } from '../../local/stack.ts';
import { type Resources, type TestStack, writeAssembly } from './support/assembly.ts';

const start = (stacks: Readonly<Record<string, TestStack>>, parameters = {}) =>
  startLocalStack({ assembly: writeAssembly(stacks), parameters });

const refused = (resources: Resources) => expect(start({ Test: { resources } })).rejects;

const queue = { Type: 'AWS::SQS::Queue' };

describe('startLocalStack()', () => {
  test('resolves every function that templates are made of', async () => {
    const value = (Value: unknown) => ({ Value });
    const stack = await start(
      {
        One: {
          resources: { Queue: queue },
          outputs: {
            Shared: { Value: { 'Fn::GetAtt': ['Queue', 'QueueName'] }, Export: { Name: 'shared' } },
          },
        },
        Two: {
          parameters: { Given: { Type: 'String' }, Default: { Type: 'String', Default: 'd' } },
          mappings: { Map: { a: { b: 'mapped' } } },
          conditions: {
            Yes: { 'Fn::Equals': [{ Ref: 'Given' }, 'g'] },
            No: { 'Fn::Not': [{ Condition: 'Yes' }] },
            Both: { 'Fn::And': [{ Condition: 'Yes' }, { Condition: 'No' }] },
            Either: { 'Fn::Or': [{ Condition: 'Yes' }, { Condition: 'No' }] },
          },
          resources: { Absent: { ...queue, Condition: 'No' } },
          outputs: {
            Import: value({ 'Fn::ImportValue': 'shared' }),
            Join: value({ 'Fn::Join': ['-', [{ Ref: 'Given' }, { Ref: 'Default' }]] }),
            // biome-ignore lint/suspicious/noTemplateCurlyInString: CloudFormation's own syntax
            Sub: value({ 'Fn::Sub': '${AWS::Region}/${AWS::AccountId}/${!Literal}' }),
            // biome-ignore lint/suspicious/noTemplateCurlyInString: CloudFormation's own syntax
            SubWith: value({ 'Fn::Sub': ['${x}', { x: { Ref: 'Given' } }] }),
            Select: value({ 'Fn::Select': [1, { 'Fn::Split': [':', 'a:b:c'] }] }),
            If: value({ 'Fn::If': ['Either', 'yes', 'no'] }),
            IfNot: value({ 'Fn::If': ['Both', 'yes', 'no'] }),
            Mapped: value({ 'Fn::FindInMap': ['Map', 'a', 'b'] }),
          },
        },
      },
      { Given: 'g' },
    );
    await stack.stop();
    expect(stack.outputs).toMatchObject({
      Import: 'One-Queue',
      Join: 'g-d',
      // biome-ignore lint/suspicious/noTemplateCurlyInString: CloudFormation's own syntax
      Sub: 'us-east-1/000000000000/${Literal}',
      SubWith: 'g',
      Select: 'b',
      If: 'yes',
      IfNot: 'no',
      Mapped: 'mapped',
    });
  });

  test('names the resource whose type it does not know', async () => {
    await refused({ Odd: { Type: 'AWS::Foo::Bar' } }).toThrow(
      'Cannot run "Odd" (AWS::Foo::Bar): this resource type is unknown to the local stack',
    );
  });

  test('names the property that it does not know', async () => {
    await refused({ Queue: { ...queue, Properties: { Colour: 'red' } } }).toThrow(
      'Cannot run "Queue" (AWS::SQS::Queue): property "Colour" is unknown to the local stack',
    );
  });

  test('names the function that it does not know', async () => {
    await refused({ Queue: { ...queue, Properties: { QueueName: { 'Fn::Odd': 1 } } } }).toThrow(
      'Cannot run "Queue" (AWS::SQS::Queue): intrinsic "Fn::Odd" is unknown to the local stack',
    );
  });

  test('names what a reference does not find', async () => {
    await refused({ Queue: { ...queue, Properties: { QueueName: { Ref: 'Nobody' } } } }).toThrow(
      'Cannot run "Queue" (AWS::SQS::Queue): "Nobody" is neither parameter nor resource',
    );
  });

  test('refuses resources that refer to each other in a circle', async () => {
    const named = (other: string) => ({ ...queue, Properties: { QueueName: { Ref: other } } });
    await refused({ A: named('B'), B: named('A') }).toThrow('refers to itself');
  });

  test('reads the output of another stack, wherever it is meant to be', async () => {
    const output = (OutputName: string) => ({
      Value: { 'Fn::GetStackOutput': { StackName: 'Global', Region: 'us-east-1', OutputName } },
    });
    const Global = { outputs: { Arn: { Value: 'the-arn' } } };
    const stack = await start({ Test: { outputs: { Found: output('Arn') } }, Global });
    expect(stack.outputs['Found']).toBe('the-arn');
    await stack.stop();
    await expect(
      start({ Test: { outputs: { Found: output('Nothing') } }, Global }),
    ).rejects.toThrow('stack "Global" has no output "Nothing"');
  });

  test('refuses a parameter that no template has', async () => {
    await expect(start({ Test: {} }, { Missing: 'x' })).rejects.toThrow(
      'Cannot set parameter "Missing": no template has it',
    );
  });

  test('says that there is no assembly', async () => {
    await expect(startLocalStack({ assembly: '/nowhere' })).rejects.toThrow(
      'Cannot start: "/nowhere/manifest.json" does not exist',
    );
  });

  test('says which port is taken', async () => {
    const stack = await start({ Test: {} });
    const port = Number(new URL(stack.siteUrl).port);
    const assembly = writeAssembly({ Test: {} });
    await expect(startLocalStack({ assembly, port })).rejects.toThrow(
      `Cannot listen on port ${port}: another process has it`,
    );
    await stack.stop();
  });
});
