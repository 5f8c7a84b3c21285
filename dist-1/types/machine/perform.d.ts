import { type Credentials, type LongWrite } from '../fs/types.ts';
import { type Result } from '../kernel/errno.ts';
import type { Operation } from './operation.ts';
import type { Hand, MachineState } from './state.ts';
/** Does an operation, or begins it: then its answer is null and `state.hand` says what goes on. */
export declare function perform(state: MachineState, operation: Operation): Result<undefined> | null;
/** What goes on takes virtual time, and `sh` does it. */
export declare function begin(state: MachineState, hand: Hand): null;
/** What `sh` goes on with after a write that takes virtual time. */
export declare function handOf(write: LongWrite): Hand;
/** rmdir(2): the checks at once, then the reclaimer's end and the pages. */
export declare function rmdir(state: MachineState, path: string, who: Credentials): Result<undefined> | null;
