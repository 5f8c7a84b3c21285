import type { Content } from '../content.ts';
import type { Settings } from './setting.ts';

/** What a page and its worker say to each other. */

export interface Begin {
  /** What the page carries: compressed, in base64. */
  readonly runs: string;
}

export interface Ask {
  readonly id: number;
  /** The script's number in the page. */
  readonly group: number;
  readonly want: 'content' | 'json';
  /** Of all its runs; of the one that is wanted as JSON. */
  readonly settings: Settings;
  readonly run: number;
}

export type Answer =
  | { readonly kind: 'ready' }
  | { readonly kind: 'progress'; readonly id: number; readonly share: number }
  | {
      readonly kind: 'content';
      readonly id: number;
      readonly group: number;
      readonly content: Content;
      /** How each run is had outside of the page. */
      readonly words: readonly string[];
      /** ms */
      readonly took: number;
    }
  | { readonly kind: 'json'; readonly id: number; readonly text: string }
  | { readonly kind: 'failed'; readonly id: number; readonly why: string };

/** What was compressed by gzip and stands in a page as base64. */
export async function inflated(text: string): Promise<Uint8Array> {
  const bytes = Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}
