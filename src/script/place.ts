import type { Mistake } from './mistake.ts';
import type { Position, RunError } from './result.ts';
import type { Failure } from './world.ts';

/** Where a run is: the command in hand. Moved for every line, so it is one object that changes. */
export class Place implements Position {
  file = 'command line';
  line = 0;
  column = 0;
  /** The whole line. */
  text = '';

  move(file: string, line: number, text: string): this {
    this.file = file;
    this.line = line;
    this.column = 0;
    this.text = text;
    return this;
  }

  get position(): Position {
    return { file: this.file, line: this.line, column: this.column };
  }

  endWith({ kind, message, why, errno }: Failure): RunError {
    return { ...this.position, kind, message, why, errno, text: this.text };
  }

  endWithMistake({ message, column }: Mistake): RunError {
    return { ...this.position, column, kind: 'mistake', message, why: '', errno: null, text: this.text };
  }
}
