// Why somebody new could not be let in, as the end of a words' key.

const MANY = ['auth/too-many-requests', 'auth/quota-exceeded', 'auth/too-many-attempts-try-later'];

/** An address from which many sign up at once, a school's or a hall's, is held back for an hour. @param {{code?: string}} error */
export function reasonOf({ code = '' }, online = navigator.onLine) {
  if (MANY.some((one) => code.startsWith(one))) return 'many';
  return online ? 'other' : 'offline';
}
