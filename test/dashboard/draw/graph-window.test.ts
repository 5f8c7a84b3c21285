import { describe, expect, it } from 'vitest';
import { curveCount, graphWindow } from '../../../src/dashboard/draw/graph-window.ts';
import type { Clock } from '../../../src/dashboard/stage/stage.ts';
import { CLOCK, seconds } from '../components/views.ts';

const at = (present: number, given: Partial<Clock> = {}): Clock => ({
  ...CLOCK,
  present: seconds(present),
  time: seconds(present),
  ...given,
});
const SPAN = seconds(60);

describe('the time that the graph covers', () => {
  it('is all that there was, in round steps, when no span is chosen', () => {
    expect(graphWindow(at(48), null, 100)).toEqual({ from: 0, to: seconds(60) });
    expect(graphWindow(at(61), null, 100)).toEqual({ from: 0, to: seconds(120) });
    expect(graphWindow(at(0), null, 100)).toEqual({ from: 0, to: seconds(1e-3) });
  });

  it('ends at the present, and moves by whole columns of dots', () => {
    const column = SPAN / curveCount(100);
    const { from, to } = graphWindow(at(100), SPAN, 100);
    expect(to).toBeGreaterThanOrEqual(seconds(100));
    expect(to - seconds(100)).toBeLessThan(column);
    expect(to - from).toBe(SPAN);
    const next = graphWindow(at(100 + column / 1e9), SPAN, 100);
    expect(next.to - to).toBeCloseTo(column, -2);
  });

  it('begins at the beginning while there is less than it covers', () => {
    expect(graphWindow(at(10), SPAN, 100)).toEqual({ from: 0, to: SPAN });
  });

  it('stays where it is while one goes back inside of it, and moves when one leaves it', () => {
    const present = graphWindow(at(100), SPAN, 100);
    expect(graphWindow(at(100, { standing: 'past', time: seconds(50) }), SPAN, 100)).toEqual(present);
    const { from, to } = graphWindow(at(1000, { standing: 'past', time: seconds(500) }), SPAN, 100);
    expect(from).toBeLessThan(seconds(480));
    expect(to).toBeGreaterThan(seconds(520));
    expect(to - from).toBe(SPAN);
  });
});
