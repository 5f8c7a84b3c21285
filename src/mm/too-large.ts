/**
 * A machine and its files have grown beyond the 4 GiB that the page core can address: 5 bytes are kept of each page of
 * a file that was ever read, for its refault. The emulator's own bound, no answer of the kernel's.
 */
export class TooLarge extends Error {
  override readonly name = 'TooLarge';

  constructor() {
    super(
      'this machine has grown beyond the 4 GiB that are kept of its pages: it has read too many different pages of ' +
        'files (1 to 2 TiB of them fit): truncate files that are not read again, or read smaller ones',
    );
  }
}
