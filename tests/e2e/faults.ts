/**
 * Faults of a layout that a machine can see: a page that scrolls sideways, controls that leave the window, lie on each other or are too
 * small for a finger, and text that is cut off, on other text or too small. Not whether a screen is beautiful: see `tests/screens`.
 */
import type { Page } from 'playwright-core';

/** What is asked of a screen. */
export interface Demands {
  /** Whether fingers touch it: then targets have a least side. */
  touch: boolean;
}

/** Every length in CSS px. */
const LIMITS = {
  /** Least side of what a finger touches. */
  target: 44,
  /**
   * The same of what is met along all of its length (sliders, parts of a strip) or is open already, and of the names of layers where they are as wide as a
   * column or stand beside something that is open.
   */
  spare: 23,
  /** Rounding, and half-pixel borders. */
  slack: 1,
  /** Least size of any text. */
  type: 11,
  /** The same of the numbers that people calculate with, on a screen held in the hand. */
  figures: 14,
  /** How far two texts may reach into each other. */
  lines: 2,
};

/** A line for each fault of what a page shows now. */
export function faults(page: Page, { touch }: Demands): Promise<string[]> {
  return page.evaluate(look, { touch, ...LIMITS });
}

/** Runs in the page. */
function look({ touch, target, spare, slack, type, figures, lines }: Demands & typeof LIMITS): string[] {
  interface Box {
    left: number;
    top: number;
    right: number;
    bottom: number;
  }
  const CONTROLS = 'a[href], button, input, select, textarea, summary, [role=slider], [role=tab]';
  /** What stands over the page for a while. */
  const OVERLAYS = 'dialog, [popover], [role=log], .chip';
  /** What of a line's height is free of letters, above and below. */
  const AIR = 0.2;
  const found = new Set<string>();

  const root = document.documentElement;
  const page: Box = { left: 0, top: 0, right: root.clientWidth, bottom: innerHeight };
  // Behind an open window nothing can be used.
  const scope = [...document.querySelectorAll('dialog[open]')].at(-1) ?? document.body;

  /** Keeps what is told of an element: the page stays as it is while it is looked at. */
  const kept = <T>(tell: (element: Element) => T): ((element: Element) => T) => {
    const known = new Map<Element, { told: T }>();
    return (element) => {
      const { told } = known.get(element) ?? { told: tell(element) };
      known.set(element, { told });
      return told;
    };
  };
  const styleOf = kept((element) => getComputedStyle(element));
  const around = (element: Element): Element[] => {
    const list: Element[] = [];
    for (let at: Element | null = element; at; at = at.parentElement) list.push(at);
    return list;
  };
  /** What an element lies over the page with: for a while, or while the page scrolls away below it. */
  const layerOf = kept(
    (element) =>
      element.closest(OVERLAYS) ??
      around(element).find((each) => styleOf(each).position === 'sticky') ??
      null,
  );
  const isForEars = kept((element) =>
    around(element).some((each) => styleOf(each).clipPath.startsWith('inset(50%') || each.matches('[inert]')),
  );
  const words = kept((element) => {
    const name = element.getAttribute('aria-label') ?? element.textContent.trim().replaceAll(/\s+/gu, ' ');
    const own = [...element.classList].filter((each) => !each.startsWith('svelte-')).join('.');
    return `${element.tagName.toLowerCase()}${own && `.${own}`} ‘${name.slice(0, 40)}’`;
  });
  const width = ({ left, right }: Box) => right - left;
  const height = ({ top, bottom }: Box) => bottom - top;
  const meet = (a: Box, b: Box): Box => ({
    left: Math.max(a.left, b.left),
    top: Math.max(a.top, b.top),
    right: Math.min(a.right, b.right),
    bottom: Math.min(a.bottom, b.bottom),
  });
  const inner = (element: Element): Box => {
    const { left, top } = element.getBoundingClientRect();
    const [x, y] = [left + element.clientLeft, top + element.clientTop];
    return { left: x, top: y, right: x + element.clientWidth, bottom: y + element.clientHeight };
  };

  /** What of a box is in sight, and what hides a part of it for good: scrolling does not bring it back. */
  const reach = (box: Box, from: Element | null): { seen: Box; lost: string | null } => {
    let [seen, rest, lost] = [box, box, null as string | null];
    const check = (clip: Box, free: { x: boolean; y: boolean }, what: string) => {
      const over = {
        x: rest.left < clip.left - slack || rest.right > clip.right + slack,
        y: rest.top < clip.top - slack || rest.bottom > clip.bottom + slack,
      };
      if ((over.x && !free.x) || (over.y && !free.y)) lost ??= what;
      seen = meet(seen, clip);
      // What scrolls is brought into sight; then the place in which it scrolls must be.
      rest = {
        left: free.x ? clip.left : rest.left,
        right: free.x ? clip.right : rest.right,
        top: free.y ? clip.top : rest.top,
        bottom: free.y ? clip.bottom : rest.bottom,
      };
    };
    let isFixed = false;
    let isAbsolute = false;
    for (let at = from; at && at !== root && at !== document.body && !isFixed; at = at.parentElement) {
      const { position, overflowX, overflowY } = styleOf(at);
      const clips = [overflowX, overflowY].some((each) => each !== 'visible');
      if (clips && !(isAbsolute && position === 'static')) {
        const moves = (each: string) => each === 'auto' || each === 'scroll';
        check(inner(at), { x: moves(overflowX), y: moves(overflowY) }, `cut off by ${words(at)}`);
      }
      if (position !== 'static') isAbsolute = position === 'absolute';
      isFixed = position === 'fixed';
    }
    const scrolls = !isFixed && styleOf(root).overflowY !== 'hidden';
    check(page, { x: false, y: scrolls && root.scrollHeight > innerHeight }, 'leaves the window');
    return { seen, lost };
  };
  const isSeen = (box: Box) => width(box) > 2 && height(box) > 2;

  const over = root.scrollWidth - root.clientWidth;
  if (over > slack) found.add(`the page scrolls sideways by ${over} px`);
  for (const each of scope.querySelectorAll('*')) {
    const { overflowX, overflowY } = styleOf(each);
    const moves = (flow: string) => flow === 'auto' || flow === 'scroll';
    if (!moves(overflowX) || !moves(overflowY) || isForEars(each)) continue;
    const isPicture = each.matches('.network') || each.querySelector('table') !== null;
    if (
      each.scrollWidth > each.clientWidth + slack &&
      each.scrollHeight > each.clientHeight + slack &&
      !isPicture
    )
      found.add(`scrolls both ways: ${words(each)}`);
  }

  /** What is touched for a control: the label around a small box is as good as the box. */
  const placeOf = (control: Element) =>
    (control.matches('[type=checkbox], [type=radio]') && control.closest('label')) || control;
  const controls = [...scope.querySelectorAll(CONTROLS)]
    .filter((each) => each.checkVisibility({ visibilityProperty: true }) && !isForEars(each))
    .map((control) => {
      const place = placeOf(control);
      const box = place.getBoundingClientRect();
      return { control, place, box, ...reach(box, place.parentElement) };
    })
    .filter(({ box }) => width(box) > 1 && height(box) > 1);
  const isOf = (hit: Element | null, { control, place }: { control: Element; place: Element }) =>
    hit !== null &&
    (place.contains(hit) || hit.contains(control) || hit.closest('label')?.contains(control) === true);
  for (const [i, one] of controls.entries()) {
    const { control, place, box, seen, lost } = one;
    if (lost) found.add(`${words(control)} ${lost}`);
    if (!isSeen(seen)) continue;
    const middle = [(seen.left + seen.right) / 2, (seen.top + seen.bottom) / 2] as const;
    const hit = document.elementFromPoint(...middle);
    const isInert = control.matches(':disabled') || styleOf(control).pointerEvents === 'none';
    if (!isInert && hit && !place.contains(hit) && !isOf(hit, one) && !layerOf(hit))
      found.add(`${words(control)} is covered by ${words(hit)}`);
    for (const other of controls.slice(i + 1)) {
      const common = meet(seen, other.seen);
      if (width(common) <= slack || height(common) <= slack) continue;
      if (isInert || other.control.matches(':disabled')) continue;
      const nested = place.contains(other.place) || other.place.contains(place);
      if (!nested && layerOf(place) === layerOf(other.place))
        found.add(`${words(control)} lies on ${words(other.control)}`);
    }
    const isMet = place.contains(hit) || isOf(hit, one);
    const isWhole = width(seen) > width(box) - slack && height(seen) > height(box) - slack;
    const isInText =
      styleOf(control).display === 'inline' && control.parentElement?.closest('p, li, td') !== null;
    if (
      !touch ||
      !isMet ||
      !isWhole ||
      isInert ||
      isInText ||
      (width(box) >= target && height(box) >= target)
    )
      continue;
    /** How far a finger still meets the control, from its middle in one direction; no further than is asked. */
    const far = (dx: number, dy: number, most: number) => {
      let reached = 0;
      const meets = () => {
        const hit = document.elementFromPoint(middle[0] + dx * reached, middle[1] + dy * reached);
        // What lies over it for now is scrolled away from.
        return isOf(hit, one) || (hit !== null && layerOf(hit) !== layerOf(place));
      };
      while (reached < most && meets()) reached += 1;
      return reached;
    };
    /** Both ways together. */
    const span = (dx: number, dy: number, most: number) => {
      const back = far(-dx, -dy, most);
      return back + far(dx, dy, most - back + 1) - 1;
    };
    const isName = control.matches('.label.wide, :not([data-focus=overview]) > .board .label');
    const isThin = isName || control.matches('[type=range], .strip, .current');
    const least = { across: isName ? spare : target, down: isThin ? spare : target };
    const [across, down] = [span(1, 0, least.across), span(0, 1, least.down)];
    if (across < least.across - slack || down < least.down - slack)
      found.add(`${words(control)} is ${across} × ${down} px to a finger`);
  }

  const texts: { element: Element; box: Box }[] = [];
  const walker = document.createTreeWalker(scope, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const element = node.parentElement;
    const text = node.textContent?.trim() ?? '';
    if (!element || text === '' || element.closest('option, script, style')) continue;
    if (!element.checkVisibility({ visibilityProperty: true, opacityProperty: true }) || isForEars(element))
      continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    const size = parseFloat(styleOf(element).fontSize);
    const quoted = `‘${text.slice(0, 40)}’`;
    // What is said to ears alone has no size.
    if (size > 0 && size < type - 0.01) found.add(`${quoted} is written in ${size.toFixed(1)} px`);
    const isFigure =
      /\d/u.test(text) &&
      element.closest('.panel .body, .formula') !== null &&
      !element.closest('figcaption, header');
    const isScript = element.closest(
      'msub > :nth-child(n + 2), msup > :nth-child(n + 2), munderover > :nth-child(n + 2), munder > :nth-child(n + 2)',
    );
    if (touch && isFigure && !isScript && size < figures - 0.01)
      found.add(`the number ${quoted} is written in ${size.toFixed(1)} px`);
    // Letters are less high than their line.
    const { left, right, top, bottom, height: line } = range.getBoundingClientRect();
    const box = { left, right, top: top + line * AIR, bottom: bottom - line * AIR };
    const { seen, lost } = reach(box, element);
    // A formula scrolls, and what has no room in a caption falls out of sight as a whole.
    const isLeftOut = !isSeen(seen) && element.closest('figcaption') !== null;
    // What is shortened is told as a whole by the name of what it stands on.
    const isShortened =
      around(element).some((each) => styleOf(each).textOverflow === 'ellipsis') &&
      element.closest('[aria-label], [title]') !== null;
    if (lost && size > 0 && !isLeftOut && !isShortened && !element.closest('math'))
      found.add(`${quoted} ${lost}`);
    if (isSeen(seen) && !element.closest('math')) texts.push({ element, box: seen });
  }
  for (const [i, one] of texts.entries())
    for (const other of texts.slice(i + 1)) {
      const common = meet(one.box, other.box);
      if (width(common) <= lines || height(common) <= lines) continue;
      if (one.element.contains(other.element) || other.element.contains(one.element)) continue;
      if (layerOf(one.element) !== layerOf(other.element)) continue;
      found.add(`${words(one.element)} is written on ${words(other.element)}`);
    }
  return [...found];
}
