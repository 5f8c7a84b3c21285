import { rowOf, type Span, spansWidth } from '../draw/spans.ts';
import type { Theme } from '../theme.ts';
import { TABS, type Tab } from '../ui-state.ts';

/** The names of the tabs with the one that is shown marked; `what if` only where there is a fork. */
export function tabBar(tab: Tab, isForked: boolean, note: string, columns: number, theme: Theme): string {
  const roomy = columns >= 72;
  const shown = TABS.filter((each) => each !== 'what if' || isForked);
  const spans: Span[] = [[roomy ? '──' : '', theme.label]];
  for (const each of shown) {
    const name = roomy || each === tab ? each : each.slice(0, 3);
    const text = roomy ? `${TABS.indexOf(each) + 1} ${name}` : name;
    if (each === tab) spans.push([theme.level === 0 ? `[${text}]` : ` ${text} `, theme.selected]);
    else spans.push([` ${text} `, each === 'what if' ? theme.whatIf : theme.label]);
  }
  const rest = columns - spansWidth(spans);
  const said = note === '' || rest < note.length + 4 ? '' : ` ${note} ──`;
  return rowOf([...spans, ['─'.repeat(Math.max(0, rest - said.length)) + said, theme.label]], columns);
}
