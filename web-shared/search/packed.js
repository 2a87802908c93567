// Reads the search document of a municipality; shared/formats/search_json.py writes it and says its form.

const VERSION = 1;
const PRECISION = 1e5;

/** @typedef {{number: string, lon: number, lat: number}} House */
/** @typedef {{count: number, listed: House[], page: number | null}} Houses `page`: where they are listed, if not here */
/** @typedef {{code: string, name: string, houses: Houses, former: string[]}} Street */
/** @typedef {{sym: string, name: string}} Part */
/** @typedef {{sym: string, name: string, parts: Part[], streets: Street[], houses: Houses, former: string[]}} Locality */
/** @typedef {{terc: string, name: string, localities: Locality[]}} Gazetteer */

/** Throws for a text that is none, or one of a later version. @param {string} text @returns {Gazetteer} */
export function gazetteerOf(text) {
  const { terc, name, localities } = read(text);
  return { terc, name, localities: localities.map(localityOf) };
}

/** With the houses that a page lists. @param {Gazetteer} gazetteer @param {string} text @returns {Gazetteer} */
export function withPage(gazetteer, text) {
  const page = read(text);
  if (page.terc !== gazetteer.terc) throw new Error(`a page of ${page.terc} and not of ${gazetteer.terc}`);
  const filled = (key, houses) => (key in page.houses ? housesOf(page.houses[key]) : houses);
  const localities = gazetteer.localities.map((locality) => ({
    ...locality,
    houses: filled(locality.sym, locality.houses),
    streets: locality.streets.map((street) => ({ ...street, houses: filled(`${locality.sym}.${street.code}`, street.houses) })),
  }));
  return { ...gazetteer, localities };
}

function read(text) {
  const document = JSON.parse(text);
  if (document?.v !== VERSION) throw new Error('not a search document of a version that is known here');
  return document;
}

const localityOf = ({ sym, name, former = [], parts = [], streets = [], houses }) => ({
  sym,
  name,
  former,
  parts: parts.map(([partSym, partName]) => ({ sym: partSym, name: partName })),
  streets: streets.map((street) => ({ former: [], ...street, houses: housesOf(street.houses) })),
  houses: housesOf(houses),
});

/** @returns {Houses} */
function housesOf(found) {
  if (!found) return { count: 0, listed: [], page: null };
  const [first, second] = found;
  if (typeof first === 'number') return { count: first, listed: [], page: second };
  const [numbers, steps] = [first.split(' '), stepsOf(second)];
  if (steps.length !== 2 * numbers.length) throw new Error('not as many points as numbers of houses');
  let [lat, lon] = [0, 0];
  const listed = numbers.map((number, at) => {
    lat += steps[2 * at];
    lon += steps[2 * at + 1];
    return { number, lon: lon / PRECISION, lat: lat / PRECISION };
  });
  return { count: listed.length, listed, page: null };
}

function stepsOf(polyline) {
  const steps = [];
  let [rest, shift] = [0, 0];
  for (let at = 0; at < polyline.length; at += 1) {
    const bits = polyline.charCodeAt(at) - 63;
    rest |= (bits & 0x1f) << shift;
    shift += 5;
    if (bits < 0x20) {
      steps.push(rest & 1 ? ~(rest >> 1) : rest >> 1);
      [rest, shift] = [0, 0];
    }
  }
  return steps;
}
