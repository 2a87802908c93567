// /templates/{id}/alert: an alert in a template's own words. The server makes them of the facts and the place, so that it is known
// whose words they are; who may sends such an alert without a second person.

import { html, nothing, ref } from '../../vendor/lit-html.js';
import { openEditor } from '../area/editor.js';
import { partAt } from '../area/geometry.js';
import { partsOf as drawnOf } from '../area/geojson.js';
import { Area } from '../area/model.js';
import { namesOf } from '../area/names.js';
import { partName } from '../area/part_list.js';
import { namedAt, whereOf } from '../area/parts.js';
import { Problem } from '../api/request.js';
import * as templates from '../api/templates.js';
import { fieldNamed } from '../api/vocabulary.js';
import { createReach } from '../compose/reach.js';
import { reachPanel } from '../compose/reach_panel.js';
import { placeNames } from '../compose/place_names.js';
import { nameOf } from '../compose/templates.js';
import { withNames } from '../facts/follow.js';
import { factsForm, nameOfFact, prefilled } from '../facts/form.js';
import { factNamed, missing } from '../facts/given.js';
import { language, t } from '../i18n/index.js';
import { failurePanel, focusOn } from '../shell/failure.js';
import { errorMessage, field } from '../shell/fields.js';
import { leaveNotice } from '../shell/notice.js';
import { navigate } from '../shell/router.js';
import { view } from '../shell/view.js';
import { outcome } from '../templates/try_out.js';

export async function openWorded(root, session, { id }) {
  const [municipality, office, { template }] = await Promise.all([session.municipality(), templates.everything(), templates.get(id)]);
  const page = new WordedPage(root, { municipality, office, template, names: namesOf(session.me.terc) });
  page.view.drawNow();
  return () => page.close();
}

class WordedPage {
  /** @type {any} */
  municipality;
  /** @type {import('../api/templates.js').Template} */
  template;
  /** @type {import('../area/names.js').Names} */
  names;
  area = new Area([]);
  /** @type {import('../compose/reach.js').Reach} */
  reach = { status: 'none' };
  /** What is missing or refused, by the field's id. @type {Record<string, string>} */
  errors = {};
  /** @type {unknown} */
  failure = null;
  busy = false;
  /** What the place is called, where neither the register nor the person's choice tells. */
  areaName = '';
  key = crypto.randomUUID();
  /** @type {ReturnType<typeof openEditor> | null} */
  editor = null;

  constructor(root, { municipality, office, template, names }) {
    Object.assign(this, { municipality, template, names });
    /** @type {Record<string, any>} */
    this.facts = prefilled(template, office.telephone);
    this.view = view(root, () => this.page());
    this.reaching = createReach((reach) => {
      this.reach = reach;
      this.editor?.outline(reach.status === 'known' ? (reach.figures.outline ?? null) : null);
      this.view.draw();
    });
    this.area.onChange((_, onlyMarked) => {
      if (onlyMarked) return;
      this.changed();
      this.askReach();
    });
  }

  close() {
    this.reaching.close();
    this.editor?.close();
    this.view.close();
  }

  /** What is asked for anew is another alert. */
  changed() {
    this.key = crypto.randomUUID();
    this.view.draw();
  }

  set = (facts) => {
    this.facts = { ...this.facts, ...facts };
    this.changed();
  };

  askReach = () => this.reaching.about(whereOf(this.area.parts), null);

  clip = (inside) => this.area.set(drawnOf(inside));

  /** The part that the API found fault with. */
  faulty = (error) => {
    const [first] = error instanceof Problem ? error.errors : [];
    const index = first ? (namedAt(this.area.parts, first.pointer) ?? partAt(this.area.parts, first.at)) : null;
    return index === null ? null : { name: partName(this.area.parts, index), remove: () => this.area.remove(index) };
  };

  mountArea = (element) => {
    if (!element || this.editor) return;
    queueMicrotask(() => {
      this.editor ??= openEditor(element, this.area, this.municipality, this.names);
    });
  };

  /** In the language of the page. @returns {string[]} */
  get called() {
    return placeNames(this.area.parts, this.reach.status === 'known' ? (this.reach.figures.covers ?? null) : null, language());
  }

  /** Whether somebody has to say what the place is called. */
  get unnamed() {
    const known = this.reach.status !== 'busy' || this.areaName !== '';
    return Boolean(whereOf(this.area.parts)) && known && !this.called.length;
  }

  nameArea = ({ target }) => {
    this.areaName = target.value;
    this.changed();
  };

