// An address of the register, as a resident picks it: its codes, its name, its point.

/** @typedef {import('./library.js').Library} Library @typedef {import('./library.js').House} House */
/**
 * @typedef {{terc: string, town: string, locality: {sym: string, name: string}, street: {code: string, name: string} | null, house: House | null}} Address
 *   `town`: the municipality's name; without a house, the street as a whole
 */
/** @typedef {{terc: string, locality: string, street?: string, number?: string}} Codes as they are stored; `street` is "SYM:SYM_UL" */

const NUMBER = /^[^\s.][^\s]{0,19}$/;
const FORM = /^(\d{7})\.(\d{7})\.(\d{5}|-)\.(.+)$/;

/** @param {Library} library @param {{sym: string, name: string}} locality @param {{code: string, name: string} | null} street @param {House | null} house @returns {Address} */
export const addressIn = ({ gazetteer: { terc, name } }, { sym, name: called }, street, house) => ({
  terc,
  town: name,
  locality: { sym, name: called },
  street: street && { code: street.code, name: street.name },
  house,
});

/** @param {Address} address @returns {Codes} */
export const codesOf = ({ terc, locality, street, house }) => ({
  terc,
  locality: locality.sym,
  ...(street && { street: `${locality.sym}:${street.code}` }),
  ...(house && { number: house.number }),
});

/** "Główna 12"; where there are no streets, "Zalesie 5". @param {Address} address */
export const nameOfAddress = ({ locality, street, house }) => [street?.name ?? locality.name, house?.number].filter(Boolean).join(' ');

/** Where that is: "Regionalna, Gmina Regionalna". @param {Address} address */
export const whereItIs = ({ locality, street, town }) => [street && locality.name, town].filter(Boolean).join(', ');

/**
 * What codes mean in the register of today.
 * @param {Library} library @param {Codes} codes
 * @returns {Promise<Address | null>} null for what it does not know; `house` null for a number that it does not know
 */
export async function addressOf(library, { locality: sym, street: code, number }) {
  const locality = library.gazetteer.localities.find((one) => one.sym === sym);
  const street = locality?.streets.find((one) => code === `${sym}:${one.code}`) ?? null;
  if (!locality || (code && !street)) return null;
  const houses = number ? await library.houses(sym, street?.code ?? null) : [];
  return addressIn(library, locality, street, houses.find((house) => house.number === number) ?? null);
}

/**
 * Where it is; of a street as a whole, the house in its middle.
 * @param {Library} library @param {Address} address
 * @returns {Promise<{lat: number, lng: number} | null>} null for a street on which nobody lives
 */
export async function pointOf(library, { locality, street, house }) {
  const at = house ?? middle(await library.houses(locality.sym, street?.code ?? null));
  return at && { lat: at.lat, lng: at.lon };
}

/** @param {House[]} houses */
export function middle(houses) {
  const [lat, lon] = ['lat', 'lon'].map((axis) => houses.reduce((sum, house) => sum + house[axis], 0) / houses.length);
  const far = (house) => Math.hypot(house.lat - lat, (house.lon - lon) * Math.cos((lat * Math.PI) / 180));
  return houses.reduce((/** @type {House | null} */ best, house) => (best && far(best) <= far(house) ? best : house), null);
}

/**
 * Of a letter's link, "a=<TERC>.<SYM>.<SYM_UL or ->.<number>".
 * @param {string} fragment with or without "#"
 * @returns {Codes | null} null when it is none
 */
export function codesInLink(fragment) {
  const [, terc, locality, street, number] = FORM.exec(new URLSearchParams(fragment.replace(/^#/, '')).get('a') ?? '') ?? [];
  if (!terc || !NUMBER.test(number)) return null;
  return { terc, locality, ...(street !== '-' && { street: `${locality}:${street}` }), number };
}
