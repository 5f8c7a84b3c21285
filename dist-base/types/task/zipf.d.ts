import { type Random } from '../kernel/random.ts';
import type { ZipfTable } from './progress.ts';
/**
 * Zipf-distributed ranks by rejection-inversion (W. Hörmann and G. Derflinger,
 * "Rejection-inversion to generate variates from monotone discrete
 * distributions", 1996): constant memory and time for any n.
 */
export declare function newZipf(n: number, theta: number): ZipfTable;
/** A rank from 0 to n-1; rank k with a probability in proportion to 1/(k+1)^theta. */
export declare function nextZipf(random: Random, zipf: ZipfTable): number;
