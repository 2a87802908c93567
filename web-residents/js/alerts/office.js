// How to call the office of a municipality.

import { html } from '../../vendor/lit-html.js';
import { municipalities } from '../places/municipality.js';

/** @param {string} terc @returns {Promise<string | null>} null where none is known, or cannot be asked for now */
export async function phoneOf(terc) {
  const served = await municipalities().catch(() => []);
  return served.find((one) => one.terc === terc)?.contact?.phone ?? null;
}

/** @param {string} phone as people write it */
export const call = (phone) => html`<a class="govuk-link alert-link" href="tel:${phone.replace(/[^\d+]/g, '')}">${phone}</a>`;
