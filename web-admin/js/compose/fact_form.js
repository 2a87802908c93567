// A template's facts in the compose form; the area's names as they follow.

import { factsForm } from '../facts/form.js';
import { language } from '../i18n/index.js';
import { messageAt } from './errors.js';
import { placeNames } from './place_names.js';

/** @param {any} form the state and actions of page.js */
export function factForm(form) {
  const { told, area, figures, errors } = form;
  return factsForm({
    template: told.template,
    facts: told.facts,
    errors: Object.fromEntries(told.template.facts.map(({ name }) => [name, messageAt(errors, `fact-${name}`)])),
    set: told.set,
    names: placeNames(area.parts, figures?.covers ?? null, language()).join(', '),
  });
}
