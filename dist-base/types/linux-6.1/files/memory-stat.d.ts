import type { ValueKind } from '../../fs/types.ts';
import { type MemCgroup, type Mm } from '../types.ts';
export declare const STAT_KINDS: Readonly<Record<string, ValueKind>>;
export declare function memoryStat(mm: Mm, memcg: MemCgroup): string;
