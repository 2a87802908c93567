// The municipality's templates: which there are, which are its own, which are not offered.

import { html, nothing } from '../../vendor/lit-html.js';
import { everything } from '../api/templates.js';
import { action, word } from '../api/vocabulary.js';
import { language, t } from '../i18n/index.js';
import { takeNotice } from '../shell/notice.js';
import { view } from '../shell/view.js';
import { APPROVALS } from './approval.js';

const nameOf = ({ name }) => name[language()] ?? name.pl ?? Object.values(name)[0] ?? '';

const marksOf = ({ built_in: builtIn, changed, hidden, approved_by: approved = [] }) => [
  ...(builtIn ? [] : ['own']),
  ...(builtIn && changed ? ['changed'] : []),
  ...(hidden ? ['hidden'] : []),
  ...(approved.length >= APPROVALS ? ['approved'] : []),
];

/** @param {any} template @param {string[] | null} bound templates that the caller's alerts must come from */
const mayUse = ({ id }, bound) => action('create').may && (!bound || bound.includes(id));

const row = (template, bound) => html`<li class="template-row">
  <a class="govuk-link" href="/templates/${template.id}">${nameOf(template)}</a>
  ${marksOf(template).map((mark) => html`<span class="template-row__mark">${t(`templates.mark.${mark}`)}</span>`)}
  ${mayUse(template, bound)
    ? html`<a class="govuk-link" href="/templates/${template.id}/alert">${t('templates.use')}<span class="govuk-visually-hidden">: ${nameOf(template)}</span></a>`
    : nothing}
  <span class="template-row__what">${template.values.event ? word('hazards', template.values.event).label : nothing}</span>
</li>`;

const page = ({ templates, mayChange }, bound, done) => html`<a class="govuk-back-link" href="/alerts">${t('missing.back')}</a>
  ${done ? html`<p class="govuk-inset-text" id="notice" tabindex="-1" role="status">${done.more}</p>` : nothing}
  <div class="page-head">
    <h1 class="govuk-heading-l" tabindex="-1">${t('templates.title')}</h1>
    ${mayChange ? html`<a class="govuk-button page-head__action" href="/templates/new" draggable="false">${t('templates.new')}</a>` : nothing}
  </div>
  <p class="govuk-body">${t(mayChange ? 'templates.intro' : 'templates.intro.read')}</p>
  <ul class="template-list">
    ${templates.map((one) => row(one, bound))}
  </ul>`;

export async function openTemplates(root, session) {
  const bound = session.me.templates;
  const office = await everything();
  const done = takeNotice();
  const drawn = view(root, () => page(office, bound, done));
  drawn.drawNow();
  return drawn.close;
}
