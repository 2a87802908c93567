// What notifications say beside the alert's own text, in the language of the push.

const WORDS = {
  pl: {
    exercise: 'ĆWICZENIE: ', // as the server begins the titles of exercises (shared/channels/push/text.py)
    update: 'Aktualizacja: ',
    correction: 'Sprostowanie: ',
    all_clear: 'Koniec: ',
    over: 'Już nieaktualne: ',
    open: 'Otwórz',
    not_mine: 'To mnie nie dotyczy',
  },
  en: {
    exercise: 'EXERCISE: ',
    update: 'Update: ',
    correction: 'Correction: ',
    all_clear: 'All clear: ',
    over: 'No longer valid: ',
    open: 'Open',
    not_mine: 'This does not concern me',
  },
  uk: {
    exercise: 'НАВЧАННЯ: ',
    update: 'Оновлення: ',
    correction: 'Виправлення: ',
    all_clear: 'Завершено: ',
    over: 'Уже неактуально: ',
    open: 'Відкрити',
    not_mine: 'Це мене не стосується',
  },
};

export const word = (language, key) => (WORDS[language] ?? WORDS.pl)[key];

/** The prefix before the title, but behind the word that marks an exercise: nothing comes before that. */
export function prefixed(title, prefix) {
  const mark = Object.values(WORDS).map(({ exercise }) => exercise).find((one) => title.startsWith(one)) ?? '';
  return mark + prefix + title.slice(mark.length);
}
