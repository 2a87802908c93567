// What is wrong with an area as it was entered.

/** A words' key and its parameters; `field` names the input to blame when there are several. */
export class AreaError extends Error {
  /** @param {string} key @param {string} [field] @param {object} [parameters] */
  constructor(key, field, parameters = {}) {
    super(key);
    this.field = field;
    this.parameters = parameters;
  }
}
