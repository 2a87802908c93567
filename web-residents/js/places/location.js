// Where the phone is, asked for once, with how sure it is of it.

const WAIT = 20_000; // ms; a first fix outdoors takes about ten seconds
const COARSEST = 10_000; // metres, as firestore.rules says

const PROBLEMS = { 1: 'refused', 2: 'unavailable', 3: 'timeout' }; // GeolocationPositionError.code

/**
 * @returns {Promise<{lat: number, lng: number, accuracy: number, problem?: undefined} | {problem: "refused" | "unavailable" | "timeout" |
 *   "rough"}>} degrees; `accuracy` in whole metres
 */
export function locate(geolocation = navigator.geolocation) {
  if (!geolocation) return Promise.resolve({ problem: 'unavailable' });
  return new Promise((resolve) => {
    geolocation.getCurrentPosition(
      ({ coords }) => resolve(/** @type {any} */ (positionOf(coords))),
      ({ code }) => resolve({ problem: PROBLEMS[code] ?? 'unavailable' }),
      { enableHighAccuracy: true, timeout: WAIT, maximumAge: 0 },
    );
  });
}

const positionOf = ({ latitude, longitude, accuracy }) =>
  accuracy > COARSEST ? { problem: 'rough' } : { lat: latitude, lng: longitude, accuracy: Math.ceil(accuracy) };
