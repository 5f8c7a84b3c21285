import type { SavedMachine } from '../machine/machine.ts';
import type { BootOptions } from './boot-options.ts';
import { EmulatedMachine } from './emulated-machine.ts';
/** The package's face: `import { bootMachine } from 'memcg'`. */
export * from '../machine/machine.ts';
export type { BootOptions, Size, Time } from './boot-options.ts';
export { EmulatedMachine, type FsCaller } from './emulated-machine.ts';
export type { ErrnoException } from './errors.ts';
export { ScriptError } from './lines.ts';
export type { CgroupFileHandle, CgroupFs, CgroupFsPromises } from './node-fs.ts';
/**
 * Boots a machine in this process: its `fs` has the shape and the errors of node:fs, its files lie below
 * `at`. Throws a RangeError for options that no machine can have.
 */
export declare const bootMachine: (options?: BootOptions) => EmulatedMachine;
/** A machine that goes on where machine.save() was. */
export declare const loadMachine: (saved: SavedMachine, place?: Pick<BootOptions, 'at' | 'group'>) => EmulatedMachine;
