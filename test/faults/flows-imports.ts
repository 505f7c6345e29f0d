/** @module The way of products that are dropped into a bucket. */

import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { productIn, productKey } from '../../domain/product.ts';
import { putProduct } from '../../domain/put-product.ts';
import { aProduct } from '../support/catalogue.ts';
import { expected, type Flow } from './flow.ts';

const importing: Flow = {
  name: 'an import of a product that is new, and of one that changes',
  async prepare({ scene: { stack, deployment }, number }) {
    const [added, changed] = [`new-${number()}`, `old-${number()}`];
    await putProduct(deployment.store, aProduct({ sku: changed, price: 1 }));
    const s3 = new S3Client({ ...stack.clientOverrides, forcePathStyle: true });
    const drop = async () => {
      const Body = JSON.stringify([aProduct({ sku: added }), aProduct({ sku: changed, price: 2 })]);
      const Bucket = stack.outputs['ImportsBucket'] ?? '';
      await s3.send(new PutObjectCommand({ Bucket, Key: `incoming/${added}.json`, Body }));
      await stack.settle();
    };
    return {
      act: drop,
      again: drop,
      async check() {
        const found = await deployment.store.read([productKey(added), productKey(changed)]);
        const prices = found.map((item) => item && productIn(item).price);
        expected(prices.join() === '1999,2', `both products are as the file has them: ${prices}`);
      },
    };
  },
};

export const IMPORT_FLOWS: readonly Flow[] = [importing];
