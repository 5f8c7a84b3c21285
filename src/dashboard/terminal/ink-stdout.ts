import { EventEmitter } from 'node:events';
import type { Size } from '../draw/layout.ts';

/**
 * What ink takes for standard output. In its debug mode ink writes every frame whole; here each
 * goes on to the terminal, which knows what of it is new.
 */
export class InkStdout extends EventEmitter {
  readonly #size: () => Size;
  readonly #show: (frame: string) => void;

  constructor(size: () => Size, show: (frame: string) => void) {
    super();
    this.#size = size;
    this.#show = show;
  }

  get columns(): number {
    return this.#size().columns;
  }

  get rows(): number {
    return this.#size().rows;
  }

  write(frame: string, done?: () => void): boolean {
    if (frame !== '') this.#show(frame);
    done?.();
    return true;
  }
}
