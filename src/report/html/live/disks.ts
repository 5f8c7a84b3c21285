import type { Costs } from '../../../machine/machine.ts';

/** Disks to choose, as a script's `machine cost.diskLatency=...` says them: until a request's first byte, then a request and a page, ns. */
export const DISKS: readonly {
  readonly name: string;
  readonly about: string;
  readonly costs: Partial<Costs>;
}[] = [
  disk('nvme', 'NVMe, 3 GB/s', 20_000, 1_000, 1_400),
  disk('ssd', 'SATA SSD, 500 MB/s', 80_000, 3_000, 8_200),
  disk('server', 'server disk, 300 MB/s', 100_000, 5_000, 12_000),
  disk('hard', 'hard disk, 150 MB/s', 8_000_000, 5_000, 27_000),
  disk('network', 'network volume, 125 MB/s', 1_000_000, 5_000, 33_000),
];

function disk(name: string, about: string, diskLatency: number, diskRequest: number, diskPage: number) {
  return { name, about, costs: { diskLatency, diskRequest, diskPage } };
}
