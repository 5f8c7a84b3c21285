/** package.json's, put in by the bundler. */
declare const MEMCG_VERSION: string;

/** What has not been built has no version. */
export const DEVELOPMENT = 'development';
export const VERSION = typeof MEMCG_VERSION === 'string' ? MEMCG_VERSION : DEVELOPMENT;