  /** @returns {Record<string, string>} */
  lacking() {
    const named = this.template.facts.filter(({ type }) => type === 'names').map(({ name }) => name);
    const facts = missing(this.template, this.facts).filter((name) => !named.includes(name));
    return {
      ...(this.area.sketching ? { area: t('area.error.open') } : {}),
      ...(whereOf(this.area.parts) ? {} : { area: t('error.area') }),
      ...(this.unnamed && !this.areaName.trim() ? { area_name: t('error.missing', { label: fieldNamed('area_name').label }) } : {}),
      ...Object.fromEntries(facts.map((name) => [`fact-${name}`, t('error.missing', { label: nameOfFact(factNamed(this.template, name)) })])),
    };
  }

  word = async () => {
    if (this.busy) return;
    const errors = this.lacking();
    if (Object.keys(errors).length) return this.refused(errors, null);
    Object.assign(this, { busy: true, errors: {}, failure: null });
    this.view.drawNow();
    try {
      const alert = await templates.word(this.template.id, { facts: this.facts, ...whereOf(this.area.parts), ...(this.unnamed && { area_name: this.areaName }) }, this.key);
      leaveNotice('create');
      navigate(`/alerts/${alert.id}`);
    } catch (error) {
      this.refused(faultsOf(error), error);
    }
  };

  refused(errors, failure) {
    Object.assign(this, { busy: false, errors, failure: Object.keys(errors).length ? null : failure });
    this.view.drawNow();
    focusOn('failure');
  }

  problems() {
    if (this.failure) return failurePanel(this.failure);
    const found = Object.entries(this.errors);
    if (!found.length) return nothing;
    return html`<div class="govuk-error-summary" id="failure" tabindex="-1" role="alert">
      <h2 class="govuk-error-summary__title">${t('error.summary')}</h2>
      <ul class="govuk-list govuk-error-summary__list">
        ${found.map(([at, message]) => html`<li><a href="#${at}">${message}</a></li>`)}
      </ul>
    </div>`;
  }

  where() {
    return html`<h2 class="govuk-heading-m">${t('worded.where')}</h2>
      <div id="area" tabindex="-1" class="govuk-form-group ${this.errors.area ? 'govuk-form-group--error' : ''}">
        ${this.errors.area ? errorMessage('area', this.errors.area) : nothing}
        <div ${ref(this.mountArea)}></div>
      </div>
      ${reachPanel(this.reach, { clip: this.clip, again: this.askReach, faulty: this.faulty })}
      ${this.unnamed
        ? field({
            id: 'area_name',
            label: fieldNamed('area_name').label,
            error: this.errors.area_name,
            input: { value: this.areaName, oninput: this.nameArea },
          })
        : nothing}`;
  }

  asked() {
    const errors = Object.fromEntries(this.template.facts.map(({ name }) => [name, this.errors[`fact-${name}`]]));
    return html`<h2 class="govuk-heading-m">${t('worded.facts')}</h2>
      ${factsForm({ template: this.template, facts: this.facts, errors, set: this.set, names: this.called.join(', ') })}`;
  }

  page() {
    const told = withNames(this.template, this.facts, this.called.length ? this.called : [this.areaName.trim() || t('worded.place')]);
    return html`<a class="govuk-back-link" href="/templates">${t('templates.title')}</a>
      ${this.problems()}
      <h1 class="govuk-heading-l" tabindex="-1">${t('worded.title', { name: nameOf(this.template) })}</h1>
      <p class="govuk-body">${t('worded.intro')}</p>
      <form novalidate @submit=${(event) => event.preventDefault()}>
        ${this.where()} ${this.asked()}
        <section class="try" aria-labelledby="worded-texts">
          <h2 class="govuk-heading-m" id="worded-texts">${t('worded.texts')}</h2>
          ${outcome(this.template, told)}
        </section>
        <div class="button-row">
          <button type="button" class="govuk-button" id="word" aria-disabled=${this.busy ? 'true' : nothing} @click=${this.word}>
            ${this.busy ? t('field.busy') : t('worded.next')}
          </button>
        </div>
      </form>`;
  }
}

/** By the field's id; of an area's part all of it. @param {unknown} error @returns {Record<string, string>} */
function faultsOf(error) {
  const found = error instanceof Problem ? error.errors : [];
  return Object.fromEntries(
    found.map(({ pointer, detail, code }) => {
      const [, first, name] = pointer.split('/');
      return [first === 'facts' && name ? `fact-${name}` : first === 'area_name' ? first : 'area', detail || code];
    }),
  );
}
