// The municipality's templates: which there are, which are its own, which are not offered.

import { html, nothing } from '../../vendor/lit-html.js';
import { everything } from '../api/templates.js';
import { word } from '../api/vocabulary.js';
import { language, t } from '../i18n/index.js';
import { takeNotice } from '../shell/notice.js';
import { view } from '../shell/view.js';

const nameOf = ({ name }) => name[language()] ?? name.pl ?? Object.values(name)[0] ?? '';

const marksOf = ({ built_in: builtIn, changed, hidden }) => [
  ...(builtIn ? [] : ['own']),
  ...(builtIn && changed ? ['changed'] : []),
  ...(hidden ? ['hidden'] : []),
];

const row = (template) => html`<li class="template-row">
  <a class="govuk-link" href="/templates/${template.id}">${nameOf(template)}</a>
  ${marksOf(template).map((mark) => html`<span class="template-row__mark">${t(`templates.mark.${mark}`)}</span>`)}
  <span class="template-row__what">${template.values.event ? word('hazards', template.values.event).label : nothing}</span>
</li>`;

const page = ({ templates, mayChange }, done) => html`<a class="govuk-back-link" href="/alerts">${t('missing.back')}</a>
  ${done ? html`<p class="govuk-inset-text" id="notice" tabindex="-1" role="status">${done.more}</p>` : nothing}
  <div class="page-head">
    <h1 class="govuk-heading-l" tabindex="-1">${t('templates.title')}</h1>
    ${mayChange ? html`<a class="govuk-button page-head__action" href="/templates/new" draggable="false">${t('templates.new')}</a>` : nothing}
  </div>
  <p class="govuk-body">${t(mayChange ? 'templates.intro' : 'templates.intro.read')}</p>
  <ul class="template-list">
    ${templates.map(row)}
  </ul>`;

export async function openTemplates(root) {
  const office = await everything();
  const done = takeNotice();
  const drawn = view(root, () => page(office, done));
  drawn.drawNow();
  return drawn.close;
}
