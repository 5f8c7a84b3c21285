import type { Mistake } from './mistake.ts';
import type { Position, RunError } from './result.ts';
import type { Failure } from './world.ts';
/** Where a run is: the command in hand. Moved for every line, so it is one object that changes. */
export declare class Place implements Position {
    file: string;
    line: number;
    column: number;
    /** The whole line. */
    text: string;
    move(file: string, line: number, text: string): this;
    get position(): Position;
    endWith({ kind, message, why, errno }: Failure): RunError;
    endWithMistake({ message, column }: Mistake): RunError;
}
