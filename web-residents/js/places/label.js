// What a place is called, also one without a name.

export const nameOf = ({ label, slot }, { words }) => label || words('alert.place.unnamed', { slot });
