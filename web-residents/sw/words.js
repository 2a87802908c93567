// What notifications say beside the alert's own text, in the language of the push.

const WORDS = {
  pl: {
    exercise: 'ĆWICZENIE: ', // as the server begins the titles of exercises (shared/channels/push/text.py)
    update: 'Aktualizacja: ',
    correction: 'Sprostowanie: ',
    all_clear: 'Koniec: ',
    fixed: 'Naprawione: ', // the all-clear of a failure
    unsure: 'Brak nowych informacji: ', // a danger whose time ran out, which is no all-clear
    said: ['Sprostowanie: ', 'Koniec zagrożenia: ', 'Odwołane: ', 'Aktualizacja: ', 'Naprawione: '], // how titles begin that say it themselves (shared/labels.json, "prepared")
    over: 'Już nieaktualne: ',
    cancelled: 'Odwołano: ',
    sent: 'Wysłano',
    open: 'Otwórz',
    not_mine: 'To mnie nie dotyczy',
    trial_title: 'Próba: powiadomienia działają',
    trial_body: 'Powiadomienie przeszło całą drogę z serwera do tego telefonu.',
    other_title: 'Alert Online',
    other_body: 'Jest nowa wiadomość. Otwórz aplikację, żeby ją przeczytać.',
    copy: 'To kopia z telefonu, stan z:',
    copy_earlier: 'ostatniej wizyty',
    copy_hint: 'Od tego czasu coś mogło się zmienić. Odśwież stronę, gdy wróci internet.',
  },
  en: {
    exercise: 'EXERCISE: ',
    update: 'Update: ',
    correction: 'Correction: ',
    all_clear: 'All clear: ',
    fixed: 'Fixed: ', // the all-clear of a failure
    unsure: 'No new information: ', // a danger whose time ran out, which is no all-clear
    said: ['Correction: ', 'All clear: ', 'Withdrawn: ', 'Update: ', 'Fixed: '], // how titles begin that say it themselves (shared/labels.json, "prepared")
    over: 'No longer valid: ',
    cancelled: 'Cancelled: ',
    sent: 'Sent',
    open: 'Open',
    not_mine: 'This does not concern me',
    trial_title: 'Trial: notifications work',
    trial_body: 'The notification came all the way from the server to this phone.',
    other_title: 'Alert Online',
    other_body: 'There is a new message. Open the app to read it.',
    copy: 'This is a copy on your phone, as of',
    copy_earlier: 'your last visit',
    copy_hint: 'Things may have changed since. Reload the page when there is internet again.',
  },
  uk: {
    exercise: 'НАВЧАННЯ: ',
    update: 'Оновлення: ',
    correction: 'Виправлення: ',
    all_clear: 'Завершено: ',
    fixed: 'Полагоджено: ', // the all-clear of a failure
    unsure: 'Немає нової інформації: ', // a danger whose time ran out, which is no all-clear
    said: ['Виправлення: ', 'Кінець загрози: ', 'Скасовано: ', 'Оновлення: ', 'Полагоджено: '], // how titles begin that say it themselves (shared/labels.json, "prepared")
    over: 'Уже неактуально: ',
    cancelled: 'Скасовано: ',
    sent: 'Надіслано',
    open: 'Відкрити',
    not_mine: 'Це мене не стосується',
    trial_title: 'Проба: сповіщення працюють',
    trial_body: 'Сповіщення пройшло весь шлях від сервера до цього телефона.',
    other_title: 'Alert Online',
    other_body: 'Є нове повідомлення. Відкрийте застосунок, щоб прочитати.',
    copy: 'Це копія з телефона, станом на:',
    copy_earlier: 'останній візит',
    copy_hint: 'Відтоді щось могло змінитися. Оновіть сторінку, коли з’явиться інтернет.',
  },
};

export const word = (language, key) => (WORDS[language] ?? WORDS.pl)[key];

/** Whether the title tells by itself what the message is in its thread. @param {string} title */
export const saysItself = (title) => Object.values(WORDS).some(({ exercise, said }) => said.some((one) => title.startsWith(one) || title.startsWith(exercise + one)));

/** The prefix before the title, but behind the word that marks an exercise: nothing comes before that. */
export function prefixed(title, prefix) {
  const mark = Object.values(WORDS).map(({ exercise }) => exercise).find((one) => title.startsWith(one)) ?? '';
  return mark + prefix + title.slice(mark.length);
}
