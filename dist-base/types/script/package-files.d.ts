import type { MachineOptions } from '../machine/machine.ts';
/** Files of this package, wherever in it this code was bundled to. */
export declare const programFile: () => string;
/** The script that boots machines which nobody says anything else about, by what is said of them. */
export declare const bootScriptFile: (options?: Partial<MachineOptions>) => string;
/** A part of the page of HTML reports, as the build made it. */
export declare const reportPageFile: (name: string) => string;
/** A recording of the real kernel's answers, by its name. */
export declare const recordingFile: (name: string) => string;
