// In which languages an office writes.

/**
 * @param {string} language of the app
 * @param {{name: string, languages: string[]}[]} towns; one that does not say its languages is taken to write in all
 * @returns {string[]} the names of those that do not write in it
 */
export const notWritingIn = (language, towns) =>
  towns.filter(({ languages }) => languages.length && !languages.includes(language)).map(({ name }) => name);
