// The search of streets and localities by name, as both sites take it from their folder vendor.

export { indexOf, search, TIERS } from './matching.js';
export { gazetteerOf, withPage } from './packed.js';
