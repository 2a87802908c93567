// What notifications say beside the alert's own text, in the language of the push.

const WORDS = {
  pl: {
    update: 'Aktualizacja: ',
    correction: 'Sprostowanie: ',
    all_clear: 'Koniec: ',
    exercise: 'ĆWICZENIE: ',
    over: 'Już nieaktualne: ',
    open: 'Otwórz',
    not_mine: 'To mnie nie dotyczy',
  },
  en: {
    update: 'Update: ',
    correction: 'Correction: ',
    all_clear: 'All clear: ',
    exercise: 'EXERCISE: ',
    over: 'No longer valid: ',
    open: 'Open',
    not_mine: 'This does not concern me',
  },
  uk: {
    update: 'Оновлення: ',
    correction: 'Виправлення: ',
    all_clear: 'Завершено: ',
    exercise: 'НАВЧАННЯ: ',
    over: 'Уже неактуально: ',
    open: 'Відкрити',
    not_mine: 'Це мене не стосується',
  },
};

// As the server begins the titles of exercises (shared/channels/push/text.py).
const EXERCISES = Object.values(WORDS).map(({ exercise }) => exercise);

export const word = (language, key) => (WORDS[language] ?? WORDS.pl)[key];

/** The prefix before the title, but behind the word that marks an exercise: nothing comes before that. */
export function prefixed(title, prefix) {
  const mark = EXERCISES.find((one) => title.startsWith(one)) ?? '';
  return mark + prefix + title.slice(mark.length);
}
