// The box in which places may lie; firestore.rules, isInPoland, has the same.

const POLAND = { south: 49.0, north: 54.9, west: 14.1, east: 24.2 };

/** @param {{lat: number, lng: number}} point */
export const inPoland = ({ lat, lng }) =>
  lat >= POLAND.south && lat <= POLAND.north && lng >= POLAND.west && lng <= POLAND.east;
