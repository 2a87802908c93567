// The focus survives what is drawn anew: what had it may be gone, switched off or hidden, and its neighbour takes over.

const FOCUSABLE =
  'a[href], button:not(:disabled), input:not(:disabled), select:not(:disabled), textarea:not(:disabled), summary, [tabindex]';

const canTakeIt = (element) => element.isConnected && element.matches(FOCUSABLE) && element.getClientRects().length > 0;

const lost = () => !document.activeElement || document.activeElement === document.body;

/** The nearest that is still there: first those behind it, then those before it. */
function neighbour(order, place) {
  return order.slice(place).find(canTakeIt) ?? order.slice(0, place).findLast(canTakeIt);
}

/** Where a page begins, when nothing nearer is left. */
export function focusOnPage() {
  const main = document.getElementById('main');
  (main?.querySelector('h1') ?? main)?.focus({ preventScroll: true });
}

/** Where the focus is when it would be nowhere. */
export function rescueFocus() {
  if (lost()) focusOnPage();
}

/**
 * Draws; whoever had the focus in `root` has it afterwards, or its neighbour in the order of Tab.
 * @param {HTMLElement} root
 * @param {() => void} draw
 */
export function keepingFocus(root, draw) {
  const before = document.activeElement;
  if (!before || before === document.body || !root.contains(before)) return draw();
  const order = [...root.querySelectorAll(FOCUSABLE)];
  const place = order.indexOf(before);
  draw();
  if (canTakeIt(before) || before.getAttribute('tabindex') === '-1') return lost() ? refocus(before) : undefined;
  if (!lost() && document.activeElement !== before) return undefined; // it was taken elsewhere meanwhile
  return refocus(neighbour(order, Math.max(place, 0)));
}

/** @param {any} element */
function refocus(element) {
  if (element?.isConnected) element.focus({ preventScroll: true });
  rescueFocus();
}
