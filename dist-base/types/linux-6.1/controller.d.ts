import type * as fs from '../fs/types.ts';
import type { ControlFile } from './types.ts';
/** Every control file of this kernel, in the order of a listing: a file more is a line in one of these lists. */
export declare const CONTROL_FILES: readonly ControlFile[];
export declare const CONTROLLER: fs.Controller;
