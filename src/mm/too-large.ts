/**
 * A machine has grown beyond the 4 GiB that the page core can address: its pages lie so far apart in their files, or in
 * swap, that each takes a chunk of the page tables. The emulator's own bound, no answer of the kernel's.
 */
export class TooLarge extends Error {
  override readonly name = 'TooLarge';

  constructor() {
    super(
      'this machine has grown beyond the 4 GiB that are kept of its pages: they lie too far apart in their files, or ' +
        'in swap: truncate files that are not read again, or give the machine less memory',
    );
  }
}
