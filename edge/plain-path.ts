/**
 * @module
 * Paths written so that the gate, CloudFront's behaviours and API Gateway would read them differently. CloudFront
 * normalises a path to choose the behaviour, but hands on what the shopper wrote.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/DownloadDistValuesCacheBehavior.html#DownloadDistValuesPathPattern
 */

import { problem } from './answers.ts';

/** Empty or dotted segments, encoded dots and slashes, a first segment with anything encoded, anything encoded in the API. */
const DISGUISED = /\/\/|\/\.\.?(\/|$)|%2[ef]|^\/[^/]*%|^\/api\/(.*%|(.*\/)?$)/i;

export const isDisguised = (uri: string): boolean => DISGUISED.test(uri);

export const disguised = () => problem('bad-request', 'The path must be written plainly.');
