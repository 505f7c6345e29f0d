import { Command } from 'commander';
import { moneyText } from '../adapters/money-text.ts';
import { freeOf, type StockedProduct } from '../domain/product.ts';
import { jsonOption, type Output, print } from './output.ts';
import { outputsOption, type Reach, reach } from './reach.ts';
import { type Column, tableLines } from './table.ts';

type Options = Reach & Output;

/** `products`: what sales can be made of. */
export const productsCommand = () =>
  new Command('products')
    .description('lists products: price, total, what sales have taken of it, and what is free')
    .argument('[sku]', 'one of them, with the units of each sale')
    .addOption(jsonOption())
    .addOption(outputsOption())
    .action(async (sku: string | undefined, options: Options) => {
      const all = await reach(options).catalogue.products();
      const products = sku === undefined ? all : all.filter((product) => product.sku === sku);
      if (sku !== undefined && products.length === 0) {
        throw new Error(`Cannot show product "${sku}": there is no such product`);
      }
      print(options, { products: products.map(objectOf) }, textOf(products, sku !== undefined));
    });

/** Of a product without end as many as anybody wants are free: null. */
const objectOf = (product: StockedProduct) => ({
  ...product,
  free: product.total === 'unlimited' ? null : freeOf(product),
});

const COLUMNS: readonly Column<StockedProduct>[] = [
  { name: 'sku', isLeft: true, text: ({ sku }) => sku },
  { name: 'name', isLeft: true, text: ({ name }) => name },
  { name: 'price', text: ({ price, currency }) => moneyText(price, currency) },
  { name: 'total', text: ({ total }) => (total === 'unlimited' ? 'no end' : String(total)) },
  { name: 'taken', text: ({ allocated }) => String(allocated) },
  {
    name: 'free',
    text: (product) => (product.total === 'unlimited' ? 'no end' : String(freeOf(product))),
  },
  { name: 'provider', isLeft: true, text: ({ provider }) => provider?.name ?? '' },
];

function textOf(products: readonly StockedProduct[], inFull: boolean): string {
  if (products.length === 0) return 'There are no products: import some';
  const lines = tableLines(COLUMNS, products);
  return [...lines, ...(inFull ? products.flatMap(usesOf) : [])].join('\n');
}

/** Which sale has how many. */
function usesOf({ granted, planned, sold }: StockedProduct): string[] {
  const granting = Object.entries(granted).map(([name, units]) => {
    const [saleId, grant] = name.split('#');
    return `  ${units} in sale "${saleId}"${grant === '0' ? '' : `, restock ${grant}`}`;
  });
  return [
    ...granting,
    ...Object.entries(sold).map(([saleId, units]) => `  ${units} sold in sale "${saleId}"`),
    ...Object.entries(planned).map(
      ([saleId, units]) =>
        `  ${units} set aside for "${saleId}", whose publication was cut short or goes on: publish it, or return ${saleId}`,
    ),
  ];
}
