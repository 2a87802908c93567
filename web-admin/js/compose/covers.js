// What an area covers, by name: "Różana 42 z 42, Dworcowa 3 z 117".

import { html, nothing } from '../../vendor/lit-html.js';
import { t } from '../i18n/index.js';

const one = ({ name, inside, total }) => t('covers.one', { name, inside, total });

/** @param {any} covers as the API tells it @returns {string} */
export function coversWords(covers) {
  if (!covers?.names) return '';
  const more = covers.more ? [t('covers.more', { count: covers.more, inside: covers.more_inside })] : [];
  return [...covers.names.map(one), ...more].join(', ');
}

const FEW = 8;

/** @param {any} covers null where no register says so */
export function coversLine(covers) {
  if (!covers) return nothing;
  if (!covers.inside) return html`<p class="covers">${t('covers.none')}</p>`;
  if (covers.names.length <= FEW) return html`<p class="covers"><strong>${t('covers.title')}</strong> ${coversWords(covers)}</p>`;
  const [shown, rest] = [covers.names.slice(0, FEW), covers.names.slice(FEW)];
  return html`<p class="covers"><strong>${t('covers.title')}</strong> ${shown.map(one).join(', ')}</p>
    <details class="covers__rest"><summary>${t('covers.rest', { count: rest.length + covers.more })}</summary><p class="covers">${coversWords({ ...covers, names: rest })}</p></details>`;
}
