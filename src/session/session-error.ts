/** What a session, its server or the way to it can't do, in one sentence. `exit` is the status that a program should end with. */
export class SessionError extends Error {
  override readonly name = 'SessionError';
  readonly kind: 'no-server' | 'usage' | 'world' | 'interrupted' | 'version';
  readonly exit: 1 | 2 | 3 | 130;
  /** What to do; may be empty. */
  readonly why: string;

  constructor(kind: SessionError['kind'], message: string, why = '') {
    super(message);
    this.kind = kind;
    this.exit = kind === 'no-server' ? 1 : kind === 'usage' ? 2 : kind === 'interrupted' ? 130 : 3;
    this.why = why;
  }
}
