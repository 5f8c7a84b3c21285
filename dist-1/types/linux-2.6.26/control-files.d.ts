import type { ControlFile } from '../fs/types.ts';
import type { Policy } from './policy/policy.ts';
/** The control files of this kernel's machines, put together from where each is registered. */
type Files = readonly ControlFile[];
/** Of memory control, in the order of their registration. */
export declare const memoryFiles: ({ files }: Policy) => Files;
/** This project's own, in the order of a listing. */
export declare const extraFiles: ({ files }: Policy) => Files;
/** Of a machine that nothing else is said about. */
export declare const USUAL_FILES: Files;
/** Every control file that a machine can have. */
export declare const CONTROL_FILES: Files;
export {};
