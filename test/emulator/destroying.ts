/** @module The end of a deployment: the stacks destroyed, what they retain removed, and a look whether they are gone. */

import { ListTablesCommand } from '@aws-sdk/client-dynamodb';
import {
  DeleteBucketCommand,
  DeleteObjectsCommand,
  ListObjectVersionsCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import type { Deployment } from '../../adapters/deployment.ts';
import { clientsOf } from './clients.ts';
import type { Deploying } from './deploying.ts';

/** @returns what had to be removed by hand @throws {Error} naming the tables that are left */
export async function destroy(
  deploying: Deploying,
  endpoint: string,
  { db, tables, outputs }: Deployment,
): Promise<string> {
  await deploying.destroy();
  const { TableNames = [] } = await db.send(new ListTablesCommand({}));
  const left = Object.values(tables).filter((table) => TableNames.includes(table));
  if (left.length > 0) throw new Error(`the tables ${left.join(', ')} are still there`);
  const files = await removeBucket(endpoint, outputs.SiteBucket);
  return `and the site's bucket, which its stack retains, with ${files} versions of files`;
}

/** @returns how many versions of files were in it */
async function removeBucket(endpoint: string, bucket: string): Promise<number> {
  const s3 = new S3Client({ ...clientsOf(endpoint), forcePathStyle: true });
  const found = await s3.send(new ListObjectVersionsCommand({ Bucket: bucket }));
  const all = [...(found.Versions ?? []), ...(found.DeleteMarkers ?? [])];
  const Objects = all.map(({ Key, VersionId }) => ({ Key, VersionId }));
  await s3.send(new DeleteObjectsCommand({ Bucket: bucket, Delete: { Objects } }));
  await s3.send(new DeleteBucketCommand({ Bucket: bucket }));
  return all.length;
}
