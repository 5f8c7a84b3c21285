import { spawnSync } from 'node:child_process';
import { describe } from 'vitest';

const hasTmux = spawnSync('tmux', ['-V']).status === 0;
if (!hasTmux) process.stderr.write('SKIPPED: tmux is not installed: nothing is tested in a real terminal\n');

/** `describe` for what happens in a real terminal. */
export const inTerminal = hasTmux ? describe : describe.skip;
