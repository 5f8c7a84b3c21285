/** What went wrong with a mount, in one sentence that says what to do: exit 3. */
export class MountError extends Error {
  override readonly name = 'MountError';
}
