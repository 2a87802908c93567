// Whether somebody is at the page: what it asks by itself must not hold a session open.

const RECENTLY = 60_000; // ms
let last = Date.now(); // whoever opened the page is there

for (const event of ['pointerdown', 'keydown', 'wheel', 'touchstart']) {
  addEventListener(event, () => (last = Date.now()), { passive: true, capture: true });
}

export const attended = () => Date.now() - last < RECENTLY;
