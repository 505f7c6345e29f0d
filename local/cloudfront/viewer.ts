/** @module What CloudFront says of a viewer of whom nothing else is known. */

/** Somewhere in the middle of what the stack's Region serves. */
export const VIEWER = {
  'cloudfront-viewer-country': 'US',
  'cloudfront-viewer-latitude': '38.89',
  'cloudfront-viewer-longitude': '-77.03',
  // Of a Chrome. Nobody speaks TLS here that could be fingerprinted.
  'cloudfront-viewer-ja4-fingerprint': 't13d1516h2_8daaf6152771_02713d6af862',
};
