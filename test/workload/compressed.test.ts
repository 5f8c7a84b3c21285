import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { openTrace } from '../../src/workload/open-trace.ts';
import { csvOf, fileOf, readAll } from './traces.ts';

/** 40,000 requests in rotation; written by zstd 1.5 as `zstd -19`: three blocks that refer to each other. */
const requests = Array.from({ length: 40_000 }, (_, i) => ({
  time: 7,
  write: i % 2 === 0,
  block: (i % 10) * 8,
  size: 4096,
}));
const ONE_FRAME = [
  'KLUv/aQR0AcAZAIAIoMLEbDrB6YsIefDcFtJS0v+ZMlj2ss8yOaqWOVAiL5Bnkvujb4BO+oopnfXjlaCAQogICPiOm3/gxmP',
  'OOIRi5iIu4iZiMvIcqySAUwAAAABAP3/g9wAAUQAAAABAP3/OQACRQAAAAEADtA5AAIdoL1f',
].join('');
/** The same in two frames with a skippable frame between. */
const TWO_FRAMES = [
  'KLUv/QRoZAIAIoMLEbDrB6YsIefDcFtJS0v+ZMlj2ss8yOaqWOVAiL5Bnkvujb4BO+oopnfXjlaCAQogICPiOm3/gxmPOOIR',
  'i5iIu4iZiMvIcqySAU0AAAABAAHog9wAAVUo0mBQKk0YAwAAAGFiYyi1L/0EaNQBADICBwvQPUAgKZJJMjSV6/Aqusc9d8lB',
  'pGtga2G851oKAH3/A5MHiBhEDCIGEfeM2I24MzKesAVsggFVAAAAAQAK6IP/uQYCkpsRDg==',
].join('');

const gzip = gzipSync(csvOf(requests));
const zstd = Buffer.from(ONE_FRAME, 'base64');

describe('a compressed trace', () => {
  it.each<[string, Buffer, string]>([
    ['zstd in one frame', zstd, 'a.csv.zst'],
    ['zstd in two frames and a skippable one', Buffer.from(TWO_FRAMES, 'base64'), 'a.csv.zst'],
    ['gzip', gzip, 'a.csv.gz'],
    ['gzip whose name says zstd', gzip, 'a.zst'],
    ['gzip in two members', Buffer.concat([gzipSync('time,lbn,size,op\n'), gzipSync(body())]), 'a.gz'],
  ])('is read: %s', async (_, bytes, name) => {
    const accesses = await readAll(fileOf(bytes, name));
    expect(accesses).toEqual(
      requests.map(({ write, block }) => ({
        time: 0,
        file: '',
        page: block / 8,
        count: 1,
        write: write ? 1 : 0,
      })),
    );
  });

  it.each<[string, Buffer, string]>([
    ['gzip', gzip.subarray(0, -9), 'the gzip stream ends early'],
    ['gzip without its checksum', gzip.subarray(0, -8), 'the gzip stream ends early'],
    ['zstd', zstd.subarray(0, -9), 'the zstd stream ends early'],
    ['zstd without its checksum', zstd.subarray(0, -1), 'the zstd stream ends early'],
    ['gzip with a wrong checksum', damaged(gzip, gzip.length - 7), 'the gzip stream is damaged'],
    [
      'zstd with junk behind',
      Buffer.concat([zstd, Buffer.from('no frame at all, of this we are sure')]),
      'damaged',
    ],
  ])(
    'that is damaged gives the records before the damage, then says on which line: %s',
    async (_, bytes, why) => {
      const outcomes: number[] = [];
      for (const max of [1000, 8192]) {
        const source = await openTrace(fileOf(bytes));
        let from = 0;
        const read = async (): Promise<never> => {
          for (;;) {
            const { batch, last } = await source.read(from, max);
            expect(last).toBe(false);
            from += batch.time.length;
          }
        };
        const error: unknown = await read().catch((reason: unknown) => reason);
        expect(error).toMatchObject({
          name: 'TraceError',
          why: expect.stringContaining(why),
          line: from + 2,
        });
        outcomes.push(from);
        await source.close();
      }
      expect(outcomes[0]).toBe(outcomes[1]);
      expect(outcomes[0]).toBeGreaterThan(10_000);
    },
  );

  it.each<[string, Buffer, string]>([
    ['gzip that ends in its header', gzip.subarray(0, 8), 'the gzip stream ends early'],
    ['zstd that ends in its header', zstd.subarray(0, 8), 'the zstd stream ends early'],
    ['gzip of nothing', gzipSync(''), 'the file is empty once it is decompressed'],
    [
      'zstd that asks for much memory',
      Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 0x00, 0x90, 0, 0, 0, 0, 0, 0]),
      'needs more than 128 MiB of memory',
    ],
  ])('without a first record is refused at once: %s', async (_, bytes, why) => {
    await expect(openTrace(fileOf(bytes))).rejects.toThrow(why);
  });
});

function body(): string {
  return requests.map(({ write, block }) => `7,${block},4096,${write ? 'W' : 'R'}\n`).join('');
}

function damaged(bytes: Buffer, at: number): Buffer {
  const copy = Buffer.from(bytes);
  copy[at] ^= 0xff;
  return copy;
}
