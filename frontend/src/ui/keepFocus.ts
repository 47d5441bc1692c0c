/**
 * Keeps the focus on the page: what had it may be taken away or be of no use any more, when a view changes or the last step is reached.
 * Then what is nearest to it gets the focus. Not for a focus that people take away themselves by a click on nothing, and not for people
 * with a pointer: they see where they are, and their next key is meant for what is shown, not for a control that they never chose.
 */

/** What can have the focus. */
const FOCUSABLE = 'a[href], button, input, select, textarea, summary, [tabindex]';

/** How long others have to put the focus where it belongs, in ms: a view that opens knows better. */
const PATIENCE_MS = 100;

/** Begins, for as long as the page is there. */
export function keepFocus(): void {
  let points = false;
  document.addEventListener('pointerdown', () => (points = true), true);
  document.addEventListener('keydown', () => (points = false), true);
  const lost = ({ target, relatedTarget }: FocusEvent) => {
    if (points || relatedTarget !== null || !(target instanceof HTMLElement)) return;
    // Of what is removed this is the last moment at which its place is known.
    const around = ancestors(target);
    setTimeout(() => {
      if (document.activeElement === document.body && !isOfUse(target)) restore(target, around);
    }, PATIENCE_MS);
  };
  document.addEventListener('focusout', lost);
}

function ancestors(element: Element): Element[] {
  const list = [];
  for (let at = element.parentElement; at; at = at.parentElement) list.push(at);
  return list;
}

function isOfUse(element: HTMLElement): boolean {
  return element.checkVisibility({ visibilityProperty: true }) && !element.matches(':disabled, [inert] *');
}

/** The nearest before it in the smallest thing around it that is still there, else the first after it; at last the screen itself. */
function restore(target: HTMLElement, around: readonly Element[]): void {
  const main = document.getElementById('main');
  for (const each of around) {
    if (!each.isConnected || each.contains(main)) continue;
    const rest = [...each.querySelectorAll<HTMLElement>(FOCUSABLE)].filter(
      (one) => one.tabIndex >= 0 && isOfUse(one),
    );
    const before = rest.filter(
      (one) => one.compareDocumentPosition(target) & Node.DOCUMENT_POSITION_FOLLOWING,
    );
    const nearest = (target.isConnected ? before.at(-1) : undefined) ?? rest[0];
    if (!nearest) continue;
    nearest.focus({ preventScroll: true });
    return;
  }
  main?.focus({ preventScroll: true });
}
