// A place is kept as the H3 cell it lies in, about 8 m across; the library comes only when a place is looked at.

export const RESOLUTION = 13;

let library = null;

function h3() {
  library ??= import('../../vendor/h3.js').catch((error) => {
    library = null;
    throw error;
  });
  return library;
}

/** @typedef {{lat: number, lng: number}} Point degrees, WGS 84 */

/** @param {Point} point @returns {Promise<string>} 15 lower-case hex digits */
export async function cellOf({ lat, lng }) {
  return (await h3()).latLngToCell(lat, lng, RESOLUTION);
}

/** @param {string} cell @returns {Promise<Point>} the point by which an alert's area decides */
export async function centreOf(cell) {
  const [lat, lng] = (await h3()).cellToLatLng(cell);
  return { lat, lng };
}

/** Whether a text, from a link for example, is a cell as this app would write it. */
export async function isCell(text) {
  const { getResolution, isValidCell } = await h3();
  return /^[0-9a-f]{15}$/.test(text) && isValidCell(text) && getResolution(text) === RESOLUTION;
}
