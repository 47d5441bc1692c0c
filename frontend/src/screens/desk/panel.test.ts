import { expect, test } from 'vitest';

import { PanelState, TABS } from './panel.svelte';

/** A shelf that others may have written on. */
function shelf(kept: string | null) {
  const map = new Map<string, string>(kept === null ? [] : [['convocation:panel', kept]]);
  return {
    getItem: (key: string) => map.get(key) ?? null,
    setItem: (key: string, value: string) => void map.set(key, value),
    removeItem: (key: string) => void map.delete(key),
  };
}

test('the panel is as it was left in this browser', () => {
  for (const tab of TABS) {
    const kept = shelf(null);
    new PanelState(kept).open(tab);
    expect(new PanelState(kept)).toMatchObject({ isOpen: true, tab });
    new PanelState(kept).close();
    expect(new PanelState(kept)).toMatchObject({ isOpen: false, tab });
  }
});

test.each([null, '', '-', 'nonsense', '-nonsense'])('%j is no reason to fail', (kept) => {
  expect(TABS).toContain(new PanelState(shelf(kept)).tab);
});

test('a tab in sight is closed by its own button, another one comes to the front', () => {
  const panel = new PanelState(shelf(null));
  const [first, last] = [TABS[0], TABS.at(-1) ?? TABS[0]];
  panel.toggle(first);
  expect(panel).toMatchObject({ isOpen: true, tab: first });
  if (last !== first) {
    panel.toggle(last);
    expect(panel).toMatchObject({ isOpen: true, tab: last });
  }
  panel.toggle(last);
  expect(panel).toMatchObject({ isOpen: false, tab: last });
});
