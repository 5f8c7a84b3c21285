import { render } from 'ink-testing-library';
import { describe, expect, it } from 'vitest';
import { Screen } from '../../../src/dashboard/components/screen.tsx';
import { screenLines } from '../../../src/dashboard/components/screen-lines.ts';
import { makeTheme } from '../../../src/dashboard/theme.ts';
import { cgroup, UI, VIEW } from './views.ts';

const THEME = makeTheme(0, 'braille');
const SIZE = { columns: 80, rows: 24 };

describe('what ink draws', () => {
  it('is the rows of the screen, nothing wrapped', () => {
    const snapshot = { ...VIEW.snapshot, cgroups: [...VIEW.snapshot.cgroups, cgroup('/日本語')] };
    const props = { view: { ...VIEW, snapshot }, ui: UI, size: SIZE, theme: THEME };
    const { lastFrame, unmount } = render(<Screen {...props} />);
    const rows = screenLines(props).map((line) => line.trimEnd());
    expect(lastFrame()?.split('\n')).toEqual(rows);
    unmount();
  });

  it('follows the size of the terminal', () => {
    const props = { view: VIEW, ui: UI, theme: THEME };
    const { lastFrame, rerender, unmount } = render(<Screen {...props} size={SIZE} />);
    for (const [columns, rows] of [
      [40, 12],
      [100, 40],
      [20, 5],
      [80, 24],
    ]) {
      rerender(<Screen {...props} size={{ columns, rows }} />);
      const lines = lastFrame()?.split('\n') ?? [];
      expect(lines.length).toBeLessThan(rows);
      expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(columns);
    }
    unmount();
  });
});
