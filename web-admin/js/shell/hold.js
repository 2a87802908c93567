// A button that acts at once when it is held, and asks first when it is pressed: by finger, mouse or keyboard.

export const HOLD = 1500; // ms

/**
 * The listeners of such a button.
 * @param {{held: () => void, pressed: () => void, wait?: number}} does
 */
export function holding({ held, pressed, wait = HOLD }) {
  /** @type {any} */
  let timer;
  let done = false;
  const stop = (event) => {
    clearTimeout(timer);
    event.currentTarget.classList.remove('hold--on');
  };
  return {
    down(event) {
      if (event.button !== 0) return;
      done = false;
      event.currentTarget.classList.add('hold--on');
      const button = event.currentTarget;
      timer = setTimeout(() => {
        done = true;
        button.classList.remove('hold--on');
        held();
      }, wait);
    },
    up: stop,
    /** A press that was a hold has done its work; one by keyboard never is. */
    click() {
      if (!done) pressed();
      done = false;
    },
    /** The long press of a finger opens no menu. */
    menu: (event) => event.preventDefault(),
  };
}
