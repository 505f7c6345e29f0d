import { Command } from 'commander';
import { publish } from '../domain/publish.ts';
import { outputsOption, type Reach, reach } from './reach.ts';
import { readSale } from './read-sale.ts';

/** `publish FILE`: makes a sale sellable. */
export const publishCommand = () =>
  new Command('publish')
    .description('publishes a sale; safe to repeat')
    .argument('<file>', 'the sale file')
    .addOption(outputsOption())
    .action(async (file: string, options: Reach) => {
      const sale = readSale(file);
      const deployed = reach(options);
      const outcome = await publish(deployed, sale);
      switch (outcome.kind) {
        case 'published':
          console.log(`Published: ${deployed.outputs.SiteUrl}/sales/${sale.id}/`);
          return;
        case 'differs':
          throw new Error(
            `Cannot publish "${sale.id}": another sale was published under this id, and a published sale does not change`,
          );
        case 'no-captcha':
          throw new Error(
            `Cannot publish "${sale.id}": its access.captcha needs AWS WAF, and this deployment has no web ACL (output "Waf")`,
          );
        case 'closed-already':
          throw new Error(
            `Cannot publish "${sale.id}": its closing, ${new Date(sale.closesAt).toISOString()}, has passed`,
          );
      }
    });
